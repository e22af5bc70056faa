/** References between what is drawn at an instant, and the names it hangs from. */
import { billOf, type Holder, holdersOf, isFrame } from "../trace/holders";
import { isShown, type Recording, upTo } from "../trace/recording";
import { edgesFrom, isAlive, labelOf } from "../trace/replay";
import type { Names } from "./names";
import type { Node } from "./scene";
import { idAt, type Seats } from "./seats";

export interface Line {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly weak: boolean;
  readonly dead: boolean;
  /** Number in the itemised bill of the chosen object, or 0. */
  readonly item: number;
}
export interface Thread {
  readonly box: number;
  readonly name: string;
  readonly to: number;
  readonly weak: boolean;
  readonly item: number;
}
/** A reference from what is neither drawn nor a frame: a closure, a generator, an exception. */
export interface Stub {
  readonly to: number;
  readonly text: string;
  readonly weak: boolean;
  readonly item: number;
}

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
        out.place(by, node.object, bill.indexOf(by.edge) + 1);
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

  place(by: Holder, to: number, item: number): void {
    const { r } = this;
    const weak = by.strength !== "strong";
    if (isFrame(r, by.holder)) {
      const box = this.names.boxOf.get(by.holder);
      const name = firstName(by.path);
      if (box !== undefined)
        put(this.threads, `${box} ${name} ${to}`, { box, name, to, weak, item });
      return;
    }
    const from = idAt(this.seats, by.holder, this.event);
    if (from !== null && this.#shown.has(from)) {
      const fold = from < 0 || to < 0;
      if (from === to && fold && !item) return;
      const path = fold && !item ? "" : by.path;
      put(this.lines, `${from} ${path} ${to}`, { from, to, path, weak, dead: false, item });
    } else if (!isShown(r.objects.kind[by.holder]!) || item) {
      const text = labelOf(r, by.holder);
      put(this.stubs, `${to} ${text}`, { to, text, weak, item });
    }
  }
}

/** Of two that are drawn as one, what is strong and what is on the bill is told. */
function put<E extends { weak: boolean; item: number }>(
  into: Map<string, E>,
  key: string,
  one: E,
): void {
  const known = into.get(key);
  const better = !known || one.item > known.item || (known.weak && !one.weak && !known.item);
  if (better) into.set(key, one);
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
      const line = { from, to, path: by.path, weak, dead: true, item: 0 };
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
