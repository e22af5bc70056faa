/**
 * What if this reference were gone, or this object dead? Only what hangs from the reference is
 * walked: a question about a leaf of a heap of 10,000 objects costs a leaf.
 */
import type { Recording } from "../trace/recording";
import { bytesOf } from "../trace/replay";
import { type Graph, graphAt } from "./graph";

export interface Loss {
  /** What would die at once; what is an island already, too, if it comes undone by this. */
  readonly byCount: number[];
  /** What would be out of reach and still be held by cycles. */
  readonly byCollector: number[];
}

export const bytesOfAll = (r: Recording, objects: readonly number[]): number =>
  objects.reduce((sum, object) => sum + bytesOf(r, object), 0);

/** What would die at an event if these references were gone. */
export function cut(r: Recording, event: number, edges: Iterable<number>): Loss {
  return lost(graphAt(r, event), new Set(edges));
}

/** What would die with an object, itself included: as if nothing held it any more. */
export function lossOf(r: Recording, event: number, object: number): Loss {
  const graph = graphAt(r, event);
  return lost(graph, new Set(graph.into(object)), object);
}

/**
 * The reference, and where it has no name all others without one of the same holder: what a C
 * object such as a cache holds, it may hold several times, and an edit drops all.
 */
export function edgesLike(r: Recording, event: number, edge: number): number[] {
  const unnamed = (e: number): boolean => r.edges.name[e]!.startsWith("?");
  if (!unnamed(edge)) return [edge];
  return r.objects.holds[r.edges.holder[edge]!]!.filter(
    (e) => unnamed(e) && r.edges.from[e]! <= event && event < r.edges.to[e]!,
  );
}

/**
 * What would die by count, islands that would come undone among it, and new islands.
 *
 * @param without references that are gone; each must hold at the graph's event.
 * @param fallen an object that is no root any more, whatever made it one; -1 for none.
 */
export function lost(graph: Graph, without: ReadonlySet<number>, fallen = -1): Loss {
  const { holder, held } = graph.r.edges;
  const starts = [...without].map((edge) => held[edge]!);
  if (fallen >= 0) starts.push(fallen);
  const below = closure(starts, (object) => graph.out(object).map((edge) => held[edge]!));

  // From outside nothing changes: what is reached from there stays so.
  const before = new Set<number>();
  const after = new Set<number>();
  const outside = new Set<number>();
  for (const object of below) {
    const root = graph.isRoot(object);
    if (root) before.add(object);
    if (root && object !== fallen) after.add(object);
    for (const edge of graph.into(object)) {
      const by = holder[edge]!;
      if (below.has(by)) continue;
      if (!graph.isReached(by)) outside.add(by);
      else {
        before.add(object);
        if (!without.has(edge)) after.add(object);
      }
    }
  }
  spread(graph, before);
  spread(graph, after, without);

  // Islands that lean on what is below may come undone with it: their holders count, too.
  const leaning = closure(outside, (object) => graph.into(object).map((edge) => holder[edge]!));
  const unreached = (reached: Set<number>): number[] => [
    ...leaning,
    ...[...below].filter((object) => !reached.has(object)),
  ];
  const undone = peel(graph, unreached(before));
  const byCount = new Set<number>();
  for (const object of peel(graph, unreached(after), without)) {
    if (!undone.has(object)) byCount.add(object);
  }
  const ascending = (a: number, b: number): number => a - b;
  return {
    byCount: [...byCount].sort(ascending),
    byCollector: [...before]
      .filter((object) => !after.has(object) && !byCount.has(object))
      .sort(ascending),
  };
}

const NONE: ReadonlySet<number> = new Set();

function closure(starts: Iterable<number>, next: (object: number) => number[]): Set<number> {
  const found = new Set(starts);
  for (const here of found) for (const object of next(here)) found.add(object); // grows as walked
  return found;
}

function spread(graph: Graph, reached: Set<number>, without = NONE): void {
  for (const here of reached) {
    for (const edge of graph.out(here))
      if (!without.has(edge)) reached.add(graph.r.edges.held[edge]!);
  }
}

/** Of objects that no root reaches, all that is neither in a cycle nor held by one. */
function peel(graph: Graph, objects: readonly number[], without = NONE): Set<number> {
  const left = new Map<number, number>();
  for (const object of objects) {
    let count = 0;
    for (const edge of graph.into(object)) if (!without.has(edge)) count++;
    left.set(object, count);
  }
  const dead = new Set(objects.filter((object) => left.get(object) === 0));
  for (const object of dead) {
    for (const edge of graph.out(object)) {
      const next = graph.r.edges.held[edge]!;
      const count = left.get(next);
      if (count === undefined || without.has(edge)) continue;
      left.set(next, count - 1);
      if (count === 1) dead.add(next);
    }
  }
  return dead;
}
