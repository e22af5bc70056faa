/** Pyodide under Node with numpy, the recorder from the checkout, and the probe in it. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { loadPyodide, type PyodideInterface } from "pyodide";
import type { End } from "../../trace/format";
import { type EmscriptenModule, Memory } from "../memory";
import { Outside } from "../outside";

/** Where `build.py` keeps numpy's wheel. */
const CACHE = process.env.LIVEGRAD_CACHE ?? `${homedir()}/.cache/livegrad`;
const SOURCE = fileURLToPath(new URL("../../../../py", import.meta.url));

/** `build.py build` has been here; without it there is no numpy for Pyodide. */
export const isBuilt = existsSync(CACHE);

export interface Started {
  python: PyodideInterface;
  memory: Memory;
  outside: Outside;
  /** Why the probe refuses this interpreter, or "". */
  refused: string;
  /** Run a program under the recorder; how it ended. */
  record(source: string): End;
  /** What a program prints, recorded or under a probe that watches nothing. */
  outputOf(source: string, recorded: boolean): string;
}

export async function start(): Promise<Started> {
  const python = await loadPyodide({ packageCacheDir: CACHE });
  await python.loadPackage(["numpy"], { messageCallback: () => {} });
  python.FS.mkdirTree("/checkout");
  python.FS.mount(python.FS.filesystems.NODEFS, { root: SOURCE }, "/checkout");
  const module = (python as unknown as { _module: EmscriptenModule })._module;
  const outside = new Outside(module);
  python.globals.set("outside", outside);
  const refused: string = python.runPython(`
import sys
sys.path.insert(0, "/checkout")
sys.dont_write_bytecode = True
import builtins, gc, json
import numpy, numpy.random
from livegrad.liveness import record
from livegrad.liveness.outside import Hooks, OutsideProbe
from livegrad.liveness.samples import Samples

class Still:
    """A probe that watches nothing, and starts and stops as ours does."""
    name = "python"
    def __init__(self): self.texts = []
    def printed(self, stream, text): self.texts.append(text)
    def start(self, program):
        gc.collect()
        gc.freeze()
    def stop(self): gc.unfreeze()
    def close(self):
        from livegrad.liveness import Watched
        return Watched(0, None)

hooks = Hooks()
def recorded(source):
    return record(source, probe=OutsideProbe(outside, hooks))
def end_of(source):
    return json.dumps(recorded(source).end)
def output_of(source, watched):
    probe = OutsideProbe(outside, hooks) if watched else Still()
    trace = record(source, probe=probe)
    printed = "".join(trace.column("output", "text") if watched else probe.texts)
    end = trace.end
    return printed + str((end["status"], end["traceback"], end["limit"]))
outside.check(Samples(), id(hooks))
`);
  const call = (name: string, ...args: unknown[]): string => {
    const fn = python.globals.get(name);
    const result = fn(...args);
    fn.destroy();
    return result;
  };
  return {
    python,
    memory: new Memory(module),
    outside,
    refused,
    record: (source) => JSON.parse(call("end_of", source)),
    outputOf: (source, recorded) => call("output_of", source, recorded),
  };
}
