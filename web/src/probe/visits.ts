/** What the collector visits of an object: its type's own function tells, called from here. */
import type { Layout } from "./layout";
import { TYPE } from "./layout-types";
import type { Memory } from "./memory";
import type { Node } from "./node";

export class Visits {
  readonly #visitor: number;
  #met: number[] = [];

  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
  ) {
    this.#visitor = memory.module.addFunction((object) => {
      this.#met.push(object! >>> 0);
      return 0;
    }, "iii");
  }

  /** Addresses of what it holds, once for each reference that is counted. */
  of({ at, type }: Node): number[] {
    this.#met = [];
    const traverse = this.memory.module.wasmTable.get(type.traverse) as unknown;
    (traverse as (object: number, visit: number, data: number) => number)(at, this.#visitor, 0);
    if (type.way === "generator") this.#leaveBorrowed(at + this.layout.generatorFrame);
    return this.#met;
  }

  /** A generator that runs has values on its stack that it does not count, and visits them. */
  #leaveBorrowed(frame: number): void {
    const { memory, layout } = this;
    const end = memory.u32(frame + layout.frame.stackPointer);
    const first = frame + layout.frame.slots;
    if (end < first || end > first + 0x10000) return;
    for (let slot = first; slot < end; slot += 4) {
      const word = memory.u32(slot);
      if ((word & 3) !== 1) continue;
      const place = this.#met.lastIndexOf((word & ~3) >>> 0);
      if (place >= 0) this.#met.splice(place, 1);
    }
  }
}

/** Name of the tuple by which a class of the program knows its bases; null for all else. */
export function nameOfBases(
  memory: Memory,
  { facts, types }: Layout,
  type: number,
  held: number,
): string | null {
  if (held === memory.u32(type + types.mro)) return "__mro__";
  return memory.u32(held + TYPE) === facts.types.tuple!.at ? "__bases__" : null;
}
