import { expect, test } from "vitest";
import { Meter } from "./meter";

const bounds = { message: 10, run: 25, burst: 3, perSecond: 2 };

function setUp() {
  const clock = { ms: 0 };
  return { clock, meter: new Meter(bounds, () => clock.ms) };
}

test("a burst is allowed, and after it as many as the rate gives", () => {
  const { clock, meter } = setUp();
  expect([1, 1, 1, 1].map((n) => meter.take(n))).toEqual([true, true, true, false]);
  clock.ms = 2000;
  expect([1, 1, 1, 1].map((n) => meter.take(n))).toEqual([true, true, true, false]);
});

test("one message that is too long is too much", () => {
  expect(setUp().meter.take(10)).toBe(true);
  expect(setUp().meter.take(11)).toBe(false);
});

test("a run's messages together are bounded, the next run's anew", () => {
  const { clock, meter } = setUp();
  expect([meter.take(10), meter.take(10)]).toEqual([true, true]);
  clock.ms = 10_000;
  meter.startRun();
  expect([meter.take(10), meter.take(10), meter.take(6)]).toEqual([true, true, false]);
});
