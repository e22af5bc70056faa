/**
 * Memory for copies of regions, in the interpreter's own. Sizes are powers of two;
 * what is given back is used again, so that what is taken follows what lives.
 */
import type { Memory } from "./memory";

/** Bytes that are cut into small pieces. */
const ARENA = 1 << 20;
/** Words of the smallest piece, and of the largest that is cut from an arena. */
const SMALLEST = 8;
const LARGEST = 1 << 16;
/** A piece that has become so many times too large is given back. */
const SLACK = 8;

export class Copies {
  #arenas: number[] = [];
  #arena = -1;
  #used = ARENA;
  /** Pieces given back, by the logarithm of their words. */
  #spare: number[][] = [];
  /** Bytes of the pieces that are too large for an arena, by address. */
  #large = new Map<number, number>();

  constructor(private readonly memory: Memory) {}

  static roomFor(words: number): number {
    return words <= SMALLEST ? SMALLEST : 2 ** (32 - Math.clz32(words - 1));
  }

  /** The most room that so many words may have. */
  static most(words: number): number {
    return SLACK * Math.max(words, SMALLEST);
  }

  get bytes(): number {
    let bytes = ARENA * this.#arenas.length;
    for (const size of this.#large.values()) bytes += size;
    return bytes;
  }

  /** A piece of so many words, a power of two. */
  take(words: number): number {
    if (words > LARGEST) {
      const at = this.memory.allocate(4 * words);
      this.#large.set(at, 4 * words);
      return at;
    }
    const spare = this.#spare[Math.log2(words)]?.pop();
    if (spare !== undefined) return spare;
    if (this.#used + 4 * words > ARENA) {
      this.#arena++;
      if (this.#arena === this.#arenas.length) this.#arenas.push(this.memory.allocate(ARENA));
      this.#used = 0;
    }
    const at = this.#arenas[this.#arena]! + this.#used;
    this.#used += 4 * words;
    return at;
  }

  give(at: number, words: number): void {
    if (this.#large.delete(at)) {
      this.memory.module._free(at);
      return;
    }
    this.#spare[Math.log2(words)] ??= [];
    this.#spare[Math.log2(words)]!.push(at);
  }

  /** All are given back; the arenas are kept for the next program. */
  clear(): void {
    for (const at of this.#large.keys()) this.memory.module._free(at);
    this.#large.clear();
    this.#spare = [];
    this.#arena = -1;
    this.#used = ARENA;
  }
}
