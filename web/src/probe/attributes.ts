/** Small values that help to recognise an object, such as its generation. */
import { firstElements } from "./elements";
import type { Layout } from "./layout";
import type { Memory } from "./memory";
import type { Node } from "./node";
import type { References } from "./references";
import type { TypeTable } from "./types";
import type { Scalar, Writer } from "./writer";

const FIRST_ELEMENTS = "values";

export class Attributes {
  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
    private readonly types: TypeTable,
    private readonly writer: Writer,
  ) {}

  /** Write what is new of a node whose references were just read. */
  update(node: Node, { held, names }: References): void {
    const wanted = this.layout.facts.adapter.attributes[node.type.kind];
    if (!wanted || node.serial < 0) return;
    for (const name of wanted) {
      const place = names.indexOf(name);
      let value = place < 0 ? null : this.#scalar(held[place]!);
      if (name === FIRST_ELEMENTS) value = firstElements(this.memory, this.layout, node.at);
      if (place < 0 && name === "generation") value = this.#greatestOfInputs(node);
      if (value === null || node.attributes?.get(name) === value) continue;
      node.attributes ??= new Map();
      node.attributes.set(name, value);
      this.writer.attribute(node.serial, name, value);
    }
  }

  /** A Function's generation is the greatest of its inputs', as `livegrad.core` computes it. */
  #greatestOfInputs(node: Node): number | null {
    const inputs = this.#slot(node.at, "_inputs");
    if (!inputs) return null;
    const { tuple, list } = this.layout.facts.types;
    const type = this.memory.u32(inputs + 4);
    const several = type === tuple!.at || type === list!.at;
    const generations = (several ? this.#items(inputs) : [inputs]).map((at) => {
      const value = at ? this.#slot(at, "generation") : 0;
      return value ? (this.layout.texts.readInt(value) ?? 0) : 0;
    });
    return Math.max(0, ...generations);
  }

  #slot(at: number, name: string): number {
    const slot = this.types.of(at).slots.find((each) => each.name === name);
    return slot ? this.memory.u32(at + slot.offset) : 0;
  }

  #items(at: number): number[] {
    const { memory, layout } = this;
    const type = memory.u32(at + 4);
    const isTuple = type === layout.facts.types.tuple!.at;
    const size = memory.u32(at + (isTuple ? layout.tupleSize : layout.listSize));
    const first = isTuple ? at + layout.tupleItems : memory.u32(at + layout.listItems);
    return size > 1000 ? [] : Array.from({ length: size }, (_, i) => memory.u32(first + 4 * i));
  }

  #scalar(at: number): Scalar {
    const { memory, layout } = this;
    const { facts, texts } = layout;
    if (!at) return null;
    if (at === facts.true) return true;
    if (at === facts.false) return false;
    const type = memory.u32(at + 4);
    if (type === facts.types.str!.at) return texts.read(at);
    if (type === facts.types.int!.at) return texts.readInt(at);
    if (type !== facts.types.float!.at) return null;
    const value = texts.readFloat(at);
    return Number.isFinite(value) ? value : null;
  }
}
