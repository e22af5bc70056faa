/** References between what is drawn at an instant, and the names it hangs from. */
import { billOf, type Holder, holdersOf, isFrame, isHidden, unnamedOf } from "../trace/holders";
import { isShown, type Recording, upTo } from "../trace/recording";
import { edgesFrom, edgesTo, isAlive, labelOf } from "../trace/replay";
import type { Names } from "./names";
import type { Node } from "./scene";
import { idAt, type Seats } from "./seats";

export interface Line {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly weak: boolean;
  readonly dead: boolean;
  /** Numbers in the itemised bill of the chosen object: lines between the same two are one. */
  readonly items: readonly number[];
}
export interface Thread {
  readonly box: number;
  readonly name: string;
  readonly to: number;
  readonly weak: boolean;
  readonly items: readonly number[];
  /** What is said where its cell has no room: of the bill nothing is left out. */
  readonly text: string;
  /** What is not drawn and stands between: a closure's cell, a class. */
  readonly via: string;
}
/** A reference from what is not drawn: a closure, a generator, an exception, one call too many. */
export interface Stub {
  readonly to: number;
  readonly text: string;
  readonly weak: boolean;
  readonly items: readonly number[];
}

/** So many things that are not drawn are gone through for one name. */
const WALKED = 24;

/** More holders of one object are not drawn, but for the chosen one. */
const HOLDERS = 64;

/** References that hold at the event and end at something drawn. */
export function references(
  r: Recording,
  seats: Seats,
  names: Names,
  nodes: readonly Node[],
  event: number,
  selected: number | null,
): { lines: Line[]; threads: Thread[]; stubs: Stub[] } {
  const out = new Ends(r, seats, names, nodes, event);
  for (const node of nodes) {
    if (node.state === "dead") continue;
    const here = selected !== null && idAt(seats, selected, event) === node.object;
    const asked = new Set(node.fold ? node.fold.members : [node.object]);
    if (here && isAlive(r, selected, event)) asked.add(selected);
    for (const object of asked) {
      const chosen = object === selected;
      const bill = chosen ? billOf(r, object, event).map(({ edge }) => edge) : [];
      for (const by of holdersOf(r, object, event, chosen ? undefined : HOLDERS)) {
        const item = bill.indexOf(by.edge) + 1;
        out.place(by, node.object, item ? [item] : []);
      }
    }
  }
  return {
    lines: [...out.lines.values()],
    threads: [...out.threads.values()],
    stubs: [...out.stubs.values()],
  };
}

/** Many references of a fold are one line: they are kept by where they start and end. */
class Ends {
  readonly lines = new Map<string, Line>();
  readonly threads = new Map<string, Thread>();
  readonly stubs = new Map<string, Stub>();
  readonly #shown: Set<number>;

  constructor(
    readonly r: Recording,
    readonly seats: Seats,
    readonly names: Names,
    nodes: readonly Node[],
    readonly event: number,
  ) {
    this.#shown = new Set(nodes.flatMap((node) => (node.state === "dead" ? [] : node.object)));
  }

  place(by: Holder, to: number, items: readonly number[]): void {
    const { r } = this;
    const weak = by.strength !== "strong";
    if (isFrame(r, by.holder)) {
      const box = this.names.boxOf.get(by.holder);
      const name = firstName(by.path);
      const place = r.objects.type[by.holder]!;
      const text = unnamedOf(name) ? place : `${place}: ${name}`;
      if (box !== undefined)
        put(this.threads, `${box} ${name} ${to}`, { box, name, to, weak, items, text, via: "" });
      else put(this.stubs, `${to} ${text}`, { to, text, weak, items });
      return;
    }
    const from = idAt(this.seats, by.holder, this.event);
    if (from !== null && this.#shown.has(from)) {
      const fold = from < 0 || to < 0;
      if (from === to && fold && !items.length) return;
      const path = fold && !items.length ? "" : by.path;
      put(this.lines, `${from} ${to}`, { from, to, path, weak, dead: false, items });
    } else if (!isShown(r.objects.kind[by.holder]!) || items.length) {
      const text = labelOf(r, by.holder);
      const root = isShown(r.objects.kind[by.holder]!) ? null : this.#rootOf(by.holder);
      if (root) {
        const thread = { ...root, to, weak, items, text, via: text };
        put(this.threads, `${root.box} ${root.name} ${to} ${text}`, thread);
      } else put(this.stubs, `${to} ${text}`, { to, text, weak, items });
    }
  }

  /** The name in the ceiling that holds what is not drawn, through other things that are not. */
  #rootOf(object: number): { box: number; name: string } | null {
    const seen = [object];
    // It grows while it is gone through.
    for (const held of seen) {
      for (const edge of edgesTo(this.r, held, this.event)) {
        const holder = this.r.edges.holder[edge]!;
        const name = this.r.edges.name[edge]!;
        if (this.r.edges.strength[edge] !== "strong") continue;
        const box = isFrame(this.r, holder) ? this.names.boxOf.get(holder) : undefined;
        if (box !== undefined && !unnamedOf(name)) return { box, name: firstName(name) };
        const goesOn = isHidden(this.r, holder) && !seen.includes(holder);
        if (goesOn && seen.length < WALKED) seen.push(holder);
      }
    }
    return null;
  }
}

/** Of those that are drawn as one, what is strong is told, and all that is on the bill. */
function put<E extends { weak: boolean; items: readonly number[] }>(
  into: Map<string, E>,
  key: string,
  one: E,
): void {
  const known = into.get(key);
  if (!known) return void into.set(key, one);
  const told = (one.items.length && !known.items.length) || (known.weak && !one.weak) ? one : known;
  const items = [...known.items, ...one.items];
  into.set(key, { ...told, weak: known.weak && one.weak, items });
}

/** `losses[2]` hangs from the cell of the name `losses`. */
const firstName = (path: string): string => /^[^[.]+/.exec(path)?.[0] ?? path;

/** What the dead of a step held of each other just before it. */
export function linesOfDead(r: Recording, seats: Seats, dead: number[], before: number): Line[] {
  const fallen = new Set(dead);
  const lines = new Map<string, Line>();
  for (const object of dead) {
    for (const by of holdersOf(r, object, before, HOLDERS)) {
      const [from, to] = [idAt(seats, by.holder, before), idAt(seats, object, before)];
      if (!fallen.has(by.holder) || from === null || to === null || (from === to && to < 0))
        continue;
      const weak = by.strength !== "strong";
      const line = { from, to, path: by.path, weak, dead: true, items: [] };
      put(lines, to < 0 || from < 0 ? `${from} ${to}` : `${from} ${by.path} ${to}`, line);
    }
  }
  return [...lines.values()];
}

/** Names that are weak references whose target died. */
export function deadNamesAt(
  r: Recording,
  names: Names,
  event: number,
): { box: number; name: string }[] {
  const found: { box: number; name: string }[] = [];
  for (const [box, frames] of names.tenants.entries()) {
    const frame = frameAt(r, frames, event);
    if (frame === null) continue;
    for (const edge of edgesFrom(r, frame, event)) {
      const held = r.edges.held[edge]!;
      if (r.objects.kind[held] !== "weakref") continue;
      const ended = r.objects.holds[held]!.some((e) => r.edges.from[e]! <= event);
      if (ended && edgesFrom(r, held, event).length === 0) {
        found.push({ box, name: r.edges.name[edge]! });
      }
    }
  }
  return found;
}

/** Frames of one box live one after the other: the one of the event, if any. */
function frameAt(r: Recording, frames: readonly number[], event: number): number | null {
  const frame = frames[upTo(frames, upTo(r.objects.born, event) - 1) - 1];
  return frame !== undefined && isAlive(r, frame, event) ? frame : null;
}
