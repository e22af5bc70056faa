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

/** From a holder to what it holds. Sizes are half extents, across and down. */
export function routeBetween(
  from: Place,
  to: Place,
  a: { x: number; y: number },
  b: { x: number; y: number },
): Route {
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
    if (rows === 1) {
      const y1 = from.y + a.y;
      const y2 = to.y - b.y;
      const d = `M${n(from.x)} ${n(y1)}V${n(y2)}`;
      return { d, end: { x: to.x, y: y2 }, angle: 90, middle: { x: from.x, y: (y1 + y2) / 2 } };
    }
    // Upwards, or past others: around them on the left.
    const x1 = from.x - a.x;
    const x2 = to.x - b.x;
    const out = Math.min(x1, x2) - Math.min(46, 26 + 9 * Math.abs(rows));
    const d = `M${n(x1)} ${n(from.y)}C${n(out)} ${n(from.y)} ${n(out)} ${n(to.y)} ${n(x2)} ${n(to.y)}`;
    const x = (Math.min(x1, x2) + out * 3) / 4;
    return { d, end: { x: x2, y: to.y }, angle: 0, middle: { x, y: (from.y + to.y) / 2 } };
  }
  if (rows > 0 && !to.isSide) {
    // Down, across just above the target, and in beside what comes from straight above.
    const y1 = from.y + a.y;
    const y2 = to.y - b.y * 0.94;
    const x2 = to.x + Math.sign(from.x - to.x) * b.x * 0.34;
    const d = corner([from.x, y1], Math.max(y1 + 9, y2 - 15), x2, y2);
    const middle = { x: (from.x + x2) / 2, y: y2 - 15 };
    return { d, end: { x: x2, y: y2 }, angle: 90, middle };
  }
  const right = to.x > from.x;
  const x1 = from.x + (right ? a.x : -a.x);
  const x2 = to.x + (right ? -b.x : b.x);
  const bend = Math.max(24, Math.abs(x2 - x1) / 2) * (right ? 1 : -1);
  const d = `M${n(x1)} ${n(from.y)}C${n(x1 + bend)} ${n(from.y)} ${n(x2 - bend)} ${n(to.y)} ${n(x2)} ${n(to.y)}`;
  const middle = { x: (x1 + x2) / 2, y: (from.y + to.y) / 2 };
  return { d, end: { x: x2, y: to.y }, angle: right ? 0 : 180, middle };
}

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
