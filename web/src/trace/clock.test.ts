import { describe, expect, it } from "vitest";
import { type Clock, clockOf } from "./clock";
import { readTrace } from "./decode";
import type { Recording } from "./recording";
import { lineOfStep } from "./replay";
import { runOf } from "./sample";

const run = (...lines: Parameters<typeof runOf>): Recording =>
  readTrace(JSON.stringify(runOf(...lines)));

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
