import { describe, expect, it } from "vitest";
import { type Clock, clockOf } from "./clock";
import { readTrace } from "./decode";
import type { Chunk } from "./format";
import type { Recording } from "./recording";
import { lineOfStep } from "./replay";
import { sampleTrace } from "./sample";

/** A recording that executes these lines; in each line with a number above 0 one object is born. */
function run(lines: readonly number[], born: readonly number[] = []): Recording {
  const distinct = [...new Set(lines)];
  const births = lines.flatMap((line, i) => (born.includes(line) ? [i + 1] : []));
  const deltas = (events: number[]) => events.map((event, i) => event - (events[i - 1] ?? 0));
  const chunk: Chunk = {
    start: 0,
    strings: ["main.py", "<module>", "Thing"],
    files: { name: [0], text: [-1] },
    locations: {
      file: distinct.map(() => 0),
      function: distinct.map(() => 1),
      line: distinct,
    },
    steps: {
      location: lines.map((line) => distinct.indexOf(line)),
      depth: lines.map(() => 0),
      last: lines.map(() => 1),
    },
    objects: {
      event: deltas(births),
      kind: births.map(() => "instance"),
      type: births.map(() => 2),
      stack: births.map(() => -1),
    },
  };
  return readTrace(JSON.stringify({ ...sampleTrace(), chunks: [chunk] }));
}

const moments = (clock: Clock) => Array.from({ length: clock.length }, (_, i) => i);

describe("clock", () => {
  it("of one recording is its steps", () => {
    const r = run([1, 2, 3]);
    const clock = clockOf([r]);
    expect(clock.length).toBe(3);
    expect(moments(clock).map((m) => clock.stepIn(r, m))).toEqual([0, 1, 2]);
  });

  it("of two that part shows the lines of both, and those of each alone", () => {
    const weak = run([1, 2, 3, 6]);
    const strong = run([1, 2, 4, 5, 6]);
    const clock = clockOf([weak, strong]);
    const lines = moments(clock).map((m) => {
      const r = clock.runner(m);
      return [lineOfStep(r, clock.stepIn(r, m)), clock.ran(weak, m), clock.ran(strong, m)];
    });
    expect(lines).toEqual([
      [1, true, true],
      [2, true, true],
      [3, true, false],
      [4, false, true],
      [5, false, true],
      [6, true, true],
    ]);
    // The one that does not run stays where it was.
    expect(moments(clock).map((m) => clock.stepIn(weak, m))).toEqual([0, 1, 2, 2, 2, 3]);
    expect(clock.momentOf(strong, 4)).toBe(5);
    expect(clock.parting).toBe(2);
  });

  it("knows where two that execute the same lines begin to hold other objects", () => {
    expect(clockOf([run([1, 2, 3]), run([1, 2, 3])]).parting).toBe(-1);
    expect(clockOf([run([1, 2, 3]), run([1, 2, 3], [2])]).parting).toBe(1);
  });
});
