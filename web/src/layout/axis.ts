/**
 * The axis of time: recorded steps, each as wide as the work it can do, so that
 * a line which builds and frees a graph has room for its inner peak, and the
 * same line has the same place in both recordings of Compare.
 */
import type { Clock } from "../trace/clock";
import { type Recording, upTo } from "../trace/recording";
import { endOfStep, stepCount } from "../trace/replay";

export interface Axis {
  /** Moments of the clock that it shows. */
  readonly clock: Clock;
  /** Left edge of a moment in units of the axis, from 0; `edge(clock.length)` is 1. */
  edge(moment: number): number;
  /** Place of an event of one of the recordings, from 0 to 1. */
  at(r: Recording, event: number): number;
  /** The moment at a place from 0 to 1. */
  momentAt(place: number): number;
  /** The event of a recording at a place. */
  eventAt(r: Recording, place: number): number;
}

/** A line that frees a hundred things at once gets more room than others, but not the whole axis. */
const room = (work: number): number => (work <= FULL ? work : FULL + 8 * Math.log2(work / FULL));
const FULL = 24;

/** Width of a line that does nothing, in marks of work. */
const IDLE = 4;

export function axisOf(clock: Clock, recordings: readonly Recording[]): Axis {
  const tracks = new Map(recordings.map((r) => [r, trackOf(clock, r)]));
  const work = new Float64Array(clock.length);
  for (const { moments, done } of tracks.values()) {
    for (let step = 0; step < moments.length; step++) {
      const moment = moments[step]!;
      work[moment] = Math.max(work[moment]!, done[step + 1]! - done[step]!);
    }
  }
  const edges = new Float64Array(clock.length + 1);
  for (let i = 0; i < clock.length; i++) edges[i + 1] = edges[i]! + IDLE + room(work[i]!);
  const total = edges[clock.length] || 1;
  const momentAt = (at: number): number =>
    Math.max(0, Math.min(clock.length - 1, upTo(edges, at * total) - 1));
  return {
    clock,
    edge: (moment) => edges[Math.min(moment, clock.length)]! / total,
    at(r, event) {
      const { marks, moments, done } = tracks.get(r)!;
      const step = Math.min(upTo(r.steps.last, event - 1), moments.length - 1);
      if (step < 0) return 0;
      const moment = moments[step]!;
      if (event >= endOfStep(r, step)) return edges[moment + 1]! / total;
      const share = (upTo(marks, event) - done[step]!) / (work[moment]! + 1);
      return (edges[moment]! + share * (edges[moment + 1]! - edges[moment]!)) / total;
    },
    momentAt,
    eventAt(r, at) {
      const moment = momentAt(at);
      const step = clock.stepIn(r, moment);
      if (step < 0 || !clock.ran(r, moment)) return endOfStep(r, step);
      const { marks, done } = tracks.get(r)!;
      const share = (at * total - edges[moment]!) / (edges[moment + 1]! - edges[moment]!);
      const mark = done[step]! + Math.floor(share * (work[moment]! + 1));
      if (mark >= done[step + 1]!) return endOfStep(r, step);
      return marks[mark - 1] ?? 0;
    },
  };
}

/** Of a recording: the moment of each step, its marks, and how many lay before each step. */
function trackOf(clock: Clock, r: Recording) {
  const marks = marksOf(r);
  const steps = stepCount(r);
  const moments = new Int32Array(steps);
  const done = new Int32Array(steps + 1);
  let mark = 0;
  for (let step = 0; step < steps; step++) {
    moments[step] = clock.momentOf(r, step);
    while (mark < marks.length && marks[mark]! <= r.steps.last[step]!) mark++;
    done[step + 1] = mark;
  }
  return { marks, moments, done };
}

/** Events at which bytes or the number of objects change, ascending, each once. */
function marksOf(r: Recording): Int32Array {
  const a = r.bytes.event;
  const b = r.living.event;
  const marks = new Int32Array(a.length + b.length);
  let count = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; count++) {
    const event = j === b.length || (i < a.length && a[i]! < b[j]!) ? a[i]! : b[j]!;
    while (i < a.length && a[i] === event) i++;
    while (j < b.length && b[j] === event) j++;
    marks[count] = event;
  }
  return marks.subarray(0, count);
}
