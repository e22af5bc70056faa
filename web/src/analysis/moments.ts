/** When something is born or dies next: where a reader wants to go. */
import { isShown, type Recording, upTo } from "../trace/recording";

/** The first event after this one at which an object of a shown kind is born; null for none. */
export function nextBirth(r: Recording, event: number): number | null {
  let low = 0;
  let high = r.shown.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (r.objects.born[r.shown[middle]!]! <= event) low = middle + 1;
    else high = middle;
  }
  return low < r.shown.length ? r.objects.born[r.shown[low]!]! : null;
}

/** The first event after this one at which an object of a shown kind dies; null for none. */
export function nextDeath(r: Recording, event: number): number | null {
  const { event: died, object } = r.deaths;
  for (let row = upTo(died, event); row < died.length; row++) {
    if (isShown(r.objects.kind[object[row]!]!)) return died[row]!;
  }
  return null;
}
