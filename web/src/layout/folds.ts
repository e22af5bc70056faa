/**
 * Folds: many that are alike, drawn as one. Within a group that is too large to be
 * drawn, objects of the same type that the same line made (layers of a model,
 * steps of a recursion, items of a list) are a stack in one seat. Groups that the
 * same place in the program makes again and again (iterations) and that stay are
 * piled up when the newest needs their seats.
 */
import type { Curve, Recording } from "../trace/recording";
import { OPEN } from "../trace/recording";
import { bytesOf } from "../trace/replay";
import type { Group } from "./groups";
import type { Spot } from "./ranks";
import { type Change, totalOf } from "./totals";
import { ROUNDS, type Work } from "./work";

export interface Stack {
  /** Its place among the picture's things: below 0, where no object's serial is. */
  readonly id: number;
  /** What opens it: the same in each group of its place in the program. */
  readonly key: string;
  readonly members: readonly number[];
}
export interface Pile {
  readonly id: number;
  readonly key: string;
  readonly spot: Spot;
  /** Groups in it, with the event at which each went there. */
  readonly groups: { readonly group: Group; readonly from: number }[];
}
/** Of a pile, at any event: groups of which something is alive, living objects, bytes. */
export interface PileTotals {
  readonly groups: Curve;
  readonly objects: Curve;
  readonly bytes: Curve;
}

/** Groups up to this size are drawn whole; an opened fold is drawn up to the second. */
const WHOLE = 120;
export const OPENED = 300;
/** Fewer alike are drawn one by one. */
const ALIKE = 4;

/** A group with each of its stacks as one member, and which they are. */
export function stacked(
  r: Recording,
  group: Group,
  opened: ReadonlySet<string>,
  nextId: () => number,
): { group: Group; stacks: Map<number, Stack> } {
  const stacks = new Map<number, Stack>();
  if (group.members.length <= WHOLE) return { group, stacks };
  const first = new Map<number, number>();
  for (const [key, members] of alike(r, group)) {
    if (members.length < ALIKE || (opened.has(key) && members.length <= OPENED)) continue;
    const stack = { id: nextId(), key, members };
    for (const object of members) {
      first.set(object, members[0]!);
      stacks.set(object, stack);
    }
  }
  const of = (object: number): number => first.get(object) ?? object;
  const seen = new Set<string>();
  const links = group.links.flatMap((link) => {
    const [holder, held] = [of(link.holder), of(link.held)];
    const key = `${holder} ${held}`;
    if (holder === held || seen.has(key)) return [];
    seen.add(key);
    return [{ ...link, holder, held }];
  });
  return { group: { members: group.members.filter((o) => of(o) === o), links }, stacks };
}

function alike(r: Recording, { members }: Group): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const object of members) {
    const location = r.stacks.location[r.objects.stack[object]!] ?? -1;
    const key = `${r.objects.type[object]} ${location}`;
    const same = found.get(key);
    if (same) same.push(object);
    else found.set(key, [object]);
  }
  return found;
}

/** From when until when a member of a pile is alive and in reach there. */
export function stayIn(r: Recording, object: number, from: number): readonly [number, number] {
  const island = r.objects.islands[object]![0];
  const lost = island === undefined ? OPEN : r.islands.from[island]!;
  return [Math.max(from, r.objects.born[object]!), Math.min(r.objects.died[object]!, lost)];
}

export function* totalsOf(r: Recording, { groups }: Pile): Work<PileTotals> {
  const alive: Change[] = [];
  const objects: Change[] = [];
  const bytes: Change[] = [];
  for (const [i, { group, from }] of groups.entries()) {
    if (i % ROUNDS === 0) yield;
    let last = from;
    for (const object of group.members) {
      const [start, end] = stayIn(r, object, from);
      if (end <= start) continue;
      last = Math.max(last, end);
      objects.push([start, 1], [end, -1]);
      const size = bytesOf(r, object);
      if (size) bytes.push([start, size], [end, -size]);
    }
    if (last > from) alive.push([from, 1], [last, -1]);
  }
  yield;
  const counted = { groups: totalOf(alive), objects: totalOf(objects) };
  yield;
  return { ...counted, bytes: totalOf(bytes) };
}
