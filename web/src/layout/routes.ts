/** Ways of references, as SVG paths with the point and direction in which they end. */
import type { Point } from "./geometry";

export interface Route {
  readonly d: string;
  readonly end: Point;
  /** Degrees: 0 to the right, 90 down. */
  readonly angle: number;
  /** Where a number or a name stands beside it. */
  readonly middle: Point;
}
/** Where something is, in pixels and in seats. */
export interface Place extends Point {
  readonly isSide: boolean;
  /** The seat: who sits there after another takes over the shapes of the one before. */
  readonly cell: string;
  readonly column: number;
  readonly row: number;
}

const n = (value: number): string => value.toFixed(1);

/** Between the columns, where references run that go past others. */
export interface Aisles {
  /** Left edge of a column's gutter. */
  gutter(column: number): number;
}
interface Half {
  readonly x: number;
  readonly y: number;
  /** Nothing stands at its right: a Function has no array there. */
  readonly clear?: boolean;
}

/** From a holder to what it holds. Sizes are half extents, across and down. */
export function routeBetween(from: Place, to: Place, a: Half, b: Half, aisles: Aisles): Route {
  if (from.cell === to.cell) return loop(from, a);
  if (to.isSide && !from.isSide && from.column === to.column && from.row === to.row) {
    const x1 = from.x + a.x;
    const x2 = to.x - b.x;
    const d =
      from.y === to.y
        ? `M${n(x1)} ${n(from.y)}H${n(x2)}`
        : `M${n(x1)} ${n(from.y)}C${n(x1 + 12)} ${n(from.y)} ${n(x2 - 14)} ${n(to.y)} ${n(x2)} ${n(to.y)}`;
    return { d, end: { x: x2, y: to.y }, angle: 0, middle: { x: (x1 + x2) / 2, y: to.y } };
  }
  const rows = to.row - from.row;
  if (from.column === to.column && !to.isSide && !from.isSide) {
    return rows === 1 ? straightDown(from, to, a, b) : aroundLeft(from, to, a, b, rows);
  }
  if (!from.isSide && !to.isSide) return across(from, to, a, b, aisles);
  if (!from.isSide && from.column !== to.column) return toSide(from, to, a, b, aisles);
  const right = to.x > from.x;
  const x1 = from.x + (right ? a.x : -a.x);
  const x2 = to.x + (right ? -b.x : b.x);
  const bend = Math.max(24, Math.abs(x2 - x1) / 2) * (right ? 1 : -1);
  const d = `M${n(x1)} ${n(from.y)}C${n(x1 + bend)} ${n(from.y)} ${n(x2 - bend)} ${n(to.y)} ${n(x2)} ${n(to.y)}`;
  const middle = { x: (x1 + x2) / 2, y: (from.y + to.y) / 2 };
  return { d, end: { x: x2, y: to.y }, angle: right ? 0 : 180, middle };
}

/** What holds itself. */
function loop({ x, y }: Place, a: Half): Route {
  const side = x - a.x;
  const d = `M${n(side + 3)} ${n(y + 7)}C${n(side - 34)} ${n(y + 26)} ${n(side - 34)} ${n(y - 26)} ${n(side + 2)} ${n(y - 7)}`;
  return { d, end: { x: side + 2, y: y - 7 }, angle: 28, middle: { x: side - 24, y } };
}

function straightDown(from: Place, to: Place, a: Half, b: Half): Route {
  const y1 = from.y + a.y;
  const y2 = to.y - b.y;
  const d = `M${n(from.x)} ${n(y1)}V${n(y2)}`;
  return { d, end: { x: to.x, y: y2 }, angle: 90, middle: { x: from.x, y: (y1 + y2) / 2 } };
}

/** Upwards in its column, or past others. */
function aroundLeft(from: Place, to: Place, a: Half, b: Half, rows: number): Route {
  const x1 = from.x - a.x;
  const x2 = to.x - b.x;
  const out = Math.min(x1, x2) - Math.min(46, 26 + 9 * Math.abs(rows));
  const d = `M${n(x1)} ${n(from.y)}C${n(out)} ${n(from.y)} ${n(out)} ${n(to.y)} ${n(x2)} ${n(to.y)}`;
  const x = (Math.min(x1, x2) + out * 3) / 4;
  return { d, end: { x: x2, y: to.y }, angle: 0, middle: { x, y: (from.y + to.y) / 2 } };
}

/** Room between what holds and the way across below it, and between that above what is held and it. */
const BELOW = 8;
const ABOVE = 15;
/** Ways up and down an aisle: those of neighbouring rows stand beside each other. */
const lane = (aisles: Aisles, column: number, row: number): number =>
  aisles.gutter(column) - 3.5 - 4.5 * (row % 2);

/** Into another column from above, up or down the aisle between them and never behind another object. */
function across(from: Place, to: Place, a: Half, b: Half, aisles: Aisles): Route {
  const rows = to.row - from.row;
  const y1 = from.y + a.y;
  const y2 = to.y - b.y * 0.94;
  const x2 = to.x + Math.sign(from.x - to.x) * b.x * 0.34;
  if (rows === 1) {
    const y = Math.max(y1 + BELOW, y2 - ABOVE);
    const d = corner([from.x, y1], y, x2, y2);
    return { d, end: { x: x2, y: y2 }, angle: 90, middle: { x: (from.x + x2) / 2, y } };
  }
  const left = to.column < from.column;
  const x = lane(aisles, left ? from.column : to.column, from.row);
  const above = y2 - ABOVE + 3;
  const start = exit(from, to, a, rows, left, x);
  const d = rounded([...start, [x, above], [x2, above], [x2, y2]]);
  const middle = { x, y: (start.at(-1)![1] + above) / 2 };
  return { d, end: { x: x2, y: y2 }, angle: 90, middle };
}

/** To an array at the side of another object: in from the right. */
function toSide(from: Place, to: Place, a: Half, b: Half, aisles: Aisles): Route {
  const left = to.column < from.column;
  const x2 = to.x + b.x;
  const x = left ? lane(aisles, to.column + 1, from.row) : x2 + 9;
  const rows = to.row - from.row;
  const start = exit(from, to, a, left && to.column + 1 === from.column ? 0 : rows, left, x);
  const d = rounded([...start, [x, to.y], [x2, to.y]]);
  const middle = { x, y: (start.at(-1)![1] + to.y) / 2 };
  return { d, end: { x: x2, y: to.y }, angle: 180, middle };
}

type Corner = [x: number, y: number];

/** Out at the side where nothing stands between it and the aisle, else out below and across. */
function exit(from: Place, to: Place, a: Half, rows: number, left: boolean, x: number): Corner[] {
  if (left && rows <= 0) {
    return [
      [from.x - a.x, from.y],
      [x, from.y],
    ];
  }
  if (!left && rows <= 0 && a.clear && to.column === from.column + 1) {
    return [
      [from.x + a.x, from.y],
      [x, from.y],
    ];
  }
  const below = from.y + a.y + BELOW;
  const x1 = from.x + (left ? -1 : 1) * a.x * 0.4;
  return [
    [x1, from.y + a.y * 0.94],
    [x1, below],
    [x, below],
  ];
}

/** A way along the corners, each of them rounded. */
function rounded(corners: readonly Corner[]): string {
  const [[x0, y0], ...rest] = corners as [Corner, ...Corner[]];
  let d = `M${n(x0)} ${n(y0)}`;
  let [px, py] = [x0, y0];
  rest.forEach(([x, y], i) => {
    const next = rest[i + 1];
    if (!next) {
      d += `L${n(x)} ${n(y)}`;
      return;
    }
    const q = Math.min(7, size(px, py, x, y) / 2, size(x, y, ...next) / 2);
    const [bx, by] = [x + Math.sign(px - x) * q, y + Math.sign(py - y) * q];
    const [ax, ay] = [x + Math.sign(next[0] - x) * q, y + Math.sign(next[1] - y) * q];
    d += `L${n(bx)} ${n(by)}Q${n(x)} ${n(y)} ${n(ax)} ${n(ay)}`;
    [px, py] = [x, y];
  });
  return d;
}

/** Of a part of a way: it runs across or down. */
const size = (x0: number, y0: number, x: number, y: number): number =>
  Math.abs(x - x0) + Math.abs(y - y0);

/** Down to `y`, across to `x`, with rounded corners, and on down to `end` where there is one. */
export function corner(
  [x0, y0]: [number, number],
  y: number,
  x: number,
  end: number | null,
): string {
  const side = Math.sign(x - x0);
  const q = Math.min(8, Math.abs(x - x0) / 2);
  const turn = `M${n(x0)} ${n(y0)}V${n(y - q)}Q${n(x0)} ${n(y)} ${n(x0 + side * q)} ${n(y)}H${n(x - side * q)}Q${n(x)} ${n(y)} ${n(x)} ${n(y + q)}`;
  return end === null ? turn : `${turn}V${n(end)}`;
}
