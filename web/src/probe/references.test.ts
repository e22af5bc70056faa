/** Of what is large, only what changed is read. */
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { References } from "./references";
import { isBuilt, type Started, start } from "./testing/interpreter";

const MANY = 5000;

describe.skipIf(!isBuilt)("references of a large", () => {
  let started: Started;
  beforeAll(async () => {
    started = await start();
  }, 60_000);
  afterEach(() => vi.restoreAllMocks());

  /** References read by one look, the most in a loop of such lines. */
  function most(made: string, line: string): number {
    const read = References.prototype.read;
    let whole = 0;
    const largest: number[] = [];
    vi.spyOn(References.prototype, "read").mockImplementation(function (this: References, node) {
      const done = read.call(this, node);
      if (node.type.kind === "container") {
        largest.push(this.held.length);
        if (this.held.length >= MANY) whole++;
      }
      return done;
    });
    const end = started.record(
      `class Thing: pass\nn = ${MANY}\nx = ${made}\nfor i in range(20):\n    ${line}\n`,
    );
    expect([end.traceback, end.limit]).toEqual([null, null]);
    expect(whole).toBe(1); // when it was made
    return Math.max(...largest.slice(largest.findIndex((count) => count >= MANY) + 1));
  }

  it.each([
    ["list, an item of which is replaced", "[Thing() for _ in range(n)]", "x[i] = Thing()", 1],
    ["list that grows", "[Thing() for _ in range(n)]", "x.append(Thing())", 1],
    ["list that shrinks", "[Thing() for _ in range(n)]", "x.pop()", 0],
    ["dict, an item of which is replaced", "{j: Thing() for j in range(n)}", "x[i] = Thing()", 2],
    ["dict that shrinks", "{j: Thing() for j in range(n)}", "del x[i]", 2],
    ["dict that grows", "{str(j): Thing() for j in range(n)}", "x[f'k{i}'] = Thing()", 2],
  ])("%s", (_, made, line, count) => {
    expect(most(made, line)).toBeLessThanOrEqual(count);
  });
});
