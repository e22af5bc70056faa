/**
 * A worker of the tests: the interpreter that the page starts, and pytest in it.
 * Takes {id, type: "start", manifest, tests, way, probe} or {id, type: "run", file};
 * answers {id, json} or {id, error}. The way is "short" (from the snapshot) or "long", the probe
 * that records "outside" or "python".
 */
import { type EmscriptenModule, Outside } from "../../web/src/probe/outside";
import { fetchRuntime } from "../../web/src/runtime/assets";
import { startInterpreter } from "../../web/src/runtime/interpreter";

interface Question {
  id: number;
  type: "start" | "run";
  manifest: string;
  tests: string;
  way: "short" | "long";
  probe: "outside" | "python";
  file: string;
}

let runFile: (file: string) => string;

self.onmessage = async ({ data: question }: MessageEvent<Question>) => {
  const { id } = question;
  try {
    const json = question.type === "start" ? await start(question) : runFile(question.file);
    self.postMessage({ id, json });
  } catch (error) {
    self.postMessage({ id, error: String((error as Error)?.message || error).slice(-4000) });
  }
};

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
  return JSON.stringify({ ...prepared, restored, random: seeds });
}
