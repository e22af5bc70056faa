/** Tables of references: which of their rows are other ones than when they were read before. */
import type { Memory } from "./memory";
import type { Node } from "./node";

/** A copy of a region, as it was read. */
export interface Copy {
  at: number;
  words: number;
}

/** What was read of a node before. */
export interface Past {
  /** A region of it as it was then; null if there is none. */
  region(node: Node, place: number): Copy | null;
  /** The object at this address may be another than then. */
  isRecent(address: number): boolean;
}

/**
 * Rows that changed since the copy was taken, where an address may mean another object,
 * or that the copy has not.
 */
export function changedRows(
  memory: Memory,
  past: Past,
  before: Copy,
  first: number,
  rows: number,
  width: number,
): number[] {
  const heap = memory.module.HEAPU32;
  const [now, then] = [first >>> 2, before.at >>> 2];
  const known = Math.min(rows, before.words / width);
  const found: number[] = [];
  for (let word = 0; word < known * width; word++) {
    const held = heap[now + word]!;
    if (held === heap[then + word] && !past.isRecent(held)) continue;
    const row = Math.trunc(word / width);
    found.push(row);
    word = (row + 1) * width - 1;
  }
  for (let row = known; row < rows; row++) found.push(row);
  return found;
}
