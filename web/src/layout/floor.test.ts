import { describe, expect, it } from "vitest";
import { Floor } from "./floor";

const ONE = { rows: 1, columns: 1 };
const stay = (from: number, until: number, gone = until) => ({ from, until, gone });

describe("a floor", () => {
  it("gives seats from above, then from the left, and anew when they are left", () => {
    const floor = new Floor(false);
    const places = [stay(0, 50), stay(1, 2), stay(3, 9)].map((each) => {
      const at = floor.find(ONE, each)!;
      floor.take(at, ONE, each);
      return [at.column, at.row];
    });
    expect(places).toEqual([
      [0, 0],
      [0, 1],
      [0, 1],
    ]);
  });

  it("goes on downwards before it goes to the right, the more so where it is narrow", () => {
    const widthOf = (narrow: boolean): number => {
      const floor = new Floor(narrow);
      const tall = { rows: 7, columns: 1 };
      const columns = [1, 2, 3, 4].map((from) => {
        const at = floor.find(tall, stay(from, 99))!;
        floor.take(at, tall, stay(from, 99));
        return at.column;
      });
      return Math.max(...columns) + 1;
    };
    expect(widthOf(true)).toBe(2);
    expect(widthOf(false)).toBe(3);
  });

  it("seats what is brief in between, without growing", () => {
    const floor = new Floor(false);
    const size = { rows: 2, columns: 1 };
    floor.take({ column: 0, row: 0 }, ONE, stay(0, 99));
    floor.take({ column: 0, row: 1 }, ONE, stay(10, 20));
    expect(floor.findBetween(ONE, stay(3, 4), size)).toEqual({ column: 0, row: 1 });
    expect(floor.findBetween(ONE, stay(30, 31), size)).toEqual({ column: 0, row: 1 });
    // Both are taken then: it grows after all.
    expect(floor.findBetween(ONE, stay(12, 13), size)).toEqual({ column: 0, row: 2 });
  });

  it("leaves an island where it is while something brief comes by", () => {
    const floor = new Floor(false);
    floor.take({ column: 0, row: 0 }, ONE, stay(0, 10, 99));
    expect(floor.find(ONE, stay(20, 30))).toEqual({ column: 0, row: 0 });
    expect(floor.findBetween(ONE, stay(20, 21), ONE)).toEqual({ column: 0, row: 1 });
  });

  it("lets what is brief sit where a group has room inside", () => {
    const floor = new Floor(false);
    const spots = new Map([
      [1, { row: 0, column: 0, side: null }],
      [2, { row: 1, column: 1, side: null }],
    ]);
    const shape = { rows: 2, columns: 2, spots };
    floor.take({ column: 0, row: 0 }, shape, stay(0, 99));
    expect(floor.isFree({ column: 0, row: 1 }, ONE, stay(5, 6))).toBe(false);
    expect(floor.findBetween(ONE, stay(5, 6), shape)).toEqual({ column: 0, row: 1 });
  });
});
