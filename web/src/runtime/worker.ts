/**
 * The worker in the box: has the interpreter started, runs programs under the
 * recorder, and sends their traces as text, never a PyProxy: a live proxy of a
 * program's object would add one to its count.
 */
import "./box/module-like";
import { type EmscriptenModule, Outside } from "../probe/outside";
import { Arrivals } from "./arrivals";
import { lockDown } from "./box/lockdown";
import { faultOf, inOneLine, lastWordsIn } from "./death";
import { startInterpreter } from "./interpreter";
import { type Answer, type Part, PROTOCOL, type Reply, type Request } from "./messages";
import { Stack } from "./stack";

/** livegrad.lab, as JavaScript sees it. */
interface Lab {
  /** Versions as JSON, and who records: {"python": "3.14.2", "numpy": "2.4.3", "probe": "outside"}. */
  prepare(outside: Outside, stack: Stack): string;
  /** Where the Python probe has the line that is being executed: in memory, a 32-bit number. */
  line_address(): number;
  /** The library's files are still on their way; they are here. */
  expect_files(): void;
  files_are_here(): void;
  /** Whether a program needs them. */
  must_wait(source: string): boolean;
  /** Three truths as JSON: {"fit": true, "open": true, "early": false}; see messages.ts. */
  run(
    source: string,
    filename: string,
    outputs: string,
    emit: (part: Part, json: string) => void,
  ): string;
  /** What came of an input, and how a name may go on, both as JSON text. */
  console(text: string, emit: (part: Part, json: string) => void): string;
  complete(text: string): string;
}

let lab: Lab;
/** Settled when a program can import whatever there is; those that need not do not wait for it. */
let whole: Promise<void>;
const arrivals = new Arrivals();
/** The line of the program that is being executed: readable when nothing of Python runs any more. */
let line: () => number | null;
/** Bytes. Memory never shrinks: an interpreter that has grown beyond makes room for the next one. */
const LARGEST = 2 ** 29;
let size: () => number;
/** Why Python gave up, in its own words. */
let lastWords = "";
let outside: Outside;

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
  if (request.type === "file") return arrivals.take(request);
  if (request.type === "load") {
    try {
      const started = await startInterpreter(arrivals.files, (words) => {
        lastWords = lastWordsIn(words) || lastWords;
      });
      lab = started.python.pyimport("livegrad.lab") as Lab;
      const { _module: module } = started.python as unknown as { _module: EmscriptenModule };
      outside = new Outside(module);
      const place = lab.line_address() >> 2;
      line = () => outside.line || module.HEAPU32[place] || null;
      size = () => module.HEAPU32.byteLength;
      const versions = JSON.parse(lab.prepare(outside, new Stack(module)));
      lab.expect_files();
      whole = started.whole.then(() => lab.files_are_here());
      whole.catch(() => {}); // the next program that needs it tells
      lockDown(self);
      send({ type: "ready", ...versions });
    } catch (error) {
      send({ type: "fault", fault: { code: "start", detail: inOneLine(error) } });
    }
    return;
  }
  const emit = (part: Part, json: string): void => send({ type: "trace", part, json });
  outside.onChunk((json) => emit("chunk", json));
  if (request.type === "console") {
    try {
      await whole;
      const { text, complete } = request;
      send({ type: "told", json: complete ? lab.complete(text) : lab.console(text, emit) });
    } catch (error) {
      outside.rescue();
      send({ type: "fault", fault: faultOf(error, null, lastWords) });
    }
    return;
  }
  const { source, filename, outputs, wait } = request;
  try {
    if (wait || lab.must_wait(source)) await whole;
    const { fit, open, early } = JSON.parse(lab.run(source, filename, outputs, emit));
    const worn = !fit ? "changed" : size() >= LARGEST ? "full" : null;
    send({ type: "done", worn, open, early });
  } catch (error) {
    // The program's own exceptions are part of its trace: this is the interpreter's end, or our mistake.
    outside.rescue();
    send({ type: "fault", fault: faultOf(error, line(), lastWords) });
  }
}
