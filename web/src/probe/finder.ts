/** Searches memory for what is known to stand there. What is not found ends the probe. */
import type { Memory } from "./memory";

/** The interpreter is not laid out as we know it; the message says where. */
export class LayoutError extends Error {
  constructor(what: string) {
    super(`this interpreter keeps ${what} in another way`);
  }
}

export class Finder {
  constructor(readonly memory: Memory) {}

  need(holds: boolean, what: string): void {
    if (!holds) throw new LayoutError(what);
  }

  /** Offsets within [from, to) at which every sample has the word that it must have. */
  offsets(samples: readonly (readonly [at: number, word: number])[], from: number, to: number) {
    return this.where(
      from,
      to,
      (offset) => samples.every(([at, word]) => this.memory.u32(at + offset) === word >>> 0),
      4,
    );
  }

  /** The first such offset. */
  offset(
    what: string,
    samples: readonly (readonly [at: number, word: number])[],
    from: number,
    to: number,
  ): number {
    const [first] = this.offsets(samples, from, to);
    if (first === undefined) throw new LayoutError(what);
    return first;
  }

  where(from: number, to: number, holds: (offset: number) => boolean, step = 4): number[] {
    const found: number[] = [];
    for (let offset = from; offset < to; offset += step) if (holds(offset)) found.push(offset);
    return found;
  }

  /** The first offset at which `holds`. */
  first(
    what: string,
    from: number,
    to: number,
    holds: (offset: number) => boolean,
    step = 4,
  ): number {
    const [first] = this.where(from, to, holds, step);
    if (first === undefined) throw new LayoutError(what);
    return first;
  }

  /** Whether a word is the address of memory that begins with these words. */
  pointsTo(word: number, words: readonly number[]): boolean {
    return (
      this.memory.isAddress(word) &&
      words.every((expected, i) => this.memory.u32(word + 4 * i) === expected >>> 0)
    );
  }
}
