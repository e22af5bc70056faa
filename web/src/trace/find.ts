/** Objects by what the reader calls them: a name, a type, a label. */
import { heldBy, holdersOf } from "./holders";
import { isShown, type Recording, upTo } from "./recording";
import { edgesFrom, isAlive, labelOf } from "./replay";

/** More are not gone through one by one. */
const MOST = 1000;

/** Living objects whose names or label hold the text, in order of birth. */
export function findObjects(r: Recording, event: number, text: string): number[] {
  const wanted = text.trim().toLowerCase();
  const found: number[] = [];
  if (!wanted) return found;
  const named = namedLike(r, event, wanted);
  const born = upTo(r.objects.born, event);
  for (const object of r.shown) {
    if (object >= born || found.length >= MOST) break;
    if (!isAlive(r, object, event)) continue;
    if (named.has(object) || labelOf(r, object).toLowerCase().includes(wanted)) found.push(object);
  }
  return found;
}

/** The object of the same type and number in another run of the program. */
export function counterpart(from: Recording, to: Recording, object: number): number | null {
  if (from === to) return object;
  const type = from.objects.type[object];
  const number = from.objects.number[object];
  const found = to.shown.find(
    (one) => to.objects.type[one] === type && to.objects.number[one] === number,
  );
  return found ?? null;
}

/** The first shown object that holds this one, or (by 1) that it holds; null for none. */
export function neighbourOf(
  r: Recording,
  object: number,
  event: number,
  by: 1 | -1,
): number | null {
  if (by > 0) return heldBy(r, object, event)[0]?.object ?? null;
  const holders = holdersOf(r, object, event).map(({ holder }) => holder);
  return holders.find((holder) => isShown(r.objects.kind[holder]!)) ?? null;
}

/** Objects that a name which holds the text is bound to. */
function namedLike(r: Recording, event: number, wanted: string): Set<number> {
  const found = new Set<number>();
  for (const frame of r.frames) {
    if (r.objects.born[frame]! > event) break;
    if (!isAlive(r, frame, event)) continue;
    for (const edge of edgesFrom(r, frame, event)) {
      if (r.edges.name[edge]!.toLowerCase().includes(wanted)) found.add(r.edges.held[edge]!);
    }
  }
  return found;
}
