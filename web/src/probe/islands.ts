/**
 * Islands: what is alive although nothing reaches it. The collector's own rule: an
 * object with more references than the others explain is held from outside, and so
 * is all that it reaches. Only what was loosened is looked into, backwards, until
 * something that is held from outside is met.
 */
import type { Memory } from "./memory";
import { type Edge, edgesInto, type Island, type Node, OBJECT } from "./node";
import type { Writer } from "./writer";

export class Islands {
  #loose = new Set<Node>();
  readonly stranded = new Set<Node>();
  /** Number of the last search. */
  #mark = 0;

  constructor(
    private readonly memory: Memory,
    private readonly writer: Writer,
  ) {}

  /** It lost a reference, was born, or belongs to an island and gained one. */
  loosened(node: Node): void {
    this.#loose.add(node);
  }

  died(node: Node): void {
    this.#loose.delete(node);
    this.stranded.delete(node);
    if (node.island) this.#sink(node.island);
  }

  /** Find islands that formed, and those that are no more. */
  update(): void {
    if (!this.#loose.size) return;
    const unreached = this.#mark + 1; // what has a mark from here on was met in this update
    const stranded = new Set<Node>();
    const todo = [...this.#loose];
    this.#loose.clear();
    for (let node = todo.pop(); node; node = todo.pop()) {
      if (!node.alive || node.isFrame || node.reached >= unreached || stranded.has(node)) continue;
      for (const each of this.#search(node, unreached, stranded)) {
        if (!this.stranded.has(each)) continue;
        // Reached again, and so is all that it holds.
        this.stranded.delete(each);
        if (each.island) this.#sink(each.island);
        for (const edge of each.out)
          if (edge && !edge.over && this.stranded.has(edge.held)) todo.push(edge.held);
      }
    }
    const changed: Node[] = [];
    for (const node of stranded) {
      if (!this.stranded.has(node)) {
        this.stranded.add(node);
        for (const edge of node.out)
          if (edge && !edge.over && !stranded.has(edge.held)) this.#loose.add(edge.held);
      }
      changed.push(node);
    }
    if (this.#loose.size) this.update(); // what a new island alone holds is stranded with it
    this.#group(changed);
  }

  /**
   * Backwards from a node. Empty if nothing outside holds it; then all visited are stranded.
   * Marks on the nodes, not a table: a chain may be long, and is walked for each of its ends.
   */
  #search(start: Node, unreached: number, stranded: Set<Node>): Node[] {
    const mark = ++this.#mark;
    const visited = [start];
    start.mark = mark;
    start.from = null;
    const todo = [start];
    for (let here = todo.pop(); here; here = todo.pop()) {
      if (this.#isHeld(here) || here.reached >= unreached) {
        const way: Node[] = [];
        for (let each: Node | null = here; each; each = each.from) {
          each.reached = mark;
          way.push(each);
        }
        for (const each of visited) each.from = null;
        return way;
      }
      for (let edge = here.into; edge; edge = edge.next) {
        const { holder } = edge;
        if (edge.strength !== "strong" || edge.manner !== OBJECT || holder.mark === mark) continue;
        holder.mark = mark;
        holder.from = here;
        visited.push(holder);
        todo.push(holder);
      }
    }
    for (const each of visited) {
      each.from = null;
      stranded.add(each);
    }
    return [];
  }

  #isHeld(node: Node): boolean {
    return this.memory.u32(node.at) - node.strong[OBJECT] > 0;
  }

  #sink(island: Island): void {
    this.writer.sinking(island.row);
    for (const member of island.members) {
      member.island = null;
      if (member.alive) this.#loose.add(member);
    }
  }

  /** Islands of what was stranded, those that it joins included. */
  #group(changed: Node[]): void {
    const seen = new Set<Node>();
    for (const start of changed) {
      if (seen.has(start) || !this.stranded.has(start)) continue;
      seen.add(start);
      const group = [start];
      for (const here of group) {
        const meet = (other: Node): void => {
          if (seen.has(other) || !this.stranded.has(other)) return;
          seen.add(other);
          group.push(other);
        };
        for (const edge of here.out) if (isStrong(edge)) meet(edge.held);
        for (const edge of edgesInto(here)) if (isStrong(edge)) meet(edge.holder);
      }
      this.#write(group.filter((node) => node.serial >= 0));
    }
  }

  #write(members: Node[]): void {
    if (!members.length) return;
    const before = members[0]!.island;
    if (before?.members.length === members.length && members.every((m) => m.island === before))
      return;
    for (const member of members)
      if (member.island) {
        const { island } = member;
        this.writer.sinking(island.row);
        for (const each of island.members) each.island = null;
      }
    members.sort((a, b) => a.serial - b.serial);
    const island = { row: this.writer.island(members.map(({ serial }) => serial)), members };
    for (const member of members) member.island = island;
  }
}

const isStrong = (edge: Edge | null): edge is Edge =>
  edge !== null && !edge.over && edge.strength === "strong";
