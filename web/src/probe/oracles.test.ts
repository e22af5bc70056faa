/**
 * The live graph against its oracle at every statement of programs made at random.
 * The same once more in a browser: tests/pyodide/test_outside_probe.py.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { isBuilt, type Started, start } from "./testing/interpreter";
import { Oracle } from "./testing/oracle";
import { program } from "./testing/programs";

const PROGRAMS = 12;
const STATEMENTS = 60;

describe.skipIf(!isBuilt)("the live graph", () => {
  let started: Started;
  let oracle: Oracle;

  beforeAll(async () => {
    started = await start();
    oracle = new Oracle(started.python, started.memory, started.outside);
  }, 60_000);

  it("is allowed to look", () => {
    expect(started.refused).toBe("");
  });

  it.each(Array.from({ length: PROGRAMS }, (_, seed) => seed))(
    "is right at every statement of program %i",
    (seed) => {
      oracle.clear();
      const end = started.record(program(seed, STATEMENTS, "check()\n"));
      expect([end.traceback, end.limit, end.status]).toEqual([null, null, "finished"]);
      expect(oracle.looks).toBe(STATEMENTS);
      expect(oracle.wrong.slice(0, 3)).toEqual([]);
    },
    30_000,
  );

  it.each([
    ["an attribute in a __dict__ of its own", "a.__dict__ = {'b': None}; check(); a.b = a"],
    ["an item at the address of the one before", "l[3] = None; l[3] = Thing(); check()"],
    ["an item at the address of a number", "l[3] = 2.5; check(); l[3] = None; l[3] = Thing()"],
    ["an item that comes first", "l.insert(0, a); check(); l.reverse()"],
    ["a list that shrinks and grows", "del l[5:]; check(); l.extend([a] * 90)"],
    ["a key at the address of the one before", "d.clear(); d[str(n)] = a; check(); del d[str(n)]"],
    ["a dict that is packed", "d.update({i: a for i in range(20)}); [d.pop(i) for i in range(19)]"],
    ["a dict with other keys", "d = {'x': a}; check(); d[2.5] = a; check(); d['y'] = a"],
    ["a set that grows", "s.add(Thing()); check(); s.update([a, 1, 'x']); check(); s.discard(a)"],
  ])("sees %s", (_, lines) => {
    oracle.clear();
    const body = lines.split("; ").concat("check()").join("\n    ");
    const head =
      "class Thing: pass\na = Thing()\nl = [Thing() for _ in range(40)]\nd = {}\ns = {a}\n";
    const end = started.record(`${head}for n in range(5):\n    ${body}\n`);
    expect([end.traceback, end.status]).toEqual([null, "finished"]);
    expect(oracle.looks).toBeGreaterThanOrEqual(5);
    expect(oracle.wrong.slice(0, 3)).toEqual([]);
  });
});
