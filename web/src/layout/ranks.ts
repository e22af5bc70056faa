/**
 * The shape of one group: holders above what they hold, chains vertical, the
 * arrays of a Variable at its side, no wider than it is told. Rows and columns, no pixels.
 */
import type { Recording } from "../trace/recording";
import type { Group } from "./groups";
import type { Link } from "./links";

export interface Spot {
  readonly row: number;
  readonly column: number;
  /** An array at the side of its holder: 0 alone, else above (-1) or below (1) the middle. */
  readonly side: -1 | 0 | 1 | null;
}
export interface Shape {
  readonly spots: Map<number, Spot>;
  readonly rows: number;
  readonly columns: number;
}

export function shapeOf(r: Recording, group: Group, most: number): Shape {
  const sides = sidesOf(r, group);
  const nodes = group.members.filter((object) => !sides.has(object));
  const down = acyclic(
    nodes,
    group.links.filter((l) => !sides.has(l.held) && !sides.has(l.holder) && !pointsBack(r, l)),
  );
  const spots = placed(nodes, down, ranks(nodes, down), most);
  for (const [array, { holder, side }] of sides) {
    const { row: at, column: in_ } = spots.get(holder)!;
    spots.set(array, { row: at, column: in_, side });
  }
  let rows = 1;
  let width = 1;
  for (const spot of spots.values()) {
    rows = Math.max(rows, spot.row + 1);
    width = Math.max(width, spot.column + 1);
  }
  return { spots, rows, columns: width };
}

/** A function's outputs are what holds the function: that reference runs upwards. */
const pointsBack = (r: Recording, { holder, name }: Link): boolean =>
  r.objects.kind[holder] === "function" && name.startsWith("output");

/** Arrays that sit beside their first holder; two at a time, more hang below it. */
function sidesOf(
  r: Recording,
  { members, links }: Group,
): Map<number, { holder: number; side: -1 | 0 | 1 }> {
  const first = new Map<number, Link>();
  for (const link of links) {
    if (r.objects.kind[link.held] !== "array" || r.objects.kind[link.holder] === "array") continue;
    if (r.objects.kind[link.holder] === "function") continue;
    const known = first.get(link.held);
    if (!known || r.edges.from[link.edge]! < r.edges.from[known.edge]!) first.set(link.held, link);
  }
  const byHolder = new Map<number, { array: number; lane: number }[]>();
  for (const array of members) {
    const holder = first.get(array)?.holder;
    if (holder === undefined) continue;
    const beside = byHolder.get(holder) ?? [];
    const busy = new Set(
      beside.filter((b) => r.objects.died[b.array]! > r.objects.born[array]!).map((b) => b.lane),
    );
    const lane = [0, 1].find((l) => !busy.has(l));
    if (lane !== undefined) beside.push({ array, lane });
    byHolder.set(holder, beside);
  }
  const sides = new Map<number, { holder: number; side: -1 | 0 | 1 }>();
  for (const [holder, beside] of byHolder) {
    const both = beside.some((b) => b.lane === 1);
    for (const { array, lane } of beside) {
      sides.set(array, { holder, side: both ? (lane === 0 ? -1 : 1) : 0 });
    }
  }
  return sides;
}

/** Links without those that close a circle, found by walking from the oldest object on. */
function acyclic(nodes: number[], links: Link[]): Map<number, Link[]> {
  const from = new Map<number, Link[]>(nodes.map((node) => [node, []]));
  for (const link of links) from.get(link.holder)?.push(link);
  const held = new Set(links.map((link) => link.held));
  const kept = new Map<number, Link[]>(nodes.map((node) => [node, []]));
  const state = new Map<number, "open" | "done">();
  const order = [...nodes.filter((n) => !held.has(n)), ...nodes.filter((n) => held.has(n))];
  for (const start of order) {
    if (state.has(start)) continue;
    const path = [{ node: start, next: 0 }];
    state.set(start, "open");
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const link = from.get(top.node)![top.next++];
      if (!link) {
        state.set(top.node, "done");
        path.pop();
        continue;
      }
      const seen = state.get(link.held);
      if (seen === "open") continue;
      kept.get(top.node)!.push(link);
      if (!seen) {
        state.set(link.held, "open");
        path.push({ node: link.held, next: 0 });
      }
    }
  }
  return kept;
}

/** Longest way from an object that nothing in the group holds. */
function ranks(nodes: number[], down: Map<number, Link[]>): Map<number, number> {
  const waiting = new Map<number, number>(nodes.map((node) => [node, 0]));
  for (const links of down.values()) {
    for (const { held } of links) waiting.set(held, waiting.get(held)! + 1);
  }
  const rank = new Map<number, number>(nodes.map((node) => [node, 0]));
  const ready = nodes.filter((node) => waiting.get(node) === 0);
  for (let i = 0; i < ready.length; i++) {
    const node = ready[i]!;
    for (const { held } of down.get(node)!) {
      rank.set(held, Math.max(rank.get(held)!, rank.get(node)! + 1));
      const left = waiting.get(held)! - 1;
      waiting.set(held, left);
      if (left === 0) ready.push(held);
    }
  }
  return rank;
}

/**
 * Below the first holder where that is free, else in the nearest free column to the right; of a
 * rank that is wider than `most`, what is left stands a row lower.
 */
function placed(
  nodes: number[],
  down: Map<number, Link[]>,
  rank: Map<number, number>,
  most: number,
): Map<number, Spot> {
  const wish = new Map<number, number>();
  const spots = new Map<number, Spot>();
  const ranked: number[][] = [];
  for (const node of nodes) {
    const row = rank.get(node)!;
    ranked[row] ??= [];
    ranked[row].push(node);
  }
  let top = 0;
  for (const those of ranked) {
    const rows: Set<number>[] = [];
    const order = [...those].sort((a, b) => (wish.get(a) ?? 1e9) - (wish.get(b) ?? 1e9) || a - b);
    for (const node of order) {
      const { row, column } = freeIn(rows, wish.get(node) ?? 0, most);
      spots.set(node, { row: top + row, column, side: null });
      down.get(node)!.forEach(({ held }) => {
        if (!wish.has(held)) wish.set(held, column);
      });
    }
    top += rows.length;
  }
  return spots;
}

/** Take a place in the first row that has one at the wished column, right of it, or left of it. */
function freeIn(
  rows: Set<number>[],
  wished: number,
  most: number,
): { row: number; column: number } {
  for (let row = 0; ; row++) {
    rows[row] ??= new Set();
    const taken = rows[row]!;
    if (taken.size === most) continue;
    let column = wished;
    while (taken.has(column)) column++;
    if (column >= most) for (column = wished; taken.has(column); ) column--;
    taken.add(column);
    return { row, column };
  }
}
