/**
 * The live graph against its oracle at every statement of programs made at random.
 * The same once more in a browser: tests/pyodide/test_outside_probe.py.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { isBuilt, type Started, start } from "./testing/interpreter";
import { Oracle } from "./testing/oracle";
import { program } from "./testing/programs";

/** The last three replace an attribute in a `__dict__` of its own: once not seen. */
const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 132, 169, 206];
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

  it.each(SEEDS)(
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
});
