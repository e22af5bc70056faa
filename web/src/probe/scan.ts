/**
 * Finds what changed: compares regions of memory with copies of them. A few
 * instructions of WebAssembly over the interpreter's own memory, because the same
 * loop in JavaScript takes three times as long at ten thousand objects.
 */
import { Copies } from "./copies";
import type { Memory } from "./memory";

/** Bytes of an entry: address of the region, number of words, address of the copy. */
const ENTRY = 12;

type Scan = (table: number, entries: number, out: number) => number;

export class Scanner {
  #scan: Scan;
  #table = 0;
  #out = 0;
  #capacity = 0;
  #length = 0;
  #free: number[] = [];
  /** Words that the copy of an entry has room for. */
  #room: number[] = [];
  readonly #copies: Copies;

  constructor(private readonly memory: Memory) {
    const module = new WebAssembly.Module(code() as BufferSource);
    const instance = new WebAssembly.Instance(module, { env: { memory: memory.module.memory } });
    this.#scan = instance.exports.scan as Scan;
    this.#copies = new Copies(memory);
    this.#grow(1 << 14);
  }

  /** Forget all entries; the memory is kept for the next program. */
  clear(): void {
    const { HEAPU32 } = this.memory.module;
    HEAPU32.fill(0, this.#table >>> 2, (this.#table + ENTRY * this.#length) >>> 2);
    this.#length = 0;
    this.#free = [];
    this.#room = [];
    this.#copies.clear();
  }

  /** Number of entries in use. */
  get length(): number {
    return this.#length - this.#free.length;
  }

  /** What this takes of the interpreter's memory. */
  get bytes(): number {
    return (ENTRY + 4) * this.#capacity + this.#copies.bytes;
  }

  /** A new entry for a region, of which a copy is taken now. */
  add(start: number, words: number): number {
    const entry = this.#free.pop() ?? this.#length++;
    if (entry >= this.#capacity) this.#grow(this.#capacity * 2);
    this.set(entry, start, words);
    return entry;
  }

  /** Let an entry watch this region from here on. */
  set(entry: number, start: number, words: number): void {
    const at = this.#at(entry);
    const room = this.#room[entry] ?? 0;
    if (room < words || room > Copies.most(words)) {
      this.#drop(entry);
      this.#room[entry] = Copies.roomFor(words);
      const copy = this.#copies.take(this.#room[entry]!);
      this.memory.module.HEAPU32[at + 2] = copy;
    }
    const heap = this.memory.module.HEAPU32;
    heap[at] = start;
    heap[at + 1] = words;
    heap.copyWithin(heap[at + 2]! >>> 2, start >>> 2, (start >>> 2) + words);
  }

  remove(entry: number): void {
    this.memory.module.HEAPU32[this.#at(entry) + 1] = 0;
    this.#drop(entry);
    this.#free.push(entry);
  }

  /** Address of the copy: the region as it was when it was last set. */
  copyOf(entry: number): number {
    return this.memory.module.HEAPU32[this.#at(entry) + 2]!;
  }

  wordsOf(entry: number): number {
    return this.memory.module.HEAPU32[this.#at(entry) + 1]!;
  }

  /** The first word is known to be another. */
  acceptFirst(entry: number): void {
    const heap = this.memory.module.HEAPU32;
    const at = this.#at(entry);
    heap[heap[at + 2]! >>> 2] = heap[heap[at]! >>> 2]!;
  }

  /** Calls `each` with every entry that changed, and whether more than its first word did. */
  changes(each: (entry: number, beyondFirst: boolean) => void): void {
    const count = this.#scan(this.#table, this.#length, this.#out);
    for (let i = 0; i < count; i++) {
      const heap = this.memory.module.HEAPU32;
      const entry = heap[(this.#out >>> 2) + i]!;
      const at = this.#at(entry);
      const start = heap[at]! >>> 2;
      const copy = heap[at + 2]! >>> 2;
      const words = heap[at + 1]!;
      let place = 1;
      while (place < words && heap[start + place] === heap[copy + place]) place++;
      each(entry, place < words);
    }
  }

  /** Index of an entry's first word. */
  #at(entry: number): number {
    return (this.#table + ENTRY * entry) >>> 2;
  }

  #drop(entry: number): void {
    const room = this.#room[entry];
    if (room) this.#copies.give(this.copyOf(entry), room);
    this.#room[entry] = 0;
  }

  #grow(capacity: number): void {
    const { memory } = this;
    const table = memory.allocate(ENTRY * capacity);
    const heap = memory.module.HEAPU32;
    const used = (ENTRY * this.#capacity) >>> 2;
    heap.fill(0, table >>> 2, (table + ENTRY * capacity) >>> 2);
    if (this.#table) {
      heap.copyWithin(table >>> 2, this.#table >>> 2, (this.#table >>> 2) + used);
      memory.module._free(this.#table);
      memory.module._free(this.#out);
    }
    this.#table = table;
    this.#out = memory.allocate(4 * capacity);
    this.#capacity = capacity;
  }
}

/**
 * The module: scan(table, entries, out) writes the numbers of entries whose region
 * differs from its copy, and returns how many.
 */
function code(): Uint8Array {
  const I32 = 0x7f;
  const get = (local: number) => [0x20, local];
  const set = (local: number) => [0x21, local];
  const tee = (local: number) => [0x22, local];
  const number = (n: number) => [0x41, n];
  const load = (offset: number) => [0x28, 2, offset];
  const store = [0x36, 2, 0];
  const [add, shl, ne, geu] = [0x6a, 0x74, 0x47, 0x4f];
  const [block, loop, when, end] = [[0x02, 0x40], [0x03, 0x40], [0x04, 0x40], [0x0b]];
  const leaveIf = (depth: number) => [0x0d, depth];
  const again = (depth: number) => [0x0c, depth];
  const [table, entries, out, entry, at, copy, last, found] = [0, 1, 2, 3, 4, 5, 6, 7];
  const body = [
    ...[1, 5, I32], // five locals beside the parameters
    ...[...block, ...loop, ...get(entry), ...get(entries), geu, ...leaveIf(1)],
    ...[...get(table), ...load(0), ...tee(at), ...get(table), ...load(4), ...number(2), shl, add],
    ...[...set(last), ...get(table), ...load(8), ...set(copy)],
    ...[...block, ...loop, ...get(at), ...get(last), geu, ...leaveIf(1)],
    ...[...get(at), ...load(0), ...get(copy), ...load(0), ne, ...when],
    ...[...get(out), ...get(found), ...number(2), shl, add, ...get(entry), ...store],
    ...[...get(found), ...number(1), add, ...set(found), ...again(2), ...end],
    ...[...get(at), ...number(4), add, ...set(at), ...get(copy), ...number(4), add, ...set(copy)],
    ...[...again(0), ...end, ...end],
    ...[...get(table), ...number(ENTRY), add, ...set(table)],
    ...[...get(entry), ...number(1), add, ...set(entry), ...again(0), ...end, ...end],
    ...[...get(found), ...end],
  ];
  const text = (name: string) => [name.length, ...Array.from(name, (c) => c.charCodeAt(0))];
  const section = (id: number, ...content: number[]) => [id, ...leb(content.length), ...content];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 3, I32, I32, I32, 1, I32),
    ...section(2, 1, ...text("env"), ...text("memory"), 2, 0, 1),
    ...section(3, 1, 0),
    ...section(7, 1, ...text("scan"), 0, 0),
    ...section(10, 1, ...leb(body.length), ...body),
  ]);
}

/** A number as WebAssembly writes it, seven bits a byte. */
function leb(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, ...leb(n >>> 7)];
}
