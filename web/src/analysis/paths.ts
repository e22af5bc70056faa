/** Why is this object alive? The ways on which roots hold it, the shortest first. */
import { firstNameOf } from "../trace/holders";
import type { Recording } from "../trace/recording";
import { countOf, edgesTo, isAlive, labelOf } from "../trace/replay";
import { type Graph, graphAt } from "./graph";

/** More ways than this say nothing new. */
export const MOST = 8;

/** A way on which a root holds an object at an event. */
export interface Retention {
  readonly event: number;
  readonly target: number;
  /** Rows of the references from the root to the target; none if the target is a root itself. */
  readonly edges: readonly number[];
  readonly root: number;
  /** References to the root that no recorded holder explains. */
  readonly unexplained: number;
}

/**
 * For each reference to an object a shortest way from a root that ends with it. So each of an
 * object's holders is told once, with the shortest reason why that holder itself is alive; one
 * that lives only through the object is no reason and is left out. The shortest come first, of
 * equal ones that of the older reference. None for what is dead, or an island.
 */
export function retentions(r: Recording, event: number, target: number, most = MOST): Retention[] {
  if (!isAlive(r, target, event)) return [];
  const graph = graphAt(r, event);
  const found = shortestWays(graph, target)
    .slice(0, most)
    .map((edges) => retention(r, event, target, edges));
  if (graph.isRoot(target)) found.unshift(retention(r, event, target, []));
  return found.slice(0, most);
}

function retention(r: Recording, event: number, target: number, edges: number[]): Retention {
  const root = edges.length ? r.edges.holder[edges[0]!]! : target;
  return { event, target, edges, root, unexplained: countOf(r, root, event).unexplained };
}

/** Edges of a shortest way through each edge to the target, breadth first from the roots. */
function shortestWays(graph: Graph, target: number): number[][] {
  const { holder, held } = graph.r.edges;
  const last = graph.into(target);
  if (!last.length) return [];
  const by = new Int32Array(graph.r.objects.born.length).fill(UNSEEN);
  const waiting = graph.roots.filter((root) => root !== target);
  for (const root of waiting) by[root] = ROOT;
  for (const here of waiting) {
    for (const edge of graph.out(here)) {
      const next = held[edge]!;
      if (next !== target && by[next] === UNSEEN) {
        by[next] = edge;
        waiting.push(next);
      }
    }
  }
  const ways: number[][] = [];
  for (const end of last) {
    if (by[holder[end]!] === UNSEEN) continue;
    const way = [end];
    for (let edge = by[holder[end]!]!; edge !== ROOT; edge = by[holder[edge]!]!) way.push(edge);
    ways.push(way.reverse());
  }
  return ways.sort((a, b) => a.length - b.length);
}
const UNSEEN = -2;
const ROOT = -1;

/** Edges of a shortest cycle through an object, from it back to it; null if there is none. */
export function cycleThrough(graph: Graph, object: number): number[] | null {
  const { holder, held } = graph.r.edges;
  const by = new Map<number, number>();
  const waiting = [object];
  for (const here of waiting) {
    for (const edge of graph.out(here)) {
      const next = held[edge]!;
      if (!by.has(next)) {
        by.set(next, edge);
        waiting.push(next);
      }
    }
    if (by.has(object)) break;
  }
  if (!by.has(object)) return null;
  const ring = [by.get(object)!];
  while (holder[ring.at(-1)!] !== object) ring.push(by.get(holder[ring.at(-1)!]!)!);
  return ring.reverse();
}

/* ---------- how a person knows what is on a way */

/** `Square#4`; for a module, or a function that runs, its name. */
export function thingOf(r: Recording, object: number, event: number): string {
  const kind = r.objects.kind[object]!;
  const running = (kind === "module" || kind === "frame") && !edgesTo(r, object, event).length;
  return running ? r.objects.type[object]! : labelOf(r, object);
}

/** The first name that it had in the whole recording, a module's before a function's. */
export const nameOf = (r: Recording, object: number): string | null =>
  firstNameOf(r, object, r.lastEvent);

/** Elements of an array, or of a Variable's data; null where that is not known. */
export function sizeOf(r: Recording, object: number, event: number): number | null {
  let array = object;
  const kind = r.objects.kind[object];
  if (kind === "variable" || kind === "parameter") {
    for (const edge of r.objects.holds[object]!) {
      if (
        r.edges.name[edge] === "data" &&
        r.edges.from[edge]! <= event &&
        event < r.edges.to[edge]!
      )
        array = r.edges.held[edge]!;
    }
  }
  const row = r.objects.array[array]!;
  return row < 0 ? null : product(r.arrays.shape[row]!);
}

export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
