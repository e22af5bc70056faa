/**
 * What an object retains: all that would die with it. An object is dominated by another if every
 * way from the roots leads through that one.
 *
 * Immediate dominators after K. D. Cooper, T. J. Harvey and K. Kennedy, "A simple, fast dominance
 * algorithm" (Rice University, 2001): intersect the dominators of the holders in reverse postorder
 * until nothing changes.
 */
import type { Recording } from "../trace/recording";
import { bytesOf } from "../trace/replay";
import { type Graph, graphAt } from "./graph";

/** Stands above all roots. */
export const ENTRY = -1;

export interface Retained {
  /** The object without which this one would die; ENTRY for none. */
  readonly dominator: number;
  /** How many would die with it, itself included, and the bytes that would be freed. */
  readonly objects: number;
  readonly nbytes: number;
}

/** What each object that a root reaches retains, in reverse postorder. */
export function retainedAt(r: Recording, event: number): Map<number, Retained> {
  const graph = graphAt(r, event);
  const order = reversePostorder(graph);
  const above = immediate(graph, order);
  const objects = new Float64Array(order.length).fill(1);
  const nbytes = Float64Array.from(order, (object) => bytesOf(r, object));
  // A dominator stands before its own: from the end every sum is whole when it is passed on.
  for (let i = order.length - 1; i >= 0; i--) {
    const up = above[i]! - 1;
    if (up < 0) continue;
    objects[up]! += objects[i]!;
    nbytes[up]! += nbytes[i]!;
  }
  return new Map(
    order.map((object, i) => [
      object,
      {
        dominator: above[i]! ? order[above[i]! - 1]! : ENTRY,
        objects: objects[i]!,
        nbytes: nbytes[i]!,
      },
    ]),
  );
}

/** For each place of the order its dominator's place + 1; 0 for the entry. */
function immediate(graph: Graph, order: readonly number[]): Int32Array {
  const { holder } = graph.r.edges;
  const place = new Int32Array(graph.r.objects.born.length);
  order.forEach((object, i) => {
    place[object] = i + 1;
  });
  const above = new Int32Array(order.length + 1).fill(-1);
  above[0] = 0;
  const roots = new Set(graph.roots);
  const holders = order.map((object) =>
    graph.into(object).flatMap((edge) => place[holder[edge]!] || []),
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i <= order.length; i++) {
      let best = roots.has(order[i - 1]!) ? 0 : -1;
      for (const by of holders[i - 1]!) {
        if (above[by]! >= 0) best = best < 0 ? by : meet(best, by, above);
      }
      if (above[i] !== best) {
        above[i] = best;
        changed = true;
      }
    }
  }
  return above.subarray(1);
}

/** The nearest place that dominates both. */
function meet(a: number, b: number, above: Int32Array): number {
  while (a !== b) {
    if (a > b) a = above[a]!;
    else b = above[b]!;
  }
  return a;
}

function reversePostorder(graph: Graph): number[] {
  const { held } = graph.r.edges;
  const order: number[] = [];
  const seen = new Uint8Array(graph.r.objects.born.length);
  for (const root of [...graph.roots].reverse()) {
    if (seen[root]) continue;
    seen[root] = 1;
    const stack = [{ object: root, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = graph.out(top.object)[top.next++];
      if (edge === undefined) {
        order.push(top.object);
        stack.pop();
      } else if (!seen[held[edge]!]) {
        seen[held[edge]!] = 1;
        stack.push({ object: held[edge]!, next: 0 });
      }
    }
  }
  return order.reverse();
}
