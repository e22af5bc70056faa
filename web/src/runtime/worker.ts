/**
 * The worker in the box: has the interpreter started, runs programs under the
 * recorder, and sends their traces as text, never a PyProxy: a live proxy of a
 * program's object would add one to its count.
 */
import { type EmscriptenModule, Outside } from "../probe/outside";
import { lockDown } from "./box/lockdown";
import { faultOf, inOneLine } from "./death";
import { startInterpreter } from "./interpreter";
import {
  type Answer,
  type LaterFiles,
  type Part,
  PROTOCOL,
  type Reply,
  type Request,
} from "./messages";

/** livegrad.lab, as JavaScript sees it. */
interface Lab {
<<<<<<< HEAD
  /** Versions as JSON: {"python": "3.14.2", "numpy": "2.4.3"}. */
  prepare(): string;
  /** Where in memory the line stands that is being executed, a 32-bit number. */
  line_address(): number;
=======
  /** Versions as JSON, and who records: {"python": "3.14.2", "numpy": "2.4.3", "probe": "outside"}. */
  prepare(outside: Outside): string;
>>>>>>> 30cf6c8 (A probe that stands outside the interpreter: births, deaths, holders, counts and islands from WebAssembly memory; the lab uses it if its check passes)
  /** Whether the interpreter can run another program. */
  run(
    source: string,
    filename: string,
    outputs: string,
    emit: (part: Part, json: string) => void,
  ): boolean;
  /** What came of an input, and how a name may go on, both as JSON text. */
  console(text: string): string;
  complete(text: string): string;
}

/** Emscripten's view of the interpreter's memory; a new one each time it grows. */
interface Memory {
  HEAP32: Int32Array;
}

let lab: Lab;
/** Settled when a program can import whatever there is. */
let whole: Promise<void>;
/** What arrives after the first files, while the interpreter starts from those. */
const snapshot = Promise.withResolvers<ArrayBuffer | null>();
const later = Promise.withResolvers<LaterFiles>();
<<<<<<< HEAD
/** The line of the program that is being executed: readable when nothing of Python runs any more. */
let line: () => number | null;
/** Bytes. Memory never shrinks: an interpreter that has grown beyond makes room for the next one. */
const LARGEST = 2 ** 29;
let size: () => number;
=======
let outside: Outside;
/** When the interpreter dies it prints where the program was, one line for each frame. */
const lastFrames: string[] = [];
>>>>>>> 30cf6c8 (A probe that stands outside the interpreter: births, deaths, holders, counts and islands from WebAssembly memory; the lab uses it if its check passes)

/** The only message to the worker itself brings the port that all others go through. */
self.onmessage = ({ ports: [port] }) => {
  self.onmessage = null;
  if (!port) return;
  port.onmessage = async ({ data: request }: MessageEvent<Request>) => {
    if (request.v !== PROTOCOL) return;
    const { id } = request;
    await serve(request, (answer) => port.postMessage({ v: PROTOCOL, id, ...answer } as Reply));
  };
};

async function serve(request: Request, send: (answer: Answer) => void): Promise<void> {
  if (request.type === "load") {
    try {
      const started = await startInterpreter(
        request.files,
        snapshot.promise,
        later.promise,
        () => {},
      );
      lab = started.python.pyimport("livegrad.lab") as Lab;
      const { _module: module } = started.python as unknown as { _module: Memory };
      const place = lab.line_address() >> 2;
      line = () => module.HEAP32[place] || null;
      size = () => module.HEAP32.byteLength;
      whole = started.whole;
      whole.catch(() => {}); // the next program tells
      outside = new Outside((started.python as unknown as { _module: EmscriptenModule })._module);
      const versions = JSON.parse(lab.prepare(outside));
      lockDown(self);
      send({ type: "ready", ...versions });
    } catch (error) {
      send({ type: "fault", fault: { code: "start", detail: inOneLine(error) } });
    }
    return;
  }
  if (request.type === "snapshot") return snapshot.resolve(request.image);
  if (request.type === "later") return later.resolve(request.files);
  if (request.type === "console") {
    try {
      const { text, complete } = request;
      send({ type: "told", json: complete ? lab.complete(text) : lab.console(text) });
    } catch (error) {
      send({ type: "fault", fault: faultOf(error, null) });
    }
    return;
  }
  const { source, filename, outputs } = request;
<<<<<<< HEAD
  try {
    await whole;
    const fit = lab.run(source, filename, outputs, (part, json) =>
      send({ type: "trace", part, json }),
    );
    send({ type: "done", fit: fit && size() < LARGEST });
=======
  lastFrames.length = 0;
  const emit = (part: Part, json: string): void => send({ type: "trace", part, json });
  outside.onChunk((json) => emit("chunk", json));
  try {
    await whole;
    const fit = lab.run(source, filename, outputs, emit);
    send({ type: "done", fit });
>>>>>>> 30cf6c8 (A probe that stands outside the interpreter: births, deaths, holders, counts and islands from WebAssembly memory; the lab uses it if its check passes)
  } catch (error) {
    // The program's own exceptions are part of its trace: this is the interpreter's end, or our mistake.
    send({ type: "fault", fault: faultOf(error, line()) });
  }
}
