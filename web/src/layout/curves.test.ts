import { describe, expect, it } from "vitest";
import { clockOf } from "../trace/clock";
import { Recording } from "../trace/recording";
import { axisOf } from "./axis";
import { pointsOf } from "./curves";

/** A long recording whose curve saws, with one peak and one valley of a single event each. */
function saw(steps: number, peakAt: number): Recording {
  const r = new Recording();
  r.locations.file.push(0);
  r.locations.line.push(1);
  r.locations.steps.push([]);
  for (let event = 1; event <= steps * 4; event++) {
    const value = event === peakAt ? 9000 : event === peakAt + 40 ? 0 : 100 + (event % 7);
    r.bytes.event.push(event);
    r.bytes.total.push(value);
    r.bytes.peak.push(Math.max(value, r.bytes.peak.at(-1) ?? 0));
    if (event % 4) continue;
    r.locations.steps[0]!.push(r.steps.last.length);
    r.steps.location.push(0);
    r.steps.depth.push(0);
    r.steps.last.push(event);
  }
  return r;
}

describe("a curve of a long recording", () => {
  const r = saw(20_000, 31_337);
  const axis = axisOf(clockOf([r]), [r]);
  const whole = { from: 0, to: 1 };

  it("keeps every peak and every valley, on however few pixels", () => {
    for (const resolution of [10, 300, 2000]) {
      const points = pointsOf(r.bytes, r, axis, whole, resolution);
      expect(points.length).toBeLessThan(4 * resolution + 8);
      const values = points.map(([, value]) => value);
      expect(Math.max(...values)).toBe(9000);
      expect(Math.min(...values.slice(1))).toBe(0);
      for (let i = 1; i < points.length; i++) {
        expect(points[i]![0]).toBeGreaterThanOrEqual(points[i - 1]![0]);
      }
    }
  });

  it("shows each event where a part is brushed that has room for it", () => {
    const place = axis.at(r, 31_337);
    const span = { from: place - 0.0002, to: place + 0.0002 };
    const points = pointsOf(r.bytes, r, axis, span, 2000);
    const [at] = points.find(([, value]) => value === 9000)!;
    expect(Math.abs(at - place)).toBeLessThan(0.0004 / 1000);
    expect(points[0]).toEqual([span.from, expect.any(Number)]);
    expect(points.at(-1)![0]).toBe(span.to);
    expect(points.length).toBeGreaterThan(20);
  });

  it("is what the pointer reads", () => {
    for (const event of [1, 2, 31_337, 31_338, 80_000]) {
      expect(axis.eventAt(r, axis.at(r, event) + 1e-9)).toBe(event);
    }
  });
});
