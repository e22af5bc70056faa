/** Programs run in one interpreter, with the probe and without it. */
import type { PyodideInterface } from "pyodide";
import type { End } from "../../trace/format";
import type { Outside } from "../outside";

export type Python = PyodideInterface;

export interface Runs {
  /** Why the probe refuses this interpreter, or "". */
  refused: string;
  /** Run a program under the recorder; how it ended. Limits as `livegrad.liveness.Limits`. */
  record(source: string, limits?: Record<string, number>): End;
  /** The trace of a program and of what the console was told after it, as JSON text. */
  converse(source: string, inputs: readonly string[], limits?: Record<string, number>): string;
  /** What a program prints, recorded or under a probe that watches nothing. */
  outputOf(source: string, recorded: boolean): string;
}

/** @param python has numpy and `livegrad` on its path. */
export function runsOf(python: Python, outside: Outside): Runs {
  const names = python.toPy({ outside });
  const run = (text: string) => python.runPython(text, { globals: names });
  const call = (name: string, ...args: unknown[]): string => {
    const fn = names.get(name);
    const result = fn(...args);
    fn.destroy();
    return result;
  };
  return {
    refused: run(PYTHON),
    record: (source, limits) => JSON.parse(call("end_of", source, JSON.stringify(limits ?? {}))),
    converse: (source, inputs, limits) =>
      call("talk", source, JSON.stringify(inputs), JSON.stringify(limits ?? {})),
    outputOf: (source, recorded) => call("output_of", source, recorded),
  };
}

const PYTHON = `
import gc, json
import numpy, numpy.random
from dataclasses import asdict
from livegrad.liveness import Limits, Trace, Watched, record
from livegrad.liveness.console import Console, has_last_words
from livegrad.liveness.recorder import run
from livegrad.liveness.trace import FORMAT, VERSION
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
    def close(self): return Watched(0, None)

hooks = Hooks()
ends = []
def end_of(source, limits):
    ends.clear()
    def emit(part, text):
        if part == "end": ends.append(text)
    probe = OutsideProbe(outside, hooks)
    record(source, emit=emit, probe=probe, limits=Limits(**json.loads(limits)))
    return ends[0]
def talk(source, inputs, limits):
    parts = {"header": [], "chunk": [], "end": []}
    consoles = []
    def keep(module, error, probe):
        consoles.append(Console(module, "weak", probe, error))
        return not has_last_words(module, error)
    emit = lambda part, text: parts[part].append(json.loads(text))
    probe = OutsideProbe(outside, hooks)
    end = run(source, "main.py", emit, probe=probe, keep=keep, limits=Limits(**json.loads(limits)))
    for text in json.loads(inputs):
        watched = consoles[0].tell(text).watched
        end |= asdict(watched) if watched else {}
    consoles[0].close()
    whole = {"format": FORMAT, "version": VERSION, "header": parts["header"][0]}
    whole |= {"chunks": parts["chunk"], "end": end}
    Trace(whole)  # which checks it
    return json.dumps(whole)
def output_of(source, watched):
    probe = OutsideProbe(outside, hooks) if watched else Still()
    trace = record(source, probe=probe)
    printed = "".join(trace.column("output", "text") if watched else probe.texts)
    end = trace.end
    return printed + str((end["status"], end["traceback"], end["limit"]))
outside.check(Samples(), id(hooks))
`;
