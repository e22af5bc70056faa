/**
 * Groups: what was built together in one pass and holds together. A group is
 * laid out once, keeps its shape for the whole recording, and falls as one.
 */
import type { Recording } from "../trace/recording";
import { type Link, linksOf, passes, stepAt } from "./links";
import { ROUNDS, type Work } from "./work";

export interface Group {
  /** In order of birth. */
  readonly members: number[];
  readonly links: Link[];
}

/** Groups in order of the birth of their first member. */
export function* groupsOf(r: Recording): Work<Group[]> {
  const pass = passes(r);
  yield;
  const passOf = (object: number): number => pass[stepAt(r, r.objects.born[object]!)] ?? -1;
  const root = new Map<number, number>();
  const find = (object: number): number => {
    let top = object;
    for (let up = root.get(top); up !== undefined; up = root.get(top)) top = up;
    for (let at = object; at !== top; ) {
      const up = root.get(at)!;
      root.set(at, top);
      at = up;
    }
    return top;
  };
  const links = yield* linksOf(r);
  const inside: Link[] = [];
  const inModel = new Set<number>();
  for (const { holder, held } of links) {
    if (passOf(holder) === 0 && passOf(held) === 0) inModel.add(held);
  }
  // A Variable that the first loop works on hangs below its first pass; what a model holds does not.
  const together = ({ holder, held }: Link): boolean =>
    passOf(holder) === passOf(held) ||
    (passOf(holder) === 1 &&
      passOf(held) === 0 &&
      r.objects.kind[held] === "variable" &&
      !inModel.has(held));
  for (const [i, link] of links.entries()) {
    if (i % ROUNDS === 0) yield;
    const { holder, held } = link;
    if (!together(link)) continue;
    inside.push(link);
    const a = find(holder);
    const b = find(held);
    if (a !== b) root.set(Math.max(a, b), Math.min(a, b));
  }
  const groups = new Map<number, Group>();
  for (const [i, object] of r.shown.entries()) {
    if (i % ROUNDS === 0) yield;
    const top = find(object);
    const group = groups.get(top);
    if (group) group.members.push(object);
    else groups.set(top, { members: [object], links: [] });
  }
  yield;
  for (const link of inside) groups.get(find(link.held))!.links.push(link);
  return [...groups.values()];
}
