/**
 * The axis of time: recorded steps, each as wide as the work it can do, so that
 * a line which builds and frees a graph has room for its inner peak, and the
 * same line has the same place in both recordings of Compare.
 */
import { type Curve, type Recording, upTo } from "../trace/recording";
import { bytesOf, endOfStep, startOfStep, stepCount } from "../trace/replay";
import { type Change, totalOf } from "./totals";

export interface Axis {
  readonly steps: number;
  /** Left edge of a step in units of the axis, from 0; `edge(steps)` is 1. */
  edge(step: number): number;
  /** Place of an event of one of the recordings, from 0 to 1. */
  at(r: Recording, event: number): number;
  /** The step at a place from 0 to 1. */
  stepAt(place: number): number;
}

/** A line that frees a hundred things at once gets more room than others, but not the whole axis. */
const room = (work: number): number => (work <= FULL ? work : FULL + 8 * Math.log2(work / FULL));
const FULL = 24;

/** Width of a line that does nothing, in marks of work. */
const IDLE = 4;

export function axisOf(recordings: readonly Recording[]): Axis {
  const marks = new Map(recordings.map((r) => [r, marksOf(r)]));
  const steps = Math.max(0, ...recordings.map(stepCount));
  const work: number[] = [];
  const edges = [0];
  for (let step = 0; step < steps; step++) {
    let most = 0;
    for (const r of recordings) {
      if (step >= stepCount(r)) continue;
      const own = marks.get(r)!;
      most = Math.max(most, upTo(own, endOfStep(r, step)) - upTo(own, startOfStep(r, step)));
    }
    work.push(most);
    edges.push(edges[step]! + IDLE + room(most));
  }
  const total = edges[steps] || 1;
  return {
    steps,
    edge: (step) => edges[Math.min(step, steps)]! / total,
    at(r, event) {
      const step = Math.min(upTo(r.steps.last, event - 1), steps - 1);
      if (step < 0) return 0;
      if (event >= endOfStep(r, step)) return edges[step + 1]! / total;
      const own = marks.get(r)!;
      const done = upTo(own, event) - upTo(own, startOfStep(r, step));
      const share = done / (work[step]! + 1);
      return (edges[step]! + share * (edges[step + 1]! - edges[step]!)) / total;
    },
    stepAt: (place) => Math.max(0, Math.min(steps - 1, upTo(edges, place * total) - 1)),
  };
}

/** Events at which bytes or the number of objects change, ascending, each once. */
function marksOf(r: Recording): number[] {
  const marks: number[] = [];
  const a = r.bytes.event;
  const b = r.living.event;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const event = Math.min(a[i] ?? Number.MAX_SAFE_INTEGER, b[j] ?? Number.MAX_SAFE_INTEGER);
    while (a[i] === event) i++;
    while (b[j] === event) j++;
    marks.push(event);
  }
  return marks;
}

/** Points of a stepped curve; what falls on one pixel keeps its lowest and highest value. */
export function pointsOf(
  curve: Curve,
  place: (event: number) => number,
  end: number,
  resolution: number,
): [place: number, value: number][] {
  const points: [number, number][] = [[0, 0]];
  let column = 0;
  let low = 0;
  let high = 0;
  let last = 0;
  const flush = () => {
    const at = column / resolution;
    if (low < Math.min(last, points.at(-1)![1])) points.push([at, low]);
    if (high > Math.max(last, points.at(-1)![1])) points.push([at, high]);
    if (points.at(-1)![1] !== last) points.push([at, last]);
  };
  curve.event.forEach((event, i) => {
    const value = curve.total[i]!;
    const here = Math.round(place(event) * resolution);
    if (here !== column) {
      flush();
      column = here;
      low = value;
      high = value;
    } else {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    last = value;
  });
  flush();
  points.push([end, last]);
  return points;
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

/** The location whose executions are the passes of the outermost loop, or -1. */
export function loopOf(r: Recording): number {
  let best = -1;
  r.locations.steps.forEach((steps, location) => {
    if (steps.length < 3 || r.steps.depth[steps[0]!] !== 0) return;
    if (best < 0 || steps.length > r.locations.steps[best]!.length) best = location;
  });
  return best;
}
