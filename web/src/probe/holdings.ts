/**
 * What a node holds: its references put in the place of those before, as a whole or
 * where they changed, and the trace's rows of those that came and went.
 */
import {
  type Edge,
  link,
  type Manner,
  type Name,
  type Node,
  OBJECT,
  OPAQUE,
  ROOT,
  unlink,
} from "./node";
import type { References } from "./references";
import type { Strength, Writer } from "./writer";

/** The graph, as those who change a node's references see it. */
export interface Around {
  /** The node at an address, if it is followed. */
  find(at: number): Node | undefined;
  /** The node is in the trace from here on. */
  enter(node: Node): void;
  /** It gained a reference, */
  gained(node: Node): void;
  /** or lost one. */
  lost(node: Node): void;
}

export class Holdings {
  #drops: Edge[] = [];

  constructor(
    private readonly around: Around,
    private readonly writer: Writer,
  ) {}

  /** Give a node what was just read of it. */
  update(node: Node, references: References): void {
    const edges = this.#compare(node, references);
    this.#replace(node, edges, references.whole ? null : references.places, references.total);
  }

  /** Give a root these references. */
  hold(
    node: Node,
    held: readonly number[],
    names: readonly Name[],
    strengths: readonly Strength[],
  ): void {
    const edges: (Edge | null)[] = [];
    const before = node.out;
    for (let i = 0; i < held.length; i++)
      edges.push(this.#edge(node, before[i], held[i]!, names[i]!, strengths[i]!, ROOT));
    this.#replace(node, edges, null, 0);
  }

  /** Give a root one more reference. */
  add(node: Node, held: Node, name: string): void {
    const edge = link(node, held, name, "strong", ROOT);
    node.out.push(edge);
    this.#made(edge);
  }

  #compare(node: Node, references: References): (Edge | null)[] {
    const { held, names, places, whole, opaque, weak } = references;
    const before = node.out;
    const edges: (Edge | null)[] = new Array(held.length);
    for (let i = 0; i < held.length; i++) {
      const manner = i >= opaque ? OPAQUE : node.isRoot ? ROOT : OBJECT;
      const old = before[whole ? i : places[i]!];
      edges[i] = this.#edge(node, old, held[i]!, names[i]!, "strong", manner);
    }
    if (weak) this.#weakly(node, edges, weak);
    return edges;
  }

  /** The edge of this place: as it was, or a new one; null for what is not followed. */
  #edge(
    node: Node,
    before: Edge | null | undefined,
    at: number,
    name: Name,
    strength: Strength,
    manner: Manner,
  ): Edge | null {
    if (!at) return null;
    const held = this.around.find(at);
    if (!held) return null;
    if (
      before &&
      !before.over &&
      before.held === held &&
      before.name === name &&
      before.strength === strength
    )
      return before;
    return link(node, held, name, strength, manner);
  }

  #weakly(node: Node, edges: (Edge | null)[], target: number): void {
    const before = node.out[edges.length];
    const edge = this.#edge(node, before, target, "()", "weak", OBJECT);
    edges.push(edge);
    if (edge) this.around.gained(edge.held);
  }

  /**
   * Put new edges in the place of the old ones; write what the trace shows of it.
   *
   * @param places of these edges among `total`, where all others stay; null if they are all.
   */
  #replace(
    node: Node,
    edges: readonly (Edge | null)[],
    places: readonly number[] | null,
    total: number,
  ): void {
    const before = node.out;
    const length = places ? total : edges.length;
    const gone = new Set<Edge>();
    for (let i = 0; i < edges.length; i++) {
      const edge = before[places ? places[i]! : i];
      if (edge && !edge.over && edges[i] !== edge) gone.add(edge);
    }
    for (let place = length; place < before.length; place++) {
      const edge = before[place];
      if (edge && !edge.over) gone.add(edge);
    }
    const moved = gone.size ? byKey(gone) : null;
    before.length = length;
    for (let i = 0; i < edges.length; i++) {
      const place = places ? places[i]! : i;
      let edge = edges[i] ?? null;
      if (edge && edge !== before[place]) {
        const old = moved?.get(keyOf(edge))?.pop();
        if (old && old.manner === edge.manner) {
          unlink(edge);
          edge = old;
          gone.delete(old);
        } else this.#made(edge);
      }
      before[place] = edge;
    }
    for (const edge of gone) this.#fell(edge);
  }

  #made(edge: Edge): void {
    this.around.gained(edge.held);
    if (edge.name === null || edge.held.serial < 0) return;
    if (edge.holder.serial < 0) this.around.enter(edge.holder);
    this.write(edge);
  }

  #fell(edge: Edge): void {
    unlink(edge);
    if (edge.row >= 0) this.#drops.push(edge);
    this.around.lost(edge.held);
  }

  /** The trace shows this reference, if it has a name. */
  write(edge: Edge): void {
    if (edge.row >= 0 || edge.name === null) return;
    const { holder, held, name, strength } = edge;
    const text = typeof name === "number" ? `[${name}]` : name;
    edge.row = this.writer.edge(holder.serial, held.serial, text, strength);
  }

  /** Write which references fell. */
  writeDrops(): void {
    for (const edge of this.#drops) {
      const { holder, held } = edge;
      if (edge.strength !== "weak" && held.alive)
        held.fall = { row: edge.row, cause: causeOf(holder) };
      if (holder.alive && held.alive) this.writer.drop(edge.row);
    }
    this.#drops = [];
  }
}

const keyOf = (edge: Edge): string => `${edge.strength}${edge.name}\n${edge.held.at}`;

function byKey(edges: Iterable<Edge>): Map<string, Edge[]> {
  const found = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = keyOf(edge);
    const same = found.get(key);
    if (same) same.push(edge);
    else found.set(key, [edge]);
  }
  return found;
}

/** Why what a living holder let go of died. */
export function causeOf(holder: Node): string {
  if (holder.ending) return "holder";
  const { kind } = holder.type;
  if (kind === "module" || holder.isFrame) return "rebound";
  if (kind === "array") return "holder";
  return kind === "container" ? "item" : "attribute";
}
