/**
 * The worker: has the interpreter started, runs programs under the recorder,
 * and sends their traces as text, never a PyProxy: a live proxy of a program's
 * object would add one to its count.
 */
import { deathSentence, inOneLine, lineOf } from "./death";
import { startInterpreter } from "./interpreter";
import { type LaterFiles, type Part, PROTOCOL, type Reply, type Request } from "./messages";

/** livegrad.lab, as JavaScript sees it. */
interface Lab {
  /** Versions as JSON: {"python": "3.14.2", "numpy": "2.4.3"}. */
  prepare(): string;
  run(
    source: string,
    filename: string,
    outputs: string,
    emit: (part: Part, json: string) => void,
  ): void;
}

let lab: Lab;
/** Settled when a program can import whatever there is. */
let whole: Promise<void>;
const later = Promise.withResolvers<LaterFiles>();
/** When the interpreter dies it prints where the program was, one line for each frame. */
const lastFrames: string[] = [];

self.onmessage = async ({ data: request }: MessageEvent<Request>) => {
  if (request.v !== PROTOCOL) return;
  const { id } = request;
  const send = (reply: Reply) => self.postMessage(reply);
  if (request.type === "load") {
    try {
      const started = await startInterpreter(request.files, later.promise, keepFrame);
      lab = started.python.pyimport("livegrad.lab") as Lab;
      whole = started.whole;
      whole.catch(() => {}); // the next program tells
      send({ v: PROTOCOL, id, type: "ready", ...JSON.parse(lab.prepare()) });
    } catch (error) {
      send({
        v: PROTOCOL,
        id,
        type: "error",
        message: `Python could not start: ${inOneLine(error)}`,
      });
    }
    return;
  }
  if (request.type === "later") return later.resolve(request.files);
  const { source, filename, outputs } = request;
  lastFrames.length = 0;
  try {
    await whole;
    lab.run(source, filename, outputs, (part, json) =>
      send({ v: PROTOCOL, id, type: "trace", part, json }),
    );
  } catch (error) {
    // The program's own exceptions are part of its trace: this is the interpreter's end, or our mistake.
    send({
      v: PROTOCOL,
      id,
      type: "error",
      message: deathSentence(error, lineOf(lastFrames, filename)),
    });
  }
};

function keepFrame(line: string): void {
  if (line.startsWith('  File "')) lastFrames.push(line);
}
