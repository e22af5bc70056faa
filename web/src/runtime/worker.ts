/**
 * The worker: starts the interpreter from bytes it is given, runs programs
 * under the recorder, and sends their traces as text, never a PyProxy: a live
 * proxy of a program's object would add one to its count.
 */
import { loadPyodide } from "pyodide";
import { deathSentence, inOneLine, lineOf } from "./death";
import { type Part, PROTOCOL, type Reply, type Request, type RuntimeFiles } from "./messages";

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

/** Pyodide asks for its files under this address; nothing is ever fetched from it. */
const BASE = "https://runtime.invalid/";

let lab: Lab;
/** When the interpreter dies it prints where the program was, one line for each frame. */
const lastFrames: string[] = [];

self.onmessage = async ({ data: request }: MessageEvent<Request>) => {
  if (request.v !== PROTOCOL) return;
  const { id } = request;
  const send = (reply: Reply) => self.postMessage(reply);
  if (request.type === "load") {
    try {
      lab = await start(request.files);
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
  const { source, filename, outputs } = request;
  lastFrames.length = 0;
  try {
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

async function start(files: RuntimeFiles): Promise<Lab> {
  const script = URL.createObjectURL(files.script);
  const network = self.fetch;
  self.fetch = async (input) => new Response(fileAt(String(input), files));
  try {
    const { default: createPyodideModule } = await import(/* @vite-ignore */ script);
    const pyodide = await loadPyodide({
      indexURL: BASE,
      packageBaseUrl: BASE,
      lockFileContents: await files.lock.text(),
      createPyodideModule,
      stdout: keepFrame,
      stderr: keepFrame,
      stdin: () => null,
    });
    await pyodide.loadPackage(["numpy", "livegrad"], { messageCallback: () => {} });
    return pyodide.pyimport("livegrad.lab") as Lab;
  } finally {
    self.fetch = network;
    URL.revokeObjectURL(script);
  }
}

function keepFrame(line: string): void {
  if (line.startsWith('  File "')) lastFrames.push(line);
}

function fileAt(address: string, files: RuntimeFiles): Blob {
  const name = address.slice(BASE.length);
  if (name === "pyodide.asm.wasm") return files.wasm;
  if (name === "python_stdlib.zip") return files.stdlib;
  const wheel = files.wheels[decodeURIComponent(name)];
  if (!address.startsWith(BASE) || !wheel)
    throw new Error(`The site has no file ${name}; build it again.`);
  return wheel;
}
