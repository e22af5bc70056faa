/** Running totals that the picture needs and the recording does not keep. */
import type { Curve, Recording } from "../trace/recording";
import { isShown, upTo } from "../trace/recording";
import { bytesOf, totalAt } from "../trace/replay";
import { ROUNDS, type Work } from "./work";

/** What happened to a total: at this event, by this much. */
export type Change = readonly [event: number, by: number];

/** Changes in any order as a running total; nearly sorted ones cost least. */
export function totalOf(changes: Change[]): Curve {
  changes.sort(([a], [b]) => a - b);
  const curve: Curve = { event: [], total: [] };
  let sum = 0;
  for (const [event, by] of changes) {
    sum += by;
    curve.event.push(event);
    curve.total.push(sum);
  }
  return curve;
}

export type Drawn = "variable" | "function" | "array" | "instance";
const KINDS = ["variable", "function", "array", "instance"] as const;

/** How many there are at any event, without counting them then. */
export interface Census {
  /** Events of births and of deaths, by kind. */
  readonly born: Record<Drawn, number[]>;
  readonly died: Record<Drawn, number[]>;
  /** Islands, and objects and bytes in them. */
  readonly lost: { islands: Curve; objects: Curve; bytes: Curve };
}

export const drawnKind = (r: Recording, object: number): Drawn => {
  const kind = r.objects.kind[object]!;
  return kind === "parameter" ? "variable" : (kind as Drawn);
};

export function* censusOf(r: Recording): Work<Census> {
  const each = (): Record<Drawn, number[]> => ({
    variable: [],
    function: [],
    array: [],
    instance: [],
  });
  const [born, died] = [each(), each()];
  for (const [i, object] of r.shown.entries()) {
    if (i % ROUNDS === 0) yield;
    born[drawnKind(r, object)].push(r.objects.born[object]!);
  }
  for (const [i, object] of r.deaths.object.entries()) {
    if (i % ROUNDS === 0) yield;
    if (isShown(r.objects.kind[object]!)) died[drawnKind(r, object)].push(r.deaths.event[i]!);
  }
  const islands: Change[] = [];
  const objects: Change[] = [];
  const bytes: Change[] = [];
  for (const [island, members] of r.islands.members.entries()) {
    if (island % ROUNDS === 0) yield;
    const [from, to] = [r.islands.from[island]!, r.islands.to[island]!];
    islands.push([from, 1], [to, -1]);
    for (const object of members) {
      const end = Math.min(to, r.objects.died[object]!);
      if (!isShown(r.objects.kind[object]!) || end <= from) continue;
      objects.push([from, 1], [end, -1]);
      const size = bytesOf(r, object);
      if (size) bytes.push([from, size], [end, -size]);
    }
  }
  return {
    born,
    died,
    lost: { islands: totalOf(islands), objects: totalOf(objects), bytes: totalOf(bytes) },
  };
}

export function livingAt({ born, died }: Census, event: number): Record<Drawn, number> {
  const living = { variable: 0, function: 0, array: 0, instance: 0 };
  for (const kind of KINDS) living[kind] = upTo(born[kind], event) - upTo(died[kind], event);
  return living;
}

export const lostAt = ({ lost }: Census, event: number) => ({
  islands: totalAt(lost.islands, event),
  objects: totalAt(lost.objects, event),
  bytes: totalAt(lost.bytes, event),
});
