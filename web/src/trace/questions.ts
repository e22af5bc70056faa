/**
 * What a step did and what it cost, computed from the recording alone: the facts
 * that the narration, the gutter and the timeline put into words.
 */
import { heldBy, isFolded, isFrame, unnamedOf } from "./holders";
import { isShown, type Recording, upTo } from "./recording";
import { bytesOf, countOf, edgesTo, endOfStep, isAlive, startOfStep, stepOf } from "./replay";

/** A name that was bound, moved or let go. `before` and `after` are objects, or -1. */
export interface Binding {
  readonly frame: number;
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** The name had, or has, a weak reference to it and nothing more. */
  readonly wasWeak: boolean;
  readonly isWeak: boolean;
}

export interface StepFacts {
  /** Objects of the shown kinds; what was born and died in the step counts in both. */
  readonly born: number[];
  readonly died: number[];
  readonly byCollector: number;
  readonly allocated: number;
  readonly freed: number;
  /** Bytes among both that were allocated and freed within the step. */
  readonly passed: number;
  readonly bindings: Binding[];
  /** Objects of shown kinds that went out of reach and are alive at the end. */
  readonly lost: number[];
  readonly lostBytes: number;
  /** Rows of collections that ended in the step. */
  readonly collections: number[];
  readonly printed: boolean;
  /** Objects alive before and after whose reference count is another. */
  readonly counts: { readonly object: number; readonly before: number; readonly after: number }[];
}

/** Facts of the events in (after, upto]. */
export function factsBetween(r: Recording, after: number, upto: number): StepFacts {
  const born = slice(r.objects.born, after, upto).filter((o) => isShown(r.objects.kind[o]!));
  const died: number[] = [];
  let byCollector = 0;
  for (const row of slice(r.deaths.event, after, upto)) {
    const object = r.deaths.object[row]!;
    if (!isShown(r.objects.kind[object]!)) continue;
    died.push(object);
    if (r.deaths.cause[row] === "collector") byCollector++;
  }
  const { allocated, freed } = bytesBetween(r, after, upto);
  const lost = slice(r.islands.from, after, upto)
    .filter((island) => r.islands.to[island]! > upto)
    .flatMap((island) => r.islands.members[island]!)
    .filter((o) => isShown(r.objects.kind[o]!) && isAlive(r, o, upto) && !wasLost(r, o, after));
  return {
    born,
    died,
    byCollector,
    allocated,
    freed,
    passed: slice(r.buffers.born, after, upto)
      .filter((buffer) => r.buffers.freed[buffer]! <= upto)
      .reduce((sum, buffer) => sum + r.buffers.nbytes[buffer]!, 0),
    bindings: bindingsBetween(r, after, upto),
    lost,
    lostBytes: lost.reduce((sum, o) => sum + bytesOf(r, o), 0),
    collections: slice(r.collections.event, after, upto),
    printed: upTo(r.output.event, upto) > upTo(r.output.event, after),
    counts: countsBetween(r, after, upto),
  };
}

export const factsOf = (r: Recording, step: number): StepFacts =>
  factsBetween(r, startOfStep(r, step), endOfStep(r, step));

function countsBetween(r: Recording, after: number, upto: number): StepFacts["counts"] {
  const objects = new Set(slice(r.counts.event, after, upto).map((row) => r.counts.object[row]!));
  return [...objects]
    .filter((o) => isShown(r.objects.kind[o]!) && isAlive(r, o, after) && isAlive(r, o, upto))
    .map((object) => ({
      object,
      before: countOf(r, object, after).count,
      after: countOf(r, object, upto).count,
    }))
    .filter(({ before, after: now }) => before !== now);
}

const wasLost = (r: Recording, object: number, event: number): boolean =>
  r.objects.islands[object]!.some((i) => r.islands.from[i]! <= event && event < r.islands.to[i]!);

function slice(column: readonly number[], after: number, upto: number): number[] {
  const first = upTo(column, after);
  const last = upTo(column, upto);
  return Array.from({ length: last - first }, (_, i) => first + i);
}

/** What the curve of bytes rose and fell by, summed apart. */
export function bytesBetween(
  r: Recording,
  after: number,
  upto: number,
): { allocated: number; freed: number } {
  let allocated = 0;
  let freed = 0;
  const last = upTo(r.bytes.event, upto);
  for (let i = upTo(r.bytes.event, after); i < last; i++) {
    const by = r.bytes.total[i]! - (i ? r.bytes.total[i - 1]! : 0);
    if (by > 0) allocated += by;
    else freed -= by;
  }
  return { allocated, freed };
}

/** Names whose object changed; a name bound to something that is not shown counts as let go. */
function bindingsBetween(r: Recording, after: number, upto: number): Binding[] {
  const before = new Map<string, Bound>();
  const found = new Map<string, Binding>();
  const key = (edge: number): string => `${r.edges.holder[edge]} ${r.edges.name[edge]}`;
  // A frame that has been left took its names with it: nobody let go of them one by one.
  const isName = (edge: number): boolean =>
    isFrame(r, r.edges.holder[edge]!) &&
    isAlive(r, r.edges.holder[edge]!, upto) &&
    unnamedOf(r.edges.name[edge]!) === null;
  for (const row of slice(r.ended.event, after, upto)) {
    const edge = r.ended.edge[row]!;
    // A value on its way out is no name that lets go.
    if (!isName(edge) || r.edges.from[edge]! > after || r.edges.name[edge] === "return") continue;
    const target = storyOf(r, r.edges.held[edge]!, after);
    if (target < 0) continue;
    const old = { target, weak: target !== r.edges.held[edge] };
    before.set(key(edge), old);
    found.set(key(edge), binding(r, edge, old, NOTHING));
  }
  for (const edge of slice(r.edges.from, after, upto)) {
    if (!isName(edge) || r.edges.to[edge]! <= upto) continue;
    if (wasKept(r, edge, after)) continue;
    const target = storyOf(r, r.edges.held[edge]!, upto);
    if (target < 0) continue;
    const old = before.get(key(edge)) ?? NOTHING;
    const now = { target, weak: target !== r.edges.held[edge] };
    if (old.target === target && old.weak === now.weak) found.delete(key(edge));
    else found.set(key(edge), binding(r, edge, old, now));
  }
  return [...found.values()].sort((a, b) => a.frame - b.frame);
}

/**
 * A local that was there before: of a generator that has waited, or of a call that an exception
 * has ended, whose frame a traceback keeps.
 */
const wasKept = (r: Recording, edge: number, after: number): boolean =>
  edgesTo(r, r.edges.held[edge]!, after).some((other) => {
    const holder = r.edges.holder[other]!;
    const type = r.objects.type[r.edges.holder[edge]!]!;
    const isIt =
      r.objects.kind[holder] === "generator" || type === `frame of ${r.objects.type[holder]}`;
    return isIt && r.edges.name[other] === r.edges.name[edge];
  });

interface Bound {
  readonly target: number;
  readonly weak: boolean;
}

const NOTHING: Bound = { target: -1, weak: false };

const binding = (r: Recording, edge: number, before: Bound, after: Bound): Binding => ({
  frame: r.edges.holder[edge]!,
  name: r.edges.name[edge]!,
  before: before.target,
  after: after.target,
  wasWeak: before.weak,
  isWeak: after.weak,
});

/** The shown object that a name is about: itself, or the target of a weak reference; -1 for none. */
function storyOf(r: Recording, object: number, event: number): number {
  if (isShown(r.objects.kind[object]!)) return object;
  if (!isFolded(r, object)) return -1;
  const held = heldBy(r, object, event);
  return r.objects.kind[object] === "weakref" && held.length === 1 ? held[0]!.object : -1;
}

/** What each line cost in its last run up to the step (steps from 0): bytes allocated and freed. */
export interface LineCost {
  readonly allocated: number;
  readonly freed: number;
}

export function lineCosts(r: Recording, step: number): Map<number, LineCost> {
  const costs = new Map<number, LineCost>();
  for (let location = 0; location < r.locations.line.length; location++) {
    if (r.files.name[r.locations.file[location]!] !== r.header?.main) continue;
    const steps = r.locations.steps[location]!;
    const rank = upTo(steps, step);
    if (rank === 0) continue;
    const last = steps[rank - 1]!;
    costs.set(
      r.locations.line[location]!,
      bytesBetween(r, startOfStep(r, last), endOfStep(r, last)),
    );
  }
  return costs;
}

/** The next step after (or before) this one in which a shown object died, or -1. */
export const stepWithDeath = (r: Recording, step: number, direction: 1 | -1): number =>
  stepWith(r, r.falls, step, direction);

export const stepWithCollection = (r: Recording, step: number, direction: 1 | -1): number =>
  stepWith(r, r.collections.event, step, direction);

/** The nearest other step in that direction that has one of these events; -1 for none. */
function stepWith(r: Recording, events: readonly number[], step: number, by: 1 | -1): number {
  const row = by > 0 ? upTo(events, endOfStep(r, step)) : upTo(events, startOfStep(r, step)) - 1;
  const event = events[row];
  if (event === undefined || event > r.steps.last.at(-1)!) return -1;
  return stepOf(r, event);
}

/**
 * Places inside a step, ascending: one for each event at which a shown object is born or dies, or
 * bytes change, with what follows until the next. A line's objects are born before it is told what
 * holds them: at the birth itself the last of them would hang from nothing.
 */
export function marksOf(r: Recording, step: number): number[] {
  const after = startOfStep(r, step);
  const upto = endOfStep(r, step);
  const marks = new Set<number>();
  for (const curve of [r.bytes, r.living]) {
    for (let i = upTo(curve.event, after); i < upTo(curve.event, upto); i++) {
      marks.add(curve.event[i]!);
    }
  }
  const sorted = [...marks].sort((a, b) => a - b);
  return sorted.map((mark, i) => (sorted[i + 1] ?? mark + 1) - 1);
}
