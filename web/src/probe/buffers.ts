/**
 * The memory of arrays: each piece once, whoever looks at it. As `livegrad.liveness.buffers`, but
 * for exporters that are neither bytes nor arrays: they count with what is read of them at first.
 */
import type { Layout } from "./layout";
import { bytesOf, OWNS, shapeOf } from "./layout-numpy";
import type { Memory } from "./memory";
import type { AddressTable, Node } from "./node";
import type { Writer } from "./writer";

/** A piece of memory that is read by arrays. */
interface Piece {
  readonly buffer: number;
  /** The array that frees it. */
  readonly owner: Node | null;
  /** Address of who else owns it: bytes, a memory map, a C structure. */
  readonly exporter: number;
  /** Arrays that read what an exporter owns. */
  readers: number;
}

export class Buffers {
  #of = new Map<Node, Piece>();
  #exported = new Map<number, Piece>();
  #waiting = new Set<Node>();
  #dtypes = new Map<number, string>();

  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
    private readonly writer: Writer,
    private readonly nodes: AddressTable<Node>,
  ) {}

  /** Arrays whose memory was told, and dtypes that were read. */
  get size(): number {
    return this.#of.size + this.#waiting.size + this.#dtypes.size;
  }

  /** What stood here is gone: a dtype, or anything else. */
  forget(at: number): void {
    this.#dtypes.delete(at);
  }

  /** An array is in the trace; what it reads is told as soon as it is made. */
  entered(array: Node): void {
    this.#waiting.add(array);
  }

  /** Tell of arrays that are made by now. A view gets its base last of all: `certain` if it has none. */
  settle(certain: boolean): void {
    for (const array of this.#waiting)
      if (!array.alive) this.#waiting.delete(array);
      else if (this.#isMade(array.at, certain)) {
        this.#waiting.delete(array);
        this.#tell(array);
      }
  }

  /** An array is about to die: the last moment to read it. */
  last(array: Node): void {
    if (this.#waiting.delete(array) && this.#isMade(array.at, true)) this.#tell(array);
  }

  death(array: Node): void {
    const piece = this.#of.get(array);
    if (!piece) return;
    this.#of.delete(array);
    if (piece.owner ? piece.owner !== array : --piece.readers) return;
    this.writer.free(piece.buffer);
    if (!piece.owner) this.#exported.delete(piece.exporter);
  }

  #isMade(at: number, certain: boolean): boolean {
    const { memory } = this;
    const layout = this.layout.arrays!;
    if (!memory.u32(at + layout.descr) || !memory.u32(at + layout.data)) return false;
    if (memory.u32(at + layout.rank) && !memory.u32(at + layout.shape)) return false;
    const owns = memory.u32(at + layout.flags) & OWNS;
    return certain || owns !== 0 || memory.u32(at + layout.base) !== 0;
  }

  #tell(array: Node): void {
    const { memory, writer } = this;
    const layout = this.layout.arrays!;
    const { at } = array;
    const nbytes = bytesOf(memory, layout, at);
    const base = memory.u32(at + layout.base);
    const owns = memory.u32(at + layout.flags) & OWNS;
    const piece = owns
      ? { buffer: writer.buffer(array.serial, nbytes), owner: array, exporter: 0, readers: 0 }
      : (this.#pieceOf(base) ?? this.#pieceAt(array) ?? this.#export(array, base, nbytes));
    piece.readers++;
    this.#of.set(array, piece);
    const dtype = this.#dtype(memory.u32(at + layout.descr));
    writer.array(array.serial, shapeOf(memory, layout, at), dtype, piece.buffer);
  }

  #pieceOf(base: number): Piece | undefined {
    const array = base ? this.nodes.get(base) : undefined;
    return array && this.#of.get(array);
  }

  /** The memory of an array that is read by way of a memoryview, or of numpy's stride tricks. */
  #pieceAt(array: Node): Piece | undefined {
    const { memory } = this;
    const layout = this.layout.arrays!;
    const data = memory.u32(array.at + layout.data);
    for (const [node, piece] of this.#of) {
      if (piece.owner !== node || !node.alive) continue;
      const start = memory.u32(node.at + layout.data);
      if (start <= data && data < start + bytesOf(memory, layout, node.at)) return piece;
    }
    return undefined;
  }

  #export(array: Node, base: number, nbytes: number): Piece {
    const [exporter, size] = this.#exporterOf(base, array.at, nbytes);
    let piece = this.#exported.get(exporter);
    if (!piece) {
      piece = { buffer: this.writer.buffer(-1, size), owner: null, exporter, readers: 0 };
      this.#exported.set(exporter, piece);
    }
    return piece;
  }

  #exporterOf(base: number, array: number, nbytes: number): [number, number] {
    const { memory, layout } = this;
    if (!base) return [array, nbytes];
    const { types } = layout.facts;
    if (memory.u32(base + 4) !== types.memoryview!.at) return this.#sizeOf(base, nbytes);
    const { exporter, length } = layout.view;
    return this.#sizeOf(memory.u32(base + exporter), memory.u32(base + length));
  }

  /** Of an exporter, with its address: of what is no bytes, what is read of it at first. */
  #sizeOf(exporter: number, nbytes: number): [number, number] {
    const { memory, layout } = this;
    const type = exporter && memory.u32(exporter + 4);
    const { bytes, bytearray } = layout.facts.types;
    const known = type === bytes!.at || type === bytearray!.at;
    return [exporter, known ? memory.u32(exporter + 8) : nbytes];
  }

  /** As `str(dtype)`. A class of dtype says its name; what is more than that is told by kind. */
  #dtype(descr: number): string {
    let name = this.#dtypes.get(descr);
    if (name === undefined) {
      name = this.#read(descr);
      this.#dtypes.set(descr, name);
    }
    return name;
  }

  #read(descr: number): string {
    const { memory } = this;
    const layout = this.layout.arrays!;
    const known = layout.names.get(descr);
    if (known) return known;
    const kind = String.fromCharCode(memory.u8(descr + layout.kind));
    const order = String.fromCharCode(memory.u8(descr + layout.kind + 2));
    const size = memory.u32(descr + layout.itemsize);
    const mark = order === "=" ? "<" : order;
    if (kind === "S" || kind === "V") return `|${kind}${size}`;
    if (kind === "U") return `${mark}U${size / 4}`;
    const words: Record<string, string> = {
      f: "float",
      i: "int",
      u: "uint",
      c: "complex",
      b: "bool",
    };
    const word = words[kind];
    if (!word || order === ">") return `${mark}${kind}${size}`;
    return kind === "b" ? word : `${word}${8 * size}`;
  }
}
