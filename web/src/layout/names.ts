/**
 * Places of the names: cells of the frame they live in, decided once for the
 * whole recording, near the seats that they point to most.
 */
import { isFolded, isHidden } from "../trace/holders";
import { isShown, type Recording } from "../trace/recording";
import type { Seats } from "./seats";
import { finish, type Work } from "./work";

export interface Frame {
  /** Type of the frame: `<module>` or the name of its function. */
  readonly title: string;
  /** The program's own module, which is always there. */
  readonly isModule: boolean;
  readonly names: string[];
}
export interface Names {
  /** Boxes under the ceiling, the module's first. */
  readonly frames: Frame[];
  /** Box of each frame object; a frame without one is too many to draw. */
  readonly boxOf: Map<number, number>;
  /** Frame objects that have each box, one after the other. */
  readonly tenants: number[][];
}

/** Seats that a name points to in the whole recording, summed up. */
interface Wish {
  columns: number;
  rows: number;
  n: number;
}

/** Frames of one function that are drawn at once; deeper recursion is in the table. */
const AT_ONCE = 2;

export const namesIn = (r: Recording, seats: Seats): Names => finish(naming(r, seats));

export function* naming(r: Recording, seats: Seats): Work<Names> {
  const frames: Frame[] = [];
  const boxOf = new Map<number, number>();
  const tenants: number[][] = [];
  const boxes = new Map<string, { box: number; until: number }[]>();
  const wishes: Map<string, Wish>[] = [];
  const ordered = [...r.frames].sort((a, b) => rank(r, a) - rank(r, b) || a - b);
  for (const frame of ordered) {
    yield;
    const found = targets(r, frame);
    if (found.length === 0) continue;
    const title = r.objects.type[frame]!;
    const same = boxes.get(title) ?? [];
    boxes.set(title, same);
    let mine = same.find(({ until }) => until <= r.objects.born[frame]!);
    if (!mine && same.length < AT_ONCE) {
      mine = { box: frames.length, until: 0 };
      same.push(mine);
      wishes.push(new Map());
      frames.push({ title, isModule: frame === 0, names: [] });
    }
    if (!mine) continue;
    mine.until = r.objects.died[frame]!;
    boxOf.set(frame, mine.box);
    tenants[mine.box] ??= [];
    tenants[mine.box]!.push(frame);
    for (const [name, object] of found) {
      const wish = wishes[mine.box]!.get(name) ?? { columns: 0, rows: 0, n: 0 };
      wishes[mine.box]!.set(name, wish);
      const seat = seats.of.get(object);
      if (!seat) continue;
      wish.columns += seat.column;
      wish.rows += seat.row;
      wish.n++;
    }
  }
  frames.forEach((frame, box) => {
    // Within a column what goes deeper stands further left, where its gutter is.
    const wished = [...wishes[box]!.entries()].map(([name, { columns, rows, n }]) => ({
      name,
      column: n ? columns / n : 0,
      row: n ? rows / n : 0,
    }));
    wished.sort((a, b) => a.column - b.column || b.row - a.row);
    frame.names.push(...wished.map(({ name }) => name));
  });
  return { frames, boxOf, tenants };
}

const rank = (r: Recording, frame: number): number => (r.objects.kind[frame] === "module" ? 0 : 1);

/** Names of a frame with the drawn objects that they lead to, in the whole recording. */
function targets(r: Recording, frame: number): [name: string, object: number][] {
  const found: [string, number][] = [];
  for (const edge of r.objects.holds[frame]!) {
    const object = r.edges.held[edge]!;
    const name = r.edges.name[edge]!;
    for (const target of within(r, object)) found.push([name, target]);
  }
  return found;
}

/** Things that are not drawn and are gone through for one name. */
const MOST = 50;

/** The drawn objects that a reference leads to: itself, or through what is not drawn. */
function within(r: Recording, object: number): number[] {
  if (isShown(r.objects.kind[object]!)) return [object];
  const found: number[] = [];
  const goesOn = (held: number): boolean => isFolded(r, held) || isHidden(r, held);
  const todo = goesOn(object) ? [object] : [];
  // It grows while it is gone through.
  for (const between of todo) {
    for (const edge of r.objects.holds[between]!) {
      const held = r.edges.held[edge]!;
      if (isShown(r.objects.kind[held]!)) found.push(held);
      else if (goesOn(held) && todo.length < MOST && !todo.includes(held)) todo.push(held);
    }
  }
  return found;
}
