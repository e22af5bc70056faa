/**
 * A worker of the tests: the interpreter that the page starts, and pytest in it.
 * Takes {id, type: "start", manifest, tests, way, probe}, {id, type: "run", file} or
 * {id, type: "compare", what, seed}, see compare.ts; answers {id, json} or {id, error}. The way
 * is "short" (from the snapshot) or "long", the probe that records "outside" or "python".
 */
import { type EmscriptenModule, Outside } from "../../web/src/probe/outside";
import { fetchRuntime } from "../../web/src/runtime/assets";
import { startInterpreter } from "../../web/src/runtime/interpreter";
import { Comparison } from "./compare";

interface Question {
  id: number;
  type: "start" | "run" | "compare";
  manifest: string;
  tests: string;
  way: "short" | "long";
  probe: "outside" | "python";
  file: string;
  what: "printed" | "looked";
  seed: string;
}

let runFile: (file: string) => string;
let begin: () => Comparison;
let comparison: Comparison | null = null;

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
  comparison ??= begin();
  return JSON.stringify(comparison[question.what](Number(question.seed)));
}

async function start({ manifest, tests, way, probe }: Question): Promise<string> {
  const { first, snapshot, later } = await fetchRuntime(manifest, () => {});
  const image = way === "long" ? Promise.resolve(null) : snapshot;
  const { python, restored, whole } = await startInterpreter(first, image, later, () => {});
  const outside = new Outside((python as unknown as { _module: EmscriptenModule })._module);
  const lab = python.pyimport("livegrad.lab");
  const prepared = JSON.parse(probe === "outside" ? lab.prepare(outside) : lab.prepare());
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
  if (probe === "outside") inner.record_from_outside(outside);
  runFile = inner.run_file;
  begin = () => new Comparison(python, outside);
  return JSON.stringify({ ...prepared, restored, random: seeds });
}
