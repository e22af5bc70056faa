/** What the console does to what a program left is in the trace: births, holders, deaths. */
import { beforeAll, describe, expect, it } from "vitest";
import { readTrace } from "../trace/decode";
import type { Recording } from "../trace/recording";
import {
  countOf,
  deathOf,
  edgesFrom,
  edgesTo,
  endOfStep,
  isAlive,
  labelOf,
  stateOf,
} from "../trace/replay";
import { isBuilt, type Started, start } from "./testing/interpreter";

const PROGRAM = `import numpy as np
from livegrad import Variable
from livegrad.functions import square
x = Variable(np.ones(10))
y = square(x)
`;

describe.skipIf(!isBuilt)("inputs of the console", () => {
  let started: Started;
  beforeAll(async () => {
    started = await start();
  }, 60_000);

  const after = (source: string, ...inputs: string[]): Recording => {
    const r = readTrace(started.converse(source, inputs));
    expect(r.end?.limit).toBeNull();
    return r;
  };

  it("are steps of files of their own", () => {
    const r = after(PROGRAM, "z = square(y)", "for i in range(2):\n    z = None\n");
    const loop = [1, 2, 1, 2, 1].map((line) => `<console-2>:${line}`);
    expect(steps(r).slice(-7)).toEqual(["main.py:5", "<console-1>:1", ...loop]);
    expect(r.files.text[r.files.name.indexOf("<console-1>")]).toBe("z = square(y)");
  });

  it("show what `_` holds, and what dies when it lets go", () => {
    const r = after(PROGRAM, "y", "del y", "0");
    const y = named(r, "Variable#2");
    const [shown, deleted, zero] = [-3, -2, -1].map((n) => endOfStep(r, r.steps.last.length + n));
    expect(holders(r, y, shown!)).toEqual(["builtins _", "<module> y"]);
    expect(countOf(r, y, shown!)).toMatchObject({ count: 2, unexplained: 0 });
    expect(holders(r, y, deleted!)).toEqual(["builtins _"]);
    expect(stateOf(r, y, deleted!)).toBe("alive");
    expect(deathOf(r, y)).toMatchObject({ by: "refcount", line: 0 });
    const data = edgesFrom(r, y, shown!).find((edge) => r.edges.name[edge] === "data")!;
    for (const object of [y, named(r, "Square#1"), r.edges.held[data]!]) {
      expect(isAlive(r, object, deleted!)).toBe(true);
      expect(isAlive(r, object, zero!)).toBe(false);
    }
  });

  it("go unrecorded once a limit is reached, by the program or by one of them", () => {
    const limited = (steps: number) =>
      readTrace(started.converse(PROGRAM, ["a = 1", "b = 2", "print(a + b)"], { steps }));
    const [early, late] = [limited(3), limited(6)];
    expect([early.steps.last.length, late.steps.last.length]).toEqual([3, 6]);
    expect(steps(late).at(-1)).toBe("<console-1>:1");
    for (const { limit, end } of [early, late]) {
      expect(limit).toMatch(/^The recording ended at line \d: its limit of \d executed lines/);
      expect(end?.limit).toBe(limit);
    }
  });

  it("kill by what they delete", () => {
    const r = after(PROGRAM, "del y");
    const y = named(r, "Variable#2");
    const { edge } = deathOf(r, y)!;
    expect(r.edges.name[edge]).toBe("y");
    expect(isAlive(r, y, endOfStep(r, r.steps.last.length - 2))).toBe(true);
  });

  it("keep the exception that nobody caught, with what its traceback holds, until the next", () => {
    const r = after(
      "class Thing: pass\ndef f():\n    inner = Thing()\n    return 1 / 0\n",
      "f()",
      "x = 1",
      "1 +* 2",
    );
    const inner = named(r, "Thing#1");
    const [failed, later, unread] = [-3, -2, -1].map((n) => endOfStep(r, r.steps.last.length + n));
    expect(isAlive(r, inner, failed!)).toBe(true);
    expect(stateOf(r, inner, later!)).toBe("alive");
    expect(isAlive(r, inner, unread!)).toBe(false);
    const way = upwards(r, inner, later!);
    expect(way).toContain("sys last_exc");
  });

  it("find what the program's own exception holds", () => {
    const r = after("class Thing: pass\ndef f():\n    inner = Thing()\n    1 / 0\nf()\n", "1");
    const inner = named(r, "Thing#1");
    expect(stateOf(r, inner, endOfStep(r, r.steps.last.length - 1))).toBe("alive");
    expect(upwards(r, inner, endOfStep(r, r.steps.last.length - 1))).toContain("sys last_exc");
  });

  it("collect what the program left out of reach, and not before they are told to", () => {
    const r = after(
      "class Thing: pass\na = Thing()\na.self = a\na = None\n",
      "1",
      "import gc",
      "gc.collect()",
    );
    const lost = named(r, "Thing#1");
    const before = endOfStep(r, r.steps.last.length - 2);
    expect(stateOf(r, lost, before)).toBe("unreachable");
    expect(deathOf(r, lost)).toMatchObject({ by: "gc" });
    expect(r.collections.trigger).toEqual(["call"]);
  });

  it("may call what the program defined, line by line", () => {
    const r = after("def f(a):\n    b = [a]\n    return b\n", "f(1)");
    expect(steps(r).slice(-3)).toEqual(["main.py:2", "main.py:3", "<console-1>:1"]);
  });

  it("show nothing of the console's own", () => {
    const r = after(PROGRAM, "y", "1 / 0", "w = y", "1 +* 2");
    const own = r.objects.type.filter((type) =>
      /Console|Told|Last|StringIO|Probe|Hooks/.test(type),
    );
    expect(own).toEqual([]);
    expect(r.objects.kind.filter((kind) => kind === "module")).toHaveLength(3);
  });

  it("find what a program without a console would have left at its end", () => {
    const alone = started.record(PROGRAM).event;
    const r = readTrace(started.converse(PROGRAM, []));
    expect(r.steps.last.at(-1)).toBe(alone);
  });
});

const steps = (r: Recording): string[] =>
  r.steps.location.map((at) => `${r.files.name[r.locations.file[at]!]}:${r.locations.line[at]}`);

function named(r: Recording, label: string): number {
  const found = r.shown.find((object) => labelOf(r, object) === label);
  expect(found, label).toBeDefined();
  return found!;
}

const holders = (r: Recording, object: number, event: number): string[] =>
  edgesTo(r, object, event)
    .filter((edge) => r.edges.strength[edge] === "strong")
    .map((edge) => `${r.objects.type[r.edges.holder[edge]!]} ${r.edges.name[edge]}`)
    .sort((a, b) => b.localeCompare(a));

/** All references that the object hangs from, directly or not. */
function upwards(r: Recording, object: number, event: number): string[] {
  const seen = new Set([object]);
  const found: string[] = [];
  for (const here of seen)
    for (const edge of edgesTo(r, here, event)) {
      const holder = r.edges.holder[edge]!;
      found.push(`${r.objects.type[holder]} ${r.edges.name[edge]}`);
      seen.add(holder);
    }
  return found;
}
