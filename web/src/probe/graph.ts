/**
 * The live graph: every object that the collector knows, every array, the running
 * frames and the module, kept up to date by reading anew only what changed. What
 * the trace shows of it is written as it changes.
 */
import { type Around, Holdings } from "./holdings";
import type { Layout } from "./layout";
import type { Memory } from "./memory";
import type { Names } from "./names";
import { AddressTable, edgesInto, Node, unlink } from "./node";
import { Recent } from "./recent";
import { References } from "./references";
import type { Scanner } from "./scan";
import type { TypeInfo, TypeTable } from "./types";
import type { Writer } from "./writer";

/** What the graph tells whoever keeps arrays, counts and islands. */
export interface Watcher {
  /** The node is in the trace from here on. */
  entered(node: Node): void;
  /** What it holds was just read, into the graph's `references`. */
  derived(node: Node): void;
  /** It may have become unreachable, or reachable again. */
  loosened(node: Node): void;
}

export class Graph implements Around {
  readonly nodes = new AddressTable<Node>();
  readonly living = new Set<Node>();
  /** Born since the last look, in order. */
  newborn: Node[] = [];
  /** Counts of these may be others than written. */
  readonly touched = new Set<Node>();
  /** Where the program is: a row of the trace. */
  here = -1;
  readonly references: References;
  readonly scanner: Scanner;
  readonly recent = new Recent();
  readonly holdings: Holdings;
  #entryOwner: Node[] = [];
  #restless = new Set<Node>();
  #unfinished = new Set<Node>();
  #dirty = new Set<Node>();
  #settled = 0;

  constructor(
    private readonly memory: Memory,
    readonly layout: Layout,
    readonly types: TypeTable,
    private readonly names: Names,
    readonly writer: Writer,
    scanner: Scanner,
    private readonly watcher: Watcher,
  ) {
    this.scanner = scanner;
    scanner.clear();
    this.holdings = new Holdings(this, writer);
    this.references = new References(
      memory,
      layout,
      types,
      names,
      { belongs: (dict, owner) => this.#belongs(dict, owner) },
      {
        region: (node, place) => {
          const entry = node.entries[place];
          if (entry === undefined) return null;
          return { at: scanner.copyOf(entry), words: scanner.wordsOf(entry) };
        },
        isRecent: (address) => this.recent.has(address),
      },
    );
  }

  // Births and deaths.

  born(at: number, type: TypeInfo): Node {
    const node = new Node(at, type, this.here);
    this.nodes.set(at, node);
    this.living.add(node);
    this.newborn.push(node);
    this.recent.add(at);
    if (type.restless) this.#restless.add(node);
    return node;
  }

  /** Write the births of shown objects so far, so that what follows comes after them. */
  settle(): void {
    for (; this.#settled < this.newborn.length; this.#settled++) {
      const node = this.newborn[this.#settled]!;
      if (node.type.shown && node.alive && node.serial < 0) this.enter(node);
    }
  }

  /** The module: the dict that its namespace is, first object of every trace. */
  module(namespace: number, name: string): void {
    this.nodes.set(namespace, this.space(namespace, name));
  }

  /** The namespace of a module that holds something of the program's. What refers to it is not followed. */
  space(namespace: number, name: string): Node {
    const serial = this.writer.birth("module", name, -1);
    const node = this.root(namespace, this.types.module(name), serial);
    this.#dirty.add(node);
    return node;
  }

  /** The same, and in the trace only if it comes to hold something. */
  registry(namespace: number, name: string): void {
    this.#dirty.add(this.root(namespace, this.types.module(name), -1));
  }

  /** A node that is no object of the heap: a frame, the module. */
  root(at: number, type: TypeInfo, serial: number): Node {
    const node = new Node(at, type, this.here);
    node.serial = serial;
    return node;
  }

  /** The node at an address; one older than the recording if the trace must show it. */
  find(at: number): Node | undefined {
    const known = this.nodes.get(at);
    if (known || !at) return known;
    if (!this.memory.isAddress(at) || at & 7) return undefined;
    const info = this.types.safely(this.memory.u32(at + 4));
    if (!info?.shown || !info.followed) return undefined;
    const before = this.here;
    this.here = -1;
    const node = this.born(at, info);
    this.here = before;
    return node;
  }

  /** Take a dead node out. Its own references fall by its end. */
  remove(node: Node, cause: string): void {
    node.alive = false;
    this.nodes.set(node.at, undefined);
    this.living.delete(node);
    this.#restless.delete(node);
    this.#unfinished.delete(node);
    this.#dirty.delete(node);
    this.touched.delete(node);
    for (const entry of node.entries) this.scanner.remove(entry);
    node.entries.length = 0;
    for (const edge of edgesInto(node)) {
      unlink(edge);
      if (edge.holder.alive) this.#mark(edge.holder);
    }
    this.release(node, cause);
    if (node.namespaceOf?.alive) this.#mark(node.namespaceOf);
  }

  /** All references of a node fall. */
  release(node: Node, cause: string): void {
    for (const edge of node.out) {
      if (!edge || edge.over) continue;
      unlink(edge);
      const { held } = edge;
      if (edge.strength !== "weak" && held.serial >= 0) held.fall = { row: edge.row, cause };
      this.lost(held);
    }
    node.out.length = 0;
  }

  gained(held: Node): void {
    this.touched.add(held);
    if (held.island) this.watcher.loosened(held);
    if (held.type.way === "dict") this.#ownersOf(held);
  }

  lost(held: Node): void {
    this.touched.add(held);
    this.watcher.loosened(held);
    if (held.type.way === "dict") this.#ownersOf(held);
  }

  // Looking.

  /** Find what changed in memory, and bring the graph up to date. */
  look(): void {
    this.settle();
    this.recent.turn();
    this.scanner.changes((entry, beyondFirst) => {
      const node = this.#entryOwner[entry]!;
      const isBody = node.entries[0] === entry;
      if (isBody) {
        this.touched.add(node);
        this.watcher.loosened(node);
      }
      if (!isBody || beyondFirst) this.#dirty.add(node);
      else this.scanner.acceptFirst(entry);
      if (node.type.way === "dict") this.#ownersOf(node);
    });
    for (const node of this.newborn) if (node.alive) this.#dirty.add(node);
    for (const node of this.#restless) this.#dirty.add(node);
    for (const node of this.#unfinished) this.#dirty.add(node);
    this.newborn = [];
    this.#settled = 0;
    this.refresh();
  }

  /** Read anew what is known to have changed. */
  refresh(): void {
    for (const node of this.#dirty) {
      this.#dirty.delete(node);
      if (node.alive) this.derive(node);
    }
    this.holdings.writeDrops();
  }

  #ownersOf(dict: Node): void {
    if (dict.namespaceOf?.alive) this.#mark(dict.namespaceOf);
    if (dict.owners) for (const edge of dict.owners) this.#mark(edge.holder);
  }

  /** Read it anew; frames are read each time by themselves. */
  #mark(node: Node): void {
    if (!node.isFrame) this.#dirty.add(node);
  }

  /** Nodes whose count is zero: their end was not told. */
  *untold(): Generator<Node> {
    for (const node of this.touched)
      if (node.alive && node.entries.length && this.memory.u32(node.at) === 0) yield node;
  }

  /** Read what a node holds now. */
  derive(node: Node): void {
    const { references } = this;
    if (node.type.way === "class") this.types.forget(node.at);
    const whole = references.read(node);
    if (whole) this.#unfinished.delete(node);
    else this.#unfinished.add(node);
    if (!node.seen) {
      node.seen = true;
      this.touched.add(node);
      this.watcher.loosened(node);
    }
    this.holdings.update(node, references);
    this.#watch(node);
    this.watcher.derived(node);
    if (node.namespaceOf && !node.namespaceOf.alive) node.namespaceOf = null;
  }

  // The trace.

  /** The node is in the trace from here on, and so is whoever holds it. */
  enter(node: Node): void {
    const todo = [node];
    for (let here = todo.pop(); here; here = todo.pop()) {
      if (here.serial < 0) {
        here.serial = this.writer.birth(here.type.kind, this.names.title(here), here.stack);
        this.touched.add(here);
        this.watcher.entered(here);
      }
      for (const edge of here.out)
        if (edge && !edge.over && edge.held.serial >= 0) this.holdings.write(edge);
      for (const edge of edgesInto(here)) {
        if (edge.name === null) continue;
        if (edge.holder.serial < 0) todo.push(edge.holder);
        else this.holdings.write(edge);
      }
    }
  }

  // Regions.

  #watch(node: Node): void {
    if (!this.living.has(node) && !node.isRoot) return;
    const { regions } = this.references;
    const { entries } = node;
    for (let i = 0; i < regions.length; i += 2) {
      const [start, words] = [regions[i]!, regions[i + 1]!];
      const entry = entries[i >> 1];
      if (entry === undefined) {
        const made = this.scanner.add(start, words);
        this.#entryOwner[made] = node;
        entries.push(made);
      } else this.scanner.set(entry, start, words);
    }
    while (entries.length > regions.length / 2) this.scanner.remove(entries.pop()!);
  }

  /** A dict that only its owner holds is the owner's namespace. */
  #belongs(dict: number, owner: Node): boolean {
    const node = this.nodes.get(dict);
    if (!node) return owner.type.way === "class";
    const alone = this.memory.u32(dict) === 1 || owner.type.way === "class";
    const now = alone ? owner : null;
    if (node.namespaceOf !== now) {
      node.namespaceOf = now;
      this.#dirty.add(node);
    }
    return alone;
  }
}
