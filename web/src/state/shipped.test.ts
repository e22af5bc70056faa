import { expect, it } from "vitest";
import { Recording } from "../trace/recording";
import { eventToOpenAt } from "./shipped";

const recording = (totals: number[], firstDeath?: number) => {
  const r = new Recording();
  totals.forEach((total, event) => {
    r.bytes.event.push(event);
    r.bytes.total.push(total);
    r.bytes.peak.push(Math.max(...totals.slice(0, event + 1)));
  });
  if (firstDeath !== undefined) r.deaths.event.push(firstDeath);
  return r;
};

it("opens at the first peak after a death", () => {
  expect(eventToOpenAt(recording([1, 5, 2, 5, 5], 2))).toBe(3);
});

it("opens where the peak's objects have their holders and none has died yet", () => {
  const r = recording([1, 5, 2, 5], 2);
  r.steps.last.push(2, 9);
  expect(eventToOpenAt(r)).toBe(9);
  r.deaths.event.push(7);
  expect(eventToOpenAt(r)).toBe(6);
  r.bytes.event.push(5);
  expect(eventToOpenAt(r)).toBe(4);
});

it("opens at the peak where nothing dies, and nowhere in particular where no bytes are", () => {
  expect(eventToOpenAt(recording([1, 5, 2]))).toBe(1);
  expect(eventToOpenAt(recording([]))).toBeUndefined();
});
