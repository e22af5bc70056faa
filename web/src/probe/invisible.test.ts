/**
 * A program cannot notice the probe: it prints the same with and without it, counts of
 * references and weak references, the order and line of deaths, and the moments of
 * automatic collections included.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { isBuilt, type Started, start } from "./testing/interpreter";
import { program } from "./testing/programs";

const PROGRAMS = 6;
const STATEMENTS = 60;

/** Tells of every collection, and when what it is given dies. */
const WITNESS = `import gc, sys, weakref
said = []
def here():
    frame = sys._getframe(2)
    while frame and frame.f_globals is not globals(): frame = frame.f_back
    return frame and frame.f_lineno
def collected(phase, info):
    said.append((phase, info["generation"], info["collected"], here()))
gc.callbacks.append(collected)
def watch(thing, name):
    try: return weakref.ref(thing, lambda _: said.append((name, here())))
    except TypeError: return None
watches = []
def witness():
    for name in ("x", "y", "call", "numbers", "view"):
        thing = globals()[name]
        said.append((name, sys.getrefcount(thing), weakref.getweakrefcount(thing)))
        watches.append(watch(thing, name))
    del watches[:-20]
`;
const END = "gc.callbacks.remove(collected)\ngc.set_threshold(2000, 10, 0)\nprint(said)\n";

describe.skipIf(!isBuilt)("a recorded program", () => {
  let started: Started;
  beforeAll(async () => {
    started = await start();
  }, 60_000);

  const same = (source: string): string => {
    const bare = started.outputOf(source, false);
    expect(started.outputOf(source, false)).toBe(bare);
    expect(started.outputOf(source, true)).toBe(bare);
    return bare;
  };

  it.each(Array.from({ length: PROGRAMS }, (_, seed) => seed))(
    "does what it does without the recorder: program %i",
    (seed) => {
      const body = program(seed, STATEMENTS, "witness()\n");
      const bare = same(`${WITNESS}gc.set_threshold(40, 5, 0)\n${body}${END}`);
      expect(bare).toContain("('finished', None, None)");
      expect(bare).toContain("'stop'");
    },
    60_000,
  );

  it("collects by itself at the same moments, among many objects", () => {
    const bare = same(`${WITNESS}
gc.set_threshold(150, 5, 0)
class Loop:
    def __init__(self, n): self.me = self; self.rows = [n] * n
kept = []
for i in range(400):
    loop = Loop(i % 7)
    pair = (loop, {"n": i, "loop": loop})
    if i % 9 == 0: kept.append(pair)
    if i % 50 == 0: print(i, sys.getrefcount(loop))
${END}`);
    expect(bare.match(/'stop'/g)!.length).toBeGreaterThan(5);
  }, 60_000);

  it("fails, exits and recurses as it does without", () => {
    for (const source of [
      "def f(n):\n    return f(n + 1)\nf(0)\n",
      "import sys\ntry:\n    1 / 0\nfinally:\n    print('last')\n",
      "import sys\nsys.exit(3)\n",
      "def g():\n    try:\n        yield 1\n    finally:\n        print('closed')\nit = g()\nnext(it)\nit = None\n",
    ])
      same(source);
  }, 60_000);
});
