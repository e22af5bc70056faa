/** What fell together: a death by count takes with it what only the dead one held. */
import { isShown, type Recording, upTo } from "../trace/recording";
import { endOfStep, startOfStep, stepOf } from "../trace/replay";

/** Deaths of one fall, of shown kinds, in the order in which they happened. */
export function fallOf(r: Recording, object: number): number[] {
  const row = r.objects.death[object]!;
  if (row < 0) return [];
  const first = firstOf(r, row);
  const step = stepOf(r, r.deaths.event[row]!);
  const from = upTo(r.deaths.event, startOfStep(r, step));
  const end = upTo(r.deaths.event, endOfStep(r, step));
  const found: number[] = [];
  for (let other = from; other < end; other++) {
    const dead = r.deaths.object[other]!;
    if (isShown(r.objects.kind[dead]!) && firstOf(r, other) === first) found.push(dead);
  }
  return found;
}

/** What began the fall: its first death, or for what the collector freed the collection. */
function firstOf(r: Recording, row: number): string {
  const { cause, edge, collection } = r.deaths;
  const seen = new Set<number>();
  let here = row;
  while (cause[here] === "holder" && edge[here]! >= 0 && !seen.has(here)) {
    seen.add(here);
    const above = r.objects.death[r.edges.holder[edge[here]!]!]!;
    if (above < 0) break;
    here = above;
  }
  return collection[here]! >= 0 ? `collection ${collection[here]}` : `death ${here}`;
}

/**
 * The number that a death has in its step, as the graph writes it: †3. Null for what lived only
 * within the line, which the graph never drew.
 */
export function placeOf(r: Recording, object: number): number | null {
  const row = r.objects.death[object]!;
  const before = startOfStep(r, stepOf(r, r.deaths.event[row]!));
  const drawn = (o: number): boolean => isShown(r.objects.kind[o]!) && r.objects.born[o]! <= before;
  if (!drawn(object)) return null;
  let place = 1;
  for (let other = upTo(r.deaths.event, before); other < row; other++) {
    if (drawn(r.deaths.object[other]!)) place++;
  }
  return place;
}
