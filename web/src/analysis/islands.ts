/** Islands: what is alive although nothing reaches it, until the collector comes. */
import type { Recording } from "../trace/recording";
import { graphAt } from "./graph";

/**
 * Objects of each island, the oldest first. The recorder writes islands too, as its probe saw
 * them; this is what follows from the references alone.
 */
export function islandsAt(r: Recording, event: number): number[][] {
  const graph = graphAt(r, event);
  const { holder, held } = r.edges;
  const seen = graph.below(graph.roots);
  const found: number[][] = [];
  for (const first of graph.alive) {
    if (seen[first]) continue;
    seen[first] = 1;
    const group = [first];
    const meet = (object: number): void => {
      if (seen[object]) return;
      seen[object] = 1;
      group.push(object);
    };
    for (const here of group) {
      for (const edge of graph.out(here)) meet(held[edge]!);
      for (const edge of graph.into(here)) meet(holder[edge]!);
    }
    found.push(group.sort((a, b) => a - b));
  }
  return found;
}
