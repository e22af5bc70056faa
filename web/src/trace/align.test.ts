import { describe, expect, it } from "vitest";
import { align, type Pair } from "./align";

const of = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const lined = (pairs: Pair[], a: string, b: string): string[] => [
  pairs.map(([i]) => a[i] ?? ".").join(""),
  pairs.map(([, j]) => b[j] ?? ".").join(""),
];

/** Everything of both, in order, and only what is equal side by side. */
function expectWhole(a: readonly number[], b: readonly number[], pairs: readonly Pair[]): void {
  expect(pairs.flatMap(([i]) => (i < 0 ? [] : i))).toEqual(a.map((_, i) => i));
  expect(pairs.flatMap(([, j]) => (j < 0 ? [] : j))).toEqual(b.map((_, j) => j));
  for (const [i, j] of pairs) if (i >= 0 && j >= 0) expect(a[i]).toBe(b[j]);
}

describe("two runs", () => {
  it.each([
    ["the same lines", "abcabc", "abcabc", "abcabc", "abcabc"],
    ["one branch each", "abXcd", "abYYcd", "abX..cd", "ab.YYcd"],
    ["a pass more", "labcabcend", "labcabcabcend", "labcabc...end", "labcabcabcend"],
    ["one that stopped early", "abc", "abcdef", "abc...", "abcdef"],
    ["nothing", "", "abc", "...", "abc"],
    ["nothing in common", "ab", "cd", "ab..", "..cd"],
  ])("are laid side by side: %s", (_, a, b, upper, lower) => {
    const pairs = align(of(a), of(b));
    expectWhole(of(a), of(b), pairs);
    const both = lined(pairs, a, b);
    expect(both.map((row) => row.replaceAll(".", ""))).toEqual([a, b]);
    expect(pairs.length).toBe(lined(pairs, a, b)[0]!.length);
    expect(pairs.length).toBe(upper.length);
    expect(lower.length).toBe(upper.length);
  });

  it("are whole however much they differ", () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (const [n, m, letters] of [
      [50, 60, 3],
      [900, 700, 2],
      [1500, 1200, 300],
      [5000, 4000, 2000],
    ] as const) {
      const a = Array.from({ length: n }, () => random(letters));
      const b = Array.from({ length: m }, () => random(letters));
      expectWhole(a, b, align(a, b));
    }
  });

  it("that are short are laid as close as any two can be", () => {
    // Longest common subsequence by the table, for all pairs of short words.
    const words = ["", "a", "ab", "ba", "aab", "abab", "bbaab", "abcab", "cabba"];
    for (const a of words) {
      for (const b of words) {
        const table = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
        for (let i = 1; i <= a.length; i++) {
          for (let j = 1; j <= b.length; j++) {
            table[i]![j] =
              a[i - 1] === b[j - 1]
                ? table[i - 1]![j - 1] + 1
                : Math.max(table[i - 1]![j], table[i]![j - 1]);
          }
        }
        const pairs = align(of(a), of(b));
        expectWhole(of(a), of(b), pairs);
        expect(pairs.filter(([i, j]) => i >= 0 && j >= 0).length, `${a} ${b}`).toBe(
          table[a.length]![b.length],
        );
      }
    }
  });
});
