/** Where the parts of the timeline are, for a figure of a given size. */
export interface Plot {
  left: number;
  right: number;
  small: boolean;
  bytes: { top: number; height: number };
  /** Where objects have a strip of their own: where nothing has bytes, they take the place above. */
  objects: { top: number; height: number } | null;
  lane: { top: number; height: number };
  marks: number | null;
  x(place: number): number;
  resolution: number;
}

export function plotFor(
  { width, height }: { width: number; height: number },
  hasBytes: boolean,
): Plot {
  const small = width <= 960;
  const left = small ? 12 : 72;
  const right = Math.max(left + 10, width - (small ? 12 : 96));
  const lane = 16;
  const strip = hasBytes ? 30 : 0;
  const below = small ? lane + 4 : 12 + strip + lane + 20;
  const bytes = { top: 20, height: Math.max(20, height - 20 - below - 2) };
  const under = bytes.top + bytes.height;
  const objects = small || !hasBytes ? null : { top: under + 10, height: 20 };
  const laneTop = small ? under + 4 : under + 8 + strip;
  return {
    left,
    right,
    small,
    bytes,
    objects,
    lane: { top: laneTop, height: lane },
    marks: small ? null : laneTop + lane + 3,
    x: (place) => left + place * (right - left),
    resolution: Math.max(1, Math.round((right - left) * 2)),
  };
}

/** Highest tick: a round number at or above the peak, or the peak itself. */
export const ticksFor = (peak: number, hasBytes: boolean): number[] =>
  peak === 0 ? [0] : hasBytes ? [0, peak / 2, peak] : [0, peak];

/** From a value to its height on the page. */
export const scale =
  ({ top, height }: { top: number; height: number }, most: number) =>
  (value: number): number =>
    top + height - (height * value) / Math.max(1, most);
