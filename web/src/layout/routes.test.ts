import { describe, expect, it } from "vitest";
import { type Place, routeBetween } from "./routes";

const HALF = { x: 40, y: 14 };
const aisles = { gutter: (column: number) => column * 220 };
const at = (column: number, row: number, isSide = false): Place => ({
  x: column * 220 + 82 + (isSide ? 90 : 0),
  y: 100 + row * 44,
  isSide,
  cell: `${column} ${row} ${isSide}`,
  column,
  row,
});

/** The ends of the straight parts of a way, its corners sharp. */
function cornersOf(d: string): [number, number][] {
  return [...d.matchAll(/([MLQ])([-\d. ]+)/g)].map(([, , numbers]) => {
    const [x, y] = numbers!.trim().split(" ").map(Number);
    return [x!, y!];
  });
}

/** Does a way go through the middle of any other object of these columns and rows? */
function crossed(d: string, ends: readonly Place[]): string[] {
  const found = [];
  const corners = cornersOf(d);
  for (const column of [0, 1, 2]) {
    for (const row of [0, 1, 2, 3, 4, 5]) {
      const one = at(column, row);
      if (ends.some(({ cell }) => cell === one.cell)) continue;
      for (let i = 1; i < corners.length; i++) {
        const [[x0, y0], [x1, y1]] = [corners[i - 1]!, corners[i]!];
        const isIn =
          Math.max(x0, x1) > one.x - HALF.x &&
          Math.min(x0, x1) < one.x + HALF.x &&
          Math.max(y0, y1) > one.y - HALF.y &&
          Math.min(y0, y1) < one.y + HALF.y;
        if (isIn) found.push(one.cell);
      }
    }
  }
  return found;
}

describe("a way between columns", () => {
  it("never runs behind another object", () => {
    for (const from of [at(0, 0), at(0, 5), at(1, 2), at(2, 0), at(2, 4)]) {
      for (const to of [at(0, 1), at(0, 4), at(1, 0), at(1, 5), at(2, 3)]) {
        if (from.column === to.column) continue;
        const { d, end } = routeBetween(from, to, HALF, HALF, aisles);
        expect(crossed(d, [from, to]), `${from.cell} to ${to.cell}: ${d}`).toEqual([]);
        expect(Math.abs(end.x - to.x)).toBeLessThan(HALF.x);
        expect(end.y).toBeLessThan(to.y);
      }
    }
  });

  it("comes in from the right to an array at a side", () => {
    const to = at(0, 1, true);
    const { d, end, angle } = routeBetween(at(1, 4), to, HALF, HALF, aisles);
    expect(crossed(d, [at(1, 4)])).toEqual([]);
    expect([end.x, end.y, angle]).toEqual([to.x + HALF.x, to.y, 180]);
  });
});

describe("what holds itself", () => {
  it("has a loop at its side", () => {
    const one = at(0, 0);
    const { end, middle } = routeBetween(one, one, HALF, HALF, aisles);
    expect(end.x).toBeLessThan(one.x);
    expect(middle.x).toBeLessThan(one.x - HALF.x);
  });
});
