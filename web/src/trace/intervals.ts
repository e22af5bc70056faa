/**
 * Edges of one object that hold at an event. Most objects have a few; a name in a
 * long loop or a model that every call holds has a hundred thousand, nearly all
 * of them ended long ago: those are passed over a block at a time.
 */
import type { Recording } from "./recording";

/** Edges that are passed over together. */
const BLOCK = 64;

/** For each block of a list of edges, the event up to which one of them holds. */
interface Index {
  version: number;
  until: number[];
}
const indexes = new WeakMap<readonly number[], Index>();

/** Which of these edges, in order of their beginnings, hold at the event. */
export function holding(r: Recording, edges: readonly number[], event: number): number[] {
  const found: number[] = [];
  const { from, to } = r.edges;
  if (edges.length <= 2 * BLOCK) {
    for (const edge of edges) if (from[edge]! <= event && event < to[edge]!) found.push(edge);
    return found;
  }
  const until = untilOf(r, edges);
  const begun = begunBy(r, edges, event);
  for (let block = 0; block * BLOCK < begun; block++) {
    if (until[block]! <= event) continue;
    const end = Math.min(begun, (block + 1) * BLOCK);
    for (let i = block * BLOCK; i < end; i++) if (event < to[edges[i]!]!) found.push(edges[i]!);
  }
  return found;
}

/** How many of these edges, in order of their beginnings, have begun. */
function begunBy(r: Recording, edges: readonly number[], event: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (r.edges.from[edges[middle]!]! <= event) low = middle + 1;
    else high = middle;
  }
  return low;
}

function untilOf(r: Recording, edges: readonly number[]): number[] {
  const known = indexes.get(edges);
  if (known?.version === r.version) return known.until;
  const until: number[] = [];
  for (let i = 0; i < edges.length; i++) {
    const block = Math.floor(i / BLOCK);
    until[block] = Math.max(until[block] ?? 0, r.edges.to[edges[i]!]!);
  }
  indexes.set(edges, { version: r.version, until });
  return until;
}
