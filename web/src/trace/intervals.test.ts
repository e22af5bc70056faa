import { describe, expect, it } from "vitest";
import { holding } from "./intervals";
import { OPEN, Recording } from "./recording";
import { edgeHolds } from "./replay";

/** Edges of one object, begun one after the other; those that `length` names end, others stay. */
function edges(n: number, length: (edge: number) => number): [Recording, number[]] {
  const r = new Recording();
  for (let edge = 0; edge < n; edge++) {
    r.edges.from.push(2 * edge);
    r.edges.to.push(2 * edge + length(edge));
  }
  return [r, r.edges.from.map((_, edge) => edge)];
}

describe("edges that hold at an event", () => {
  it.each([
    ["few", 5, (edge: number) => edge + 1],
    ["many short ones and one that stays", 1000, (edge: number) => (edge === 3 ? OPEN : 1)],
    ["many of every length", 700, (edge: number) => 1 + ((edge * 37) % 400)],
  ])("are those that a look at each finds: %s", (_, n, length) => {
    const [r, all] = edges(n, length);
    for (const event of [-1, 0, 1, 7, n, n + 1, 2 * n - 1, 5 * n]) {
      expect(holding(r, all, event)).toEqual(all.filter((edge) => edgeHolds(r, edge, event)));
    }
  });

  it("follow a recording that grows", () => {
    const [r, all] = edges(300, () => OPEN);
    expect(holding(r, all, 1000)).toHaveLength(300);
    for (let edge = 0; edge < 299; edge++) r.edges.to[edge] = 900;
    r.version++;
    expect(holding(r, all, 1000)).toEqual([299]);
  });
});
