/**
 * What the interpreter itself holds of the program: the exception that is being handled, the
 * one that is on its way, and the weak references by which classes know their subclasses.
 */
import { dictEntries } from "./dicts";
import type { Graph } from "./graph";
import type { Layout } from "./layout";
import { HEAP_TYPE, TYPE } from "./layout-types";
import type { Memory } from "./memory";
import { Node } from "./node";
import type { TypeTable } from "./types";

const HANDLED = "(handled)";
const RAISED = "(raised)";
const SUBCLASSES = "(subclasses)";

/** How far into the interpreter's state builtin classes have their subclasses. */
const WORDS = 100_000;

export class Roots {
  readonly #node: Node;
  #exceptions = [0, 0];
  /** Weak references that are known to be those of subclasses. */
  #subclasses: Node[] = [];

  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
    types: TypeTable,
    private readonly graph: Graph,
  ) {
    const thread = memory.module._PyThreadState_Get() >>> 0;
    this.#node = new Node(thread, types.frame("frame", "<interpreter>"), -1);
  }

  /** @param raised the exception that is on its way, 0 for none. */
  look(raised: number): void {
    const { memory, layout } = this;
    const handled = memory.u32(this.#node.at + layout.frame.handled);
    const [before, onItsWay] = this.#exceptions;
    if (handled === before && raised === onItsWay) return;
    this.#exceptions = [handled, raised];
    this.#hold();
  }

  #hold(): void {
    this.#subclasses = this.#subclasses.filter((node) => node.alive);
    const held = [...this.#exceptions, ...this.#subclasses.map(({ at }) => at)];
    const names = [HANDLED, RAISED, ...this.#subclasses.map(() => SUBCLASSES)];
    const strong = names.map(() => "strong" as const);
    this.graph.holdings.hold(this.#node, held, names, strong);
  }

  /** Explain what is left of a weak reference to a class, if it is the one of its bases. */
  explain(reference: Node): void {
    if (this.#subclasses.includes(reference)) return;
    const target = reference.out.find((edge) => edge?.strength === "weak")?.held;
    if (target?.type.way !== "class") return;
    for (let n = this.#basesThatKnow(target.at, reference.at); n > 0; n--)
      this.#subclasses.push(reference);
    this.#hold();
  }

  /** How many classes that stand above this one have the reference among their subclasses. */
  #basesThatKnow(type: number, reference: number): number {
    const { memory, layout } = this;
    const { types, facts } = layout;
    const state = memory.module._PyInterpreterState_Get() >>> 0;
    let found = this.#dictsWith(reference, state, WORDS);
    const mro = memory.u32(type + types.mro);
    const count = memory.u32(mro + layout.tupleSize);
    for (let i = 1; i < count; i++) {
      const base = memory.u32(mro + layout.tupleItems + 4 * i);
      const isBuiltin = !(memory.u32(base + types.flags) & HEAP_TYPE);
      if (isBuiltin || base === facts.types.object!.at) continue;
      found += this.#dictsWith(reference, base, types.size >>> 2);
    }
    return found;
  }

  /** Dicts among these words in which an object is a value. */
  #dictsWith(value: number, start: number, words: number): number {
    const { memory, layout } = this;
    const dict = layout.facts.types.dict!.at;
    let found = 0;
    for (let i = 0; i < words; i++) {
      const at = memory.u32(start + 4 * i);
      if (at & 7 || !memory.isAddress(at) || memory.u32(at + TYPE) !== dict) continue;
      dictEntries(memory, layout, at, (_, each) => {
        if (each === value) found++;
      });
    }
    return found;
  }
}
