/** Pyodide under Node with numpy, the recorder from the checkout, and the probe in it. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { loadPyodide, type PyodideInterface } from "pyodide";
import { type EmscriptenModule, Memory } from "../memory";
import { Outside } from "../outside";
import { type Runs, runsOf } from "./runs";

/** Where `build.py` keeps numpy's wheel. */
const CACHE = process.env.LIVEGRAD_CACHE ?? `${homedir()}/.cache/livegrad`;
const SOURCE = fileURLToPath(new URL("../../../../py", import.meta.url));

/** `build.py build` has been here; without it there is no numpy for Pyodide. */
export const isBuilt = existsSync(CACHE);

export interface Started extends Runs {
  python: PyodideInterface;
  memory: Memory;
  outside: Outside;
}

export async function start(): Promise<Started> {
  const python = await loadPyodide({ packageCacheDir: CACHE });
  await python.loadPackage(["numpy"], { messageCallback: () => {} });
  python.FS.mkdirTree("/checkout");
  python.FS.mount(python.FS.filesystems.NODEFS, { root: SOURCE }, "/checkout");
  python.runPython("import sys; sys.path.insert(0, '/checkout'); sys.dont_write_bytecode = True");
  const module = (python as unknown as { _module: EmscriptenModule })._module;
  const outside = new Outside(module);
  return { python, memory: new Memory(module), outside, ...runsOf(python, outside) };
}
