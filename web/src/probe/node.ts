/** The graph of what lives: objects and frames as nodes, references as edges. */

import type { TypeInfo } from "./types";
import type { Strength } from "./writer";

/** An item's place, a name, or null for a reference that no trace shows. */
export type Name = string | number | null;

/** A reference. Stands in its holder's `out` and in a list of all that lead to `held`. */
export interface Edge {
  readonly holder: Node;
  readonly held: Node;
  readonly name: Name;
  readonly strength: Strength;
  readonly manner: Manner;
  /** Row of the trace, -1 for none. */
  row: number;
  /** One of its ends is dead. */
  over: boolean;
  next: Edge | null;
  previous: Edge | null;
}

/** How a reference holds: seen by the collector, */
export const OBJECT = 0;
/** of an array's item, which it does not see, */
export const OPAQUE = 1;
/** or of a frame or the module, from where all is alive. */
export const ROOT = 2;
export type Manner = typeof OBJECT | typeof OPAQUE | typeof ROOT;

export class Node {
  /** Place in the trace, -1 while it is not in it. */
  serial = -1;
  alive = true;
  readonly out: (Edge | null)[] = [];
  /** The newest reference to it. */
  into: Edge | null = null;
  /** Of a dict, the references by which a holder may show what is in it as its own. */
  owners: Set<Edge> | null = null;
  /** Strong references to it, by the manner of their holders. */
  readonly strong: [number, number, number] = [0, 0, 0];
  /** Entries of the scanner. */
  readonly entries: number[] = [];
  /** References that nothing explained when it was looked at last; -1 before that. */
  rest = -1;
  /** The counts as last written: references, weak ones, unexplained. */
  count = -1;
  weak = -1;
  unexplained = -1;
  /** The reference that fell, should this be its end. */
  fall: Fall | null = null;
  /** The instance or frame whose namespace this dict is, and nobody else's. */
  namespaceOf: Node | null = null;
  island: Island | null = null;
  attributes: Map<string, unknown> | null = null;
  /** Its count was zero, and its finalizer runs: what it lets go of now falls by its end. */
  ending = false;
  /** It was looked at since its birth. */
  seen = false;
  /** Numbers of the last search for islands that met it, and that found it reached; */
  mark = 0;
  reached = 0;
  /** and, during one, by which node it was met. */
  from: Node | null = null;

  constructor(
    /** Address of the object or frame. */
    readonly at: number,
    readonly type: TypeInfo,
    /** Where it was born, as a row of the trace. */
    readonly stack: number,
  ) {}

  /** A function that runs; all other nodes are objects. */
  get isFrame(): boolean {
    return this.type.way === "leaf";
  }

  /** A running function or a module's namespace: what it holds is reached. */
  get isRoot(): boolean {
    return this.isFrame || this.type.kind === "module";
  }

  /** Whether the trace tells its count; those of roots and classes are the interpreter's own. */
  get isCounted(): boolean {
    return this.alive && !this.isRoot && this.type.way !== "class";
  }

  /** References that no edge explains, in the view of the trace. */
  unexplainedOf(count: number): number {
    return count - this.strong[OBJECT] - this.strong[OPAQUE] - this.strong[ROOT];
  }
}

export interface Fall {
  row: number;
  cause: string;
}

/** Objects that hold each other and that no root reaches. */
export interface Island {
  readonly row: number;
  readonly members: readonly Node[];
}

/** Of these a dict without a name is the module's: all functions of a module hold it. */
const BORROWING = new Set<TypeInfo["way"]>(["function", "generator", "frame", "leaf"]);

export function link(
  holder: Node,
  held: Node,
  name: Name,
  strength: Strength,
  manner: Manner,
): Edge {
  const edge: Edge = {
    holder,
    held,
    name,
    strength,
    manner,
    row: -1,
    over: false,
    next: held.into,
    previous: null,
  };
  if (held.into) held.into.previous = edge;
  held.into = edge;
  if (strength === "strong") held.strong[manner]++;
  const mayOwn = name === "__dict__" || (name === null && !BORROWING.has(holder.type.way));
  if (mayOwn && held.type.way === "dict") {
    held.owners ??= new Set();
    held.owners.add(edge);
  }
  return edge;
}

/** Takes the edge off its target; the holder takes it out of `out` itself. */
export function unlink(edge: Edge): void {
  if (edge.over) return;
  edge.over = true;
  const { held } = edge;
  if (edge.previous) edge.previous.next = edge.next;
  else held.into = edge.next;
  if (edge.next) edge.next.previous = edge.previous;
  if (edge.strength === "strong") held.strong[edge.manner]--;
  held.owners?.delete(edge);
}

export function* edgesInto(node: Node): Generator<Edge> {
  for (let edge = node.into; edge; ) {
    const { next } = edge;
    yield edge;
    edge = next;
  }
}

/** Nodes by address. Objects stand on multiples of eight. */
export class AddressTable<T> {
  #pages: (T | undefined)[][] = [];

  get(at: number): T | undefined {
    const page = this.#pages[at >>> 16];
    return page === undefined ? undefined : page[(at & 0xffff) >>> 3];
  }

  set(at: number, value: T | undefined): void {
    let page = this.#pages[at >>> 16];
    if (!page) {
      page = this.#pages[at >>> 16] = new Array(8192).fill(undefined);
    }
    page[(at & 0xffff) >>> 3] = value;
  }

  clear(): void {
    this.#pages = [];
  }
}
