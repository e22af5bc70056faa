/** The reference counts as the trace has them: written where memory says something else. */
import type { Layout } from "./layout";
import type { Memory } from "./memory";
import type { Node } from "./node";
import type { Roots } from "./roots";
import type { Writer } from "./writer";

/** More weak references to one object are not counted. */
const MOST = 1e6;

export class Counts {
  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
    private readonly writer: Writer,
    /** Nodes whose counts may be others than written. */
    private readonly touched: Set<Node>,
    private readonly roots: Roots,
  ) {}

  update(): void {
    for (const node of this.touched) {
      if (!node.isCounted) continue;
      const count = this.memory.u32(node.at);
      if (node.type.way === "weakref" && node.unexplainedOf(count) > 0) this.roots.explain(node);
      const unexplained = Math.max(node.unexplainedOf(count), 0);
      node.rest = unexplained;
      if (node.serial < 0) continue;
      const weak = this.#weakReferences(node);
      if (count === node.count && weak === node.weak && unexplained === node.unexplained) continue;
      node.count = count;
      node.weak = weak;
      node.unexplained = unexplained;
      this.writer.count(node.serial, count, weak, unexplained);
    }
    this.touched.clear();
  }

  #weakReferences({ at, type }: Node): number {
    if (!type.weakoffset) return 0;
    let count = 0;
    let reference = this.memory.u32(at + type.weakoffset);
    while (reference && count < MOST) {
      count++;
      reference = this.memory.u32(reference + this.layout.referenceNext);
    }
    return count;
  }
}
