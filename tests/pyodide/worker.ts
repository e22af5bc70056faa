/**
 * A worker of the tests: the interpreter that the page starts, and pytest in it.
 * Takes {id, type: "start", manifest, tests, way, probe}, {id, type: "run", file},
 * {id, type: "compare", what, seed}, see compare.ts, or {id, type: "measure", what, question},
 * see measure.ts; answers {id, json} or {id, error}. The way is "short" (from the snapshot) or "long", the probe that records "outside" or "python".
 */
import { type EmscriptenModule, Outside } from "../../web/src/probe/outside";
import { fetchRuntime } from "../../web/src/runtime/assets";
import { startInterpreter } from "../../web/src/runtime/interpreter";
import { Stack } from "../../web/src/runtime/stack";
import { Comparison } from "./compare";
import { Measurement } from "./measure";

interface Question {
  id: number;
  type: "start" | "run" | "compare" | "measure";
  manifest: string;
  tests: string;
  way: "short" | "long";
  probe: "outside" | "python";
  file: string;
  what: "printed" | "looked" | "curve" | "growth";
  seed: string;
  question: string;
}

let runFile: (file: string) => string;
let compared: () => Comparison;
let measured: () => Measurement;

self.onmessage = async ({ data: question }: MessageEvent<Question>) => {
  const { id } = question;
  try {
    self.postMessage({ id, json: await answer(question) });
  } catch (error) {
    self.postMessage({ id, error: String((error as Error)?.message || error).slice(-4000) });
  }
};

async function answer(question: Question): Promise<string> {
  if (question.type === "start") return start(question);
  if (question.type === "run") return runFile(question.file);
  const { what } = question;
  if (what === "printed" || what === "looked")
    return JSON.stringify(compared()[what](Number(question.seed)));
  return JSON.stringify(measured()[what](JSON.parse(question.question)));
}

async function start({ manifest, tests, way, probe }: Question): Promise<string> {
  const { arriving } = await fetchRuntime(manifest, () => {});
  const files = way === "long" ? { ...arriving, snapshot: Promise.resolve(null) } : arriving;
  const { python, restored, whole } = await startInterpreter(files, () => {});
  const { _module: module } = python as unknown as { _module: EmscriptenModule };
  const outside = new Outside(module);
  const stack = new Stack(module);
  const lab = python.pyimport("livegrad.lab");
  const prepared = JSON.parse(lab.prepare(probe === "outside" ? outside : undefined, stack));
  const seeds = python.runPython("import random; random.random()");
  await whole;
  for (const [name, extractDir] of [
    ["packages", python.runPython("import site; site.getsitepackages()[0]")],
    ["project", "/home/pyodide"],
  ]) {
    const archive = await (await fetch(`${tests}${name}.zip`)).arrayBuffer();
    python.unpackArchive(archive, "zip", { extractDir });
  }
  const inner = python.pyimport("inner");
  if (probe === "outside") inner.record_from_outside?.(outside);
  runFile = inner.run_file;
  compared = once(() => new Comparison(python, outside));
  measured = once(() => new Measurement(python, outside));
  return JSON.stringify({ ...prepared, restored, random: seeds });
}

/** Makes it when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
