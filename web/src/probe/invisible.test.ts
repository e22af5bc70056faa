/**
 * A program cannot notice the probe: it prints the same with and without it, counts of
 * references and weak references, the order and line of deaths, and the moments of
 * automatic collections included. Once more in a browser:
 * tests/pyodide/test_outside_probe.py.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { isBuilt, type Started, start } from "./testing/interpreter";
import { TESTIMONY, WITNESS, witnessed } from "./testing/witness";

const PROGRAMS = 6;
const STATEMENTS = 60;

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
      const bare = same(witnessed(seed, STATEMENTS));
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
${TESTIMONY}`);
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
