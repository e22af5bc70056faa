/** Where the parts of the timeline are, for a figure of a given size and the part of the axis it shows. */
import type { Span } from "../../layout/curves";

interface Strip {
  readonly top: number;
  readonly height: number;
}
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly small: boolean;
  readonly bytes: Strip;
  /** Where objects have a strip of their own: where nothing has bytes, they take the place above. */
  readonly objects: Strip | null;
  readonly lane: Strip;
  readonly marks: number | null;
  /** The whole axis, to brush; only under long recordings. */
  readonly overview: Strip | null;
  readonly span: Span;
  /** From a place on the axis to pixels, and back. */
  x(place: number): number;
  place(x: number): number;
  readonly resolution: number;
}

export const WHOLE: Span = { from: 0, to: 1 };

/** In pixels. */
const LOW = 140;

export function plotFor(
  { width, height }: { width: number; height: number },
  hasBytes: boolean,
  long: boolean,
  span: Span,
): Plot {
  const small = width <= 960;
  const left = small ? 12 : 72;
  const right = Math.max(left + 10, width - (small ? 12 : 108));
  const lane = 16;
  // A short figure has no room for a second curve.
  const strip = hasBytes && height > LOW ? 30 : 0;
  const brush = long ? 24 : 0;
  const below = (small ? lane + 4 : 12 + strip + lane + 20) + brush;
  const bytes = { top: 20, height: Math.max(20, height - 20 - below - 2) };
  const under = bytes.top + bytes.height;
  const laneTop = small ? under + 4 : under + 8 + strip;
  const part = span.to - span.from;
  return {
    left,
    right,
    small,
    bytes,
    objects: small || !strip ? null : { top: under + 10, height: 20 },
    lane: { top: laneTop, height: lane },
    marks: small ? null : laneTop + lane + 3,
    overview: long ? { top: height - brush + 2, height: brush - 6 } : null,
    span,
    x: (place) => left + ((place - span.from) / part) * (right - left),
    place: (x) => span.from + ((x - left) / (right - left)) * part,
    resolution: Math.max(1, Math.round((right - left) * 2)),
  };
}

/** Highest tick: a round number at or above the peak, or the peak itself. */
export const ticksFor = (peak: number, hasBytes: boolean): number[] =>
  peak === 0 ? [0] : hasBytes ? [0, peak / 2, peak] : [0, peak];

/** From a value to its height on the page. */
export const scale =
  ({ top, height }: Strip, most: number) =>
  (value: number): number =>
    top + height - (height * value) / Math.max(1, most);
