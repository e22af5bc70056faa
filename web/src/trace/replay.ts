/**
 * The state of a recording at an event: who is alive, with which count, held by
 * whom. A row holds from its event on until the event that closes it, so every
 * question is a look into a sorted column; nothing is replayed from the start.
 */
import { holding } from "./intervals";
import { type Curve, OPEN, type PeakedCurve, type Recording, upTo } from "./recording";

export type State = "unborn" | "alive" | "unreachable" | "dead";

export const isAlive = (r: Recording, object: number, event: number): boolean =>
  r.objects.born[object]! <= event && event < r.objects.died[object]!;

/** The island that holds this object at the event, or -1. */
export function islandOf(r: Recording, object: number, event: number): number {
  const islands = r.objects.islands[object]!;
  for (let i = islands.length - 1; i >= 0; i--) {
    const island = islands[i]!;
    if (r.islands.from[island]! <= event) return event < r.islands.to[island]! ? island : -1;
  }
  return -1;
}

export function stateOf(r: Recording, object: number, event: number): State {
  if (event < r.objects.born[object]!) return "unborn";
  if (event >= r.objects.died[object]!) return "dead";
  return islandOf(r, object, event) >= 0 ? "unreachable" : "alive";
}

export interface Count {
  readonly count: number;
  readonly weak: number;
  readonly unexplained: number;
}
const NONE: Count = { count: 0, weak: 0, unexplained: 0 };

/** Reference count and weak references; 0 for the unborn and the dead. */
export function countOf(r: Recording, object: number, event: number): Count {
  if (!isAlive(r, object, event)) return NONE;
  const own = r.objects.counts[object]!;
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (r.counts.event[own[middle]!]! <= event) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return NONE;
  const row = own[low - 1]!;
  return {
    count: r.counts.count[row]!,
    weak: r.counts.weak[row]!,
    unexplained: r.counts.unexplained[row]!,
  };
}

export const edgeHolds = (r: Recording, edge: number, event: number): boolean =>
  r.edges.from[edge]! <= event && event < r.edges.to[edge]!;

/** Edges to the object (or from it) that hold at the event. */
export const edgesTo = (r: Recording, object: number, event: number): number[] =>
  holding(r, r.objects.held[object]!, event);
export const edgesFrom = (r: Recording, object: number, event: number): number[] =>
  holding(r, r.objects.holds[object]!, event);

/** Bytes of memory that an array owns: 0 for a view, and for what is no array. */
export function bytesOf(r: Recording, object: number): number {
  const array = r.objects.array[object]!;
  if (array < 0) return 0;
  const buffer = r.arrays.buffer[array]!;
  return buffer >= 0 && r.buffers.owner[buffer] === object ? r.buffers.nbytes[buffer]! : 0;
}

/** Value of a running total at the event. */
export function totalAt(curve: Curve, event: number): number {
  const rows = upTo(curve.event, event);
  return rows ? curve.total[rows - 1]! : 0;
}

/** The highest value that a running total had up to the event. */
export const peakUpTo = (curve: PeakedCurve, event: number): number =>
  curve.peak[upTo(curve.event, event) - 1] ?? 0;

export const stepCount = (r: Recording): number => r.steps.last.length;

/** The event after which the step (from 0) is over; 0 where nothing has run. */
export const endOfStep = (r: Recording, step: number): number => r.steps.last[step] ?? 0;

/** The event before the first one of the step. */
export const startOfStep = (r: Recording, step: number): number =>
  step > 0 ? r.steps.last[step - 1]! : -1;

/** The step in whose range the event lies; the last one for events after it. */
export function stepOf(r: Recording, event: number): number {
  const before = upTo(r.steps.last, event - 1);
  return Math.max(0, Math.min(before, stepCount(r) - 1));
}

/** Of the program's own file; 0 for a step elsewhere (places.ts). */
export function lineOfStep(r: Recording, step: number): number {
  const location = r.steps.location[step] ?? -1;
  const own = r.files.name[r.locations.file[location] ?? -1] === r.header?.main;
  return own ? r.locations.line[location]! : 0;
}

/** Which execution of its line a step is, and of how many, both from 1. */
export function passOf(r: Recording, step: number): { pass: number; of: number } {
  const steps = r.locations.steps[r.steps.location[step]!] ?? [];
  return { pass: upTo(steps, step), of: steps.length };
}

/** Line of the program's own file on top of a stack, or 0: the innermost frame that is the reader's. */
export function lineOfStack(r: Recording, stack: number): number {
  for (let s = stack; s >= 0; s = r.stacks.parent[s]!) {
    const location = r.stacks.location[s]!;
    if (r.files.name[r.locations.file[location]!] === r.header?.main) {
      return r.locations.line[location]!;
    }
  }
  return 0;
}

/** `Square#4`: the type and the number among its kind in order of birth. */
export const labelOf = (r: Recording, object: number): string =>
  `${r.objects.type[object]}#${r.objects.number[object]}`;

/** Why an object died, as the surface says it. */
export type Death =
  | { by: "refcount"; event: number; line: number; edge: number }
  | { by: "gc"; event: number; line: number; edge: number; generation: number | null };

export function deathOf(r: Recording, object: number): Death | null {
  const row = r.objects.death[object]!;
  if (row < 0) return null;
  const common = {
    event: r.deaths.event[row]!,
    line: lineOfStack(r, r.deaths.stack[row]!),
    edge: r.deaths.edge[row]!,
  };
  if (r.deaths.cause[row] !== "collector") return { by: "refcount", ...common };
  const generation = r.collections.generation[r.deaths.collection[row]!] ?? null;
  return { by: "gc", ...common, generation };
}

/** Rows of a table, by its event column, that lie in (after, upto]. */
export function between(column: readonly number[], after: number, upto: number): [number, number] {
  return [upTo(column, after), upTo(column, upto)];
}

/** True for an interval that nothing has closed. */
export const isOpen = (end: number): boolean => end === OPEN;
