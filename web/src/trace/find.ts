/** Objects by what the reader calls them: a name, a type, a label. */
import type { Recording } from "./recording";
import { upTo } from "./recording";
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
