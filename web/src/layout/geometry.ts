/**
 * From rows and columns to pixels, for a pane of a given size: where nodes,
 * names, gutters and islands are, and the ways that references take.
 */
import { unnamedOf } from "../trace/holders";
import { cellOf } from "./islands";
import type { Names } from "./names";
import type { Place } from "./routes";
import type { Seats } from "./seats";

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Cell {
  readonly box: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}
export interface Box {
  readonly title: string;
  readonly isModule: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Geometry {
  readonly width: number;
  readonly height: number;
  /** Pixels of the page for one of these: below 1 where it would not fit otherwise. */
  readonly scale: number;
  readonly node: { width: number; height: number };
  readonly array: { width: number; height: number };
  readonly gap: number;
  readonly pitch: number;
  readonly boxes: Box[];
  readonly cells: Cell[];
  /** Lower edge of the ceiling, and the first row's middle. */
  readonly ceiling: number;
  readonly top: number;
  /** Of an object by its serial, or of a fold. */
  at(thing: number): Place | null;
  /** Left edge of a column's gutter. */
  gutter(column: number): number;
}

const FRAME = 34;

/** Smaller than this the words are no longer read: what still does not fit is scrolled to. */
const SMALLEST = 0.69;
/** In a pane narrower than this there is no room to spare. */
const TIGHT = 560;

export function geometryFor(
  seats: Seats,
  names: Names,
  pane: { width: number; height: number },
): Geometry {
  const wanted = { seats, names, tight: pane.width < TIGHT };
  const roomy = plan(wanted, pane, 1);
  const fits = roomy.width <= pane.width && roomy.height <= pane.height;
  if (fits) return roomy;
  const tight = { ...wanted, tight: true };
  const whole = plan(tight, pane, 1);
  const scale = Math.min(1, pane.width / whole.width, pane.height / whole.height);
  if (scale === 1) return whole;
  const fitting = Math.max(SMALLEST, scale);
  return plan(tight, { width: pane.width / fitting, height: pane.height / fitting }, fitting);
}

interface Wanted {
  readonly seats: Seats;
  readonly names: Names;
  /** Nodes and gutters are narrower. */
  readonly tight: boolean;
}

function plan(
  { seats, names, tight }: Wanted,
  pane: { width: number; height: number },
  scale: number,
): Geometry {
  const node = { width: tight ? 84 : 94, height: tight ? 28 : 32 };
  const array = { width: tight ? 64 : 80, height: 26 };
  const gap = tight ? 15 : 26;
  const gutterWidth = tight ? 42 : 62;
  const margin = tight ? 8 : 16;
  const starts: number[] = [];
  let across = 0;
  for (let column = 0; column < seats.columns; column++) {
    starts.push(across);
    across +=
      gutterWidth + node.width + (seats.wide[column] ? gap + array.width : 0) + (tight ? 12 : 14);
  }
  const width = Math.max(pane.width, across + 2 * margin);
  const left = (width - across) / 2 - (across < width - 80 ? gutterWidth / 3 : 0);
  const centre = (column: number): number =>
    left + (starts[column] ?? 0) + gutterWidth + node.width / 2;

  const { boxes, cells, ceiling } = ceilingOf(names, seats, width, margin, centre, pane.width);
  const top = ceiling + (tight ? 58 : 62);
  const low = 44;
  const room = pane.height - top - 34;
  const pitch = Math.max(low, Math.min(76, seats.rows > 1 ? room / (seats.rows - 1) : 76));
  const height = Math.max(pane.height, top + pitch * (seats.rows - 1) + 34);

  return {
    width,
    height,
    scale,
    node,
    array,
    gap,
    pitch,
    boxes,
    cells,
    ceiling,
    top,
    gutter: (column) => left + (starts[column] ?? 0),
    at(thing) {
      const seat = thing < 0 ? seats.folds.get(thing) : seats.of.get(thing);
      if (!seat) return null;
      const isSide = seat.side !== null;
      const shift = isSide ? node.width / 2 + gap + array.width / 2 : 0;
      return {
        x: centre(seat.column) + shift,
        y: top + pitch * seat.row + (seat.side ?? 0) * Math.min(17, pitch / 3),
        isSide,
        cell: cellOf(seat),
        column: seat.column,
        row: seat.row,
      };
    },
  };
}

/** Rows of the boxes of functions: what has no room in them is told where it is asked for. */
const ROWS = 3;

/** Letters of the longest word for what holds without a name. */
const WORD = 10;
const cellWidth = (name: string): number => {
  const letters = unnamedOf(name) ? WORD : name.length;
  return Math.max(34, Math.min(120, letters * 7.6 + 18));
};
const titleWidth = (title: string): number => title.length * 7.4 + 26;

/** The module's box across the whole width, boxes of functions in rows below it; `seen` is the pane's width. */
function ceilingOf(
  names: Names,
  seats: Seats,
  width: number,
  margin: number,
  centre: (column: number) => number,
  seen: number,
): { boxes: Box[]; cells: Cell[]; ceiling: number } {
  const boxes: Box[] = [];
  const cells: Cell[] = [];
  const module = names.frames.findIndex((frame) => frame.isModule);
  const y = 8;
  const moduleWidth = Math.min(width - 2 * margin, 600);
  const moduleX = (width - moduleWidth) / 2;
  const scrolled = width > seen;
  const across = scrolled
    ? width - 2 * margin
    : Math.max(moduleWidth, Math.min(width - 2 * margin, seats.columns * 240));
  const x = Math.min(moduleX, (width - across) / 2);
  boxes.push({ title: "<module>", isModule: true, x, y, width: across, height: FRAME });
  if (module >= 0) {
    const frame = names.frames[module]!;
    // What is scrolled starts at the left: names out of sight there would be no ceiling.
    const middle = scrolled ? seen / 2 : (centre(0) + centre(seats.columns - 1)) / 2;
    cells.push(
      ...spread(frame.names, module, x + titleWidth("<module>"), x + across - 8, y, middle),
    );
  }
  /** Where the next box of each row begins. */
  const rows: number[] = [];
  names.frames.forEach((frame, box) => {
    if (frame.isModule) return;
    const needed =
      titleWidth(frame.title) + frame.names.reduce((sum, n) => sum + cellWidth(n) + 8, 4);
    const fitting = rows.findIndex((end) => end + needed <= width - margin);
    const row = fitting < 0 ? rows.length : fitting;
    if (row === ROWS) return;
    const at = rows[row] ?? margin;
    const top = y + FRAME + 10 + row * (FRAME + 6);
    boxes.push({
      title: frame.title,
      isModule: false,
      x: at,
      y: top,
      width: needed,
      height: FRAME,
    });
    cells.push(
      ...spread(frame.names, box, at + titleWidth(frame.title) - 8, at + needed - 8, top, 0),
    );
    rows[row] = at + needed + 12;
  });
  const below = rows.length ? 10 + rows.length * (FRAME + 6) - 6 : 0;
  return { boxes, cells, ceiling: y + FRAME + below };
}

/** Cells in a row from `from` to `to`, together around `middle` where there is room. */
function spread(
  names: readonly string[],
  box: number,
  from: number,
  to: number,
  y: number,
  middle: number,
): Cell[] {
  const gaps = names.length > 1 ? names.length - 1 : 0;
  const wide = names.reduce((sum, name) => sum + cellWidth(name), 0);
  const gap = Math.max(4, Math.min(20, (to - from - wide) / Math.max(1, gaps)));
  const total = wide + gap * gaps;
  let x = Math.max(from, Math.min(to - total, middle - total / 2));
  const cells: Cell[] = [];
  for (const name of names) {
    const width = cellWidth(name);
    if (x + width > to + 1) break;
    cells.push({ box, name, x: x + width / 2, y: y + FRAME / 2, width });
    x += width + gap;
  }
  return cells;
}
