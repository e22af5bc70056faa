/** Curves as points of the axis: all of a recording, or the part that is brushed. */
import { type Curve, type Recording, upTo } from "../trace/recording";
import { bytesOf, stepCount, totalAt } from "../trace/replay";
import type { Axis } from "./axis";
import { type Change, totalOf } from "./totals";

/** A part of the axis. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Points of a stepped curve within a part of the axis. What falls on one pixel
 * keeps its lowest and its highest value, in the order in which they came: no peak
 * is ever lost. Only the events of that part are gone through.
 */
export function pointsOf(
  curve: Curve,
  r: Recording,
  axis: Axis,
  { from, to }: Span,
  resolution: number,
): [place: number, value: number][] {
  const { clock } = axis;
  const first = Math.max(0, clock.stepIn(r, axis.momentAt(from)));
  const last = Math.min(stepCount(r) - 1, clock.stepIn(r, axis.momentAt(to)));
  const pixel = (to - from) / resolution || 1;
  const columnOf = (place: number): number => Math.max(0, Math.round((place - from) / pixel));
  let row = upTo(curve.event, first > 0 ? r.steps.last[first - 1]! : -1);
  const bundle = new Bundle(from, row ? curve.total[row - 1]! : 0, pixel);
  for (let step = first; step <= last; step++) {
    const end = r.steps.last[step]!;
    if (row >= curve.event.length || curve.event[row]! > end) continue;
    const moment = clock.momentOf(r, step);
    const start = axis.edge(moment);
    const column = columnOf(start);
    const isNarrow = axis.edge(moment + 1) - start < pixel;
    for (; row < curve.event.length && curve.event[row]! <= end; row++) {
      bundle.add(isNarrow ? column : columnOf(axis.at(r, curve.event[row]!)), curve.total[row]!);
    }
  }
  const end = axis.edge(clock.momentOf(r, Math.max(0, stepCount(r) - 1)) + 1);
  return bundle.closed(Math.min(to, Math.max(from, end)));
}

/** Values that fall on one pixel. */
class Bundle {
  readonly #points: [number, number][];
  #column = -1;
  #low = 0;
  #high = 0;
  #last = 0;
  #lowFirst = true;

  constructor(
    readonly from: number,
    before: number,
    readonly pixel: number,
  ) {
    this.#points = [[from, before]];
  }

  add(column: number, value: number): void {
    if (column !== this.#column) {
      this.#flush();
      this.#column = column;
      this.#low = value;
      this.#high = value;
      this.#lowFirst = true;
    } else if (value < this.#low) {
      this.#low = value;
      this.#lowFirst = false;
    } else if (value > this.#high) {
      this.#high = value;
      this.#lowFirst = true;
    }
    this.#last = value;
  }

  #flush(): void {
    if (this.#column < 0) return;
    const at = this.from + this.#column * this.pixel;
    const ends = this.#lowFirst ? [this.#low, this.#high] : [this.#high, this.#low];
    for (const value of [...ends, this.#last]) {
      if (this.#points.at(-1)![1] !== value) this.#points.push([at, value]);
    }
  }

  closed(end: number): [number, number][] {
    this.#flush();
    this.#points.push([end, this.#points.at(-1)![1]]);
    return this.#points;
  }
}

/** Bytes that only unreachable objects own, over events. */
export function lostBytes(r: Recording): Curve {
  const changes: Change[] = [];
  r.islands.members.forEach((members, island) => {
    for (const object of members) {
      const bytes = bytesOf(r, object);
      if (!bytes) continue;
      const to = Math.min(r.islands.to[island]!, r.objects.died[object]!);
      const from = r.islands.from[island]!;
      if (to <= from) continue;
      changes.push([from, bytes]);
      if (to <= r.lastEvent) changes.push([to, -bytes]);
    }
  });
  return totalOf(changes);
}

/** One curve less another. */
export function less(curve: Curve, other: Curve): Curve {
  const event = [...new Set([...curve.event, ...other.event])].sort((a, b) => a - b);
  return { event, total: event.map((e) => totalAt(curve, e) - totalAt(other, e)) };
}
