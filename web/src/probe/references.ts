/**
 * What an object holds, by name, read from its memory: for the types that
 * programs are made of word by word, for all others by the function through which
 * the collector visits them.
 */
import { dictEntries, entriesOf, entriesTable, headOf, valuesRegion } from "./dicts";
import { elementsRegion } from "./elements";
import type { Layout } from "./layout";
import { bytesOf, OWNS } from "./layout-numpy";
import { GC_LINK, LIST_SUBCLASS, TUPLE_SUBCLASS } from "./layout-types";
import type { Memory } from "./memory";
import { ELEMENT, type Names } from "./names";
import type { Name, Node } from "./node";
import { changedRows, type Past } from "./tables";
import type { TypeTable } from "./types";
import { nameOfBases, Visits } from "./visits";

/** How a namespace that belongs to one object alone is told from a dict of its own. */
export interface Namespaces {
  /** Whether nobody but `owner` holds the dict, whose items are then the owner's attributes. */
  belongs(dict: number, owner: Node): boolean;
}

const UNKNOWN = "?";
const LIMIT = 1 << 24;

export class References {
  /** Addresses of what is held; zero where there is nothing at this place. */
  readonly held: number[] = [];
  readonly names: Name[] = [];
  /** If not `whole`, these are of `places` among `total`; at all others it is as it was. */
  whole = true;
  readonly places: number[] = [];
  total = 0;
  /** Place from which on the collector does not see what is held. */
  opaque = Number.POSITIVE_INFINITY;
  /** Address of what is held weakly. */
  weak = 0;
  /** Regions that tell of a change: address and number of words in turn. */
  readonly regions: number[] = [];
  readonly #visits: Visits;

  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
    private readonly types: TypeTable,
    private readonly names_: Names,
    private readonly namespaces: Namespaces,
    private readonly past: Past,
  ) {
    this.#visits = new Visits(memory, layout);
  }

  /**
   * Read what a node holds into this object's fields.
   *
   * @returns false while the object is being made and must not be read yet.
   */
  read(node: Node): boolean {
    const { memory, layout } = this;
    const { at, type } = node;
    this.held.length = this.names.length = this.regions.length = this.places.length = 0;
    this.whole = true;
    this.opaque = Number.POSITIVE_INFINITY;
    this.weak = 0;
    const tracked = type.way !== "array" && type.way !== "tuple" && type.way !== "namespace";
    if (tracked && memory.u32(at + GC_LINK) === 0) {
      this.#region(at, 2);
      return false;
    }
    this.#region(at, this.#bodyWords(node));
    if (type.managedDict || type.weakoffset < 0) this.#region(at - 16, 2);
    switch (type.way) {
      case "array":
        this.#array(node);
        return true;
      case "list":
        if (type.bySubtype) this.#list(at);
        else this.#listTable(node);
        break;
      case "tuple":
        this.#items(at + layout.tupleItems, memory.u32(at + layout.tupleSize));
        break;
      case "dict":
        this.#dict(node);
        break;
      case "namespace":
        this.dictItems(at, true);
        this.#dictRegions(at);
        return true;
      case "set":
        this.#set(node);
        break;
      case "cell":
        this.#put(memory.u32(at + layout.cell), "cell_contents");
        return true;
      case "method":
        this.#put(memory.u32(at + layout.methodSelf), "__self__");
        this.#put(memory.u32(at + layout.methodFunction), "__func__");
        return true;
      case "weakref": {
        const target = memory.u32(at + layout.reference);
        this.weak = target === layout.facts.none ? 0 : target;
        this.#put(memory.u32(at + layout.referenceCallback), "__callback__");
        break;
      }
      case "instance":
        break;
      default:
        this.#visit(node);
        return true;
    }
    if (type.bySubtype) this.#attributes(node);
    return true;
  }

  #put(held: number, name: Name): void {
    this.held.push(held);
    this.names.push(name);
  }

  #region(start: number, words: number): void {
    if (words > 0 && words < LIMIT) this.regions.push(start, words);
  }

  #items(first: number, count: number): void {
    const heap = this.memory.module.HEAPU32;
    for (let i = 0; i < count; i++) {
      this.held.push(heap[(first >>> 2) + i]!);
      this.names.push(i);
    }
  }

  /** Items of a dict, by subscript, or plainly as those of a namespace. */
  dictItems(dict: number, plain = false, kind = ""): void {
    const { layout, names_: names } = this;
    dictEntries(this.memory, layout, dict, (key, value) => {
      if (plain && names.isText(key)) this.#put(value, this.#public(kind, names.text(key), value));
      else this.#item(key, value);
    });
  }

  /** A value by the subscript of its key, and the key. */
  #item(key: number, value: number): void {
    const { names_: names } = this;
    const shown = names.subscript(key);
    this.#put(value, shown ?? names.classOf(key));
    this.#put(key, shown === null ? ELEMENT : null);
  }

  /** The name by which a person knows an attribute; see `adapters.public_name`. */
  #public(kind: string, name: string, held: number): string {
    const known = this.layout.facts.adapter.public[kind]?.[name];
    if (known === undefined || kind !== "function") return known ?? name;
    const flags = this.memory.u32(this.memory.u32(held + 4) + this.layout.types.flags);
    return flags & (LIST_SUBCLASS | TUPLE_SUBCLASS) ? known : `${known}[0]`;
  }

  #bodyWords({ at, type }: Node): number {
    let bytes = type.basicsize;
    if (type.inline) bytes += 4 + 4 * this.memory.u8(at + type.basicsize);
    else if (type.itemsize && type.way === "tuple")
      bytes += type.itemsize * this.memory.u32(at + this.layout.tupleSize);
    return bytes >>> 2;
  }

  #array(node: Node): void {
    const { memory } = this;
    const layout = this.layout.arrays!;
    const { at, type } = node;
    this.#put(memory.u32(at + layout.base), "base");
    if (type.bySubtype) this.#attributes(node);
    const elements = elementsRegion(memory, this.layout, at);
    if (elements) this.#region(...elements);
    this.opaque = this.held.length;
    const owned = memory.u32(at + layout.flags) & OWNS;
    if (owned && memory.u32(at + layout.descr) === layout.objects) {
      const count = bytesOf(memory, layout, at) >>> 2;
      const data = memory.u32(at + layout.data);
      if (count < LIMIT) {
        this.#items(data, count);
        this.#region(data, count);
      }
    }
  }

  /**
   * Rows of a table, of which each holds `each` references. Of one that was read before,
   * only those that changed, and those where an address may mean another object.
   */
  #table(
    node: Node,
    first: number,
    rows: number,
    width: number,
    each: number,
    read: (row: number) => void,
  ): void {
    const before = node.type.bySubtype ? null : this.past.region(node, this.regions.length >>> 1);
    this.#region(first, rows * width);
    const past = before ? before.words / width : 0;
    if (!before || !past || node.out.length !== past * each) {
      for (let row = 0; row < rows; row++) read(row);
      return;
    }
    this.whole = false;
    this.total = rows * each;
    for (const row of changedRows(this.memory, this.past, before, first, rows, width)) {
      read(row);
      for (let i = 0; i < each; i++) this.places.push(row * each + i);
    }
  }

  #listTable(node: Node): void {
    const { memory, layout } = this;
    const size = memory.u32(node.at + layout.listSize);
    const items = memory.u32(node.at + layout.listItems);
    if (size > LIMIT) return;
    this.#table(node, items, size, 1, 1, (row) => this.#put(memory.u32(items + 4 * row), row));
  }

  #dict(node: Node): void {
    const { memory, layout } = this;
    const { at } = node;
    const table = entriesTable(memory, layout, at);
    if (!table || node.namespaceOf) {
      if (!node.namespaceOf) this.dictItems(at);
      this.#dictRegions(at);
      return;
    }
    const { first, rows, width } = table;
    this.#region(headOf(memory, layout, at), 1);
    this.#table(node, first, rows, width, 2, (row) => {
      const value = first + 4 * (width * (row + 1) - 1);
      if (memory.u32(value)) this.#item(memory.u32(value - 4), memory.u32(value));
      else {
        this.#put(0, null);
        this.#put(0, null);
      }
    });
  }

  #dictRegions(at: number): void {
    const { memory, layout } = this;
    const table = entriesTable(memory, layout, at);
    if (!table) this.#region(...valuesRegion(memory, layout, at));
    else {
      this.#region(headOf(memory, layout, at), 1);
      this.#region(table.first, table.rows * table.width);
    }
  }

  #set(node: Node): void {
    const { memory, layout } = this;
    const size = memory.u32(node.at + layout.setMask) + 1;
    const table = memory.u32(node.at + layout.setTable);
    if (size > LIMIT) return;
    this.#table(node, table, size, 2, 1, (row) => {
      const key = memory.u32(table + 8 * row);
      this.#put(key === layout.setDummy ? 0 : key, ELEMENT);
    });
  }

  /** Attributes of an instance of a class of Python's making: values, slots, `__dict__`. */
  #attributes(node: Node): void {
    const { memory, layout } = this;
    const { at, type } = node;
    const dict = this.#dictOf(node);
    const mine = dict !== 0 && this.namespaces.belongs(dict, node);
    if (dict) this.#put(dict, mine ? null : "__dict__");
    if (mine) this.dictItems(dict, true, type.kind);
    else if (type.inline && !dict && memory.u8(at + type.basicsize + layout.valuesValid))
      this.#inline(node);
    for (const { offset, name } of type.slots) {
      const held = memory.u32(at + offset);
      this.#put(held, held ? this.#public(type.kind, name, held) : name);
    }
    this.#put(type.at, null);
  }

  #dictOf({ at, type }: Node): number {
    if (type.managedDict) return this.memory.u32(at + this.layout.managedDict);
    return type.dictoffset > 0 ? this.memory.u32(at + type.dictoffset) : 0;
  }

  #inline({ at, type }: Node): void {
    const { memory, layout } = this;
    const keys = memory.u32(type.at + layout.types.cachedKeys);
    if (!keys) return;
    const first = entriesOf(memory, layout, keys);
    const count = memory.u8(at + type.basicsize);
    for (let i = 0; i < count; i++) {
      const value = memory.u32(at + type.basicsize + 4 + 4 * i);
      const name = value ? this.names_.text(memory.u32(first + 8 * i)) : "";
      this.#put(value, value ? this.#public(type.kind, name, value) : name);
    }
  }

  /** What the collector visits; names for what is found where the type's fields are. */
  #visit(node: Node): void {
    const { memory } = this;
    const { at, type } = node;
    const named = this.#namesOf(node);
    const isOwnClass = type.way === "class" && this.types.isOwn(at);
    const unknown = (held: number): Name => {
      if (isOwnClass) return nameOfBases(memory, this.layout, at, held);
      return type.way === "class" ? null : UNKNOWN;
    };
    let item = 0;
    for (const held of this.#visits.of(node)) {
      if (held === type.at) this.#put(held, null);
      else if (type.way === "deque") this.#put(held, item++);
      else {
        const name = named.get(held)?.pop();
        this.#put(held, name === undefined ? unknown(held) : name);
      }
    }
    if (type.way !== "class" && type.bySubtype) {
      const dict = this.#dictOf(node);
      const moved = !type.inline || !memory.u8(at + type.basicsize + this.layout.valuesValid);
      if (dict && moved && this.namespaces.belongs(dict, node))
        this.dictItems(dict, true, type.kind);
    }
    if (type.way === "class") this.#entries(node);
  }

  #namesOf(node: Node): Map<number, Name[]> {
    const { memory, layout } = this;
    const { at, type } = node;
    const found = new Map<number, Name[]>();
    const put = (held: number, name: Name): void => {
      const names = found.get(held);
      if (names) names.unshift(name);
      else if (held) found.set(held, [name]);
    };
    if (type.way === "function")
      for (const { offset, name } of layout.function)
        put(memory.u32(at + offset), name === "__globals__" ? null : name);
    for (const { offset, name } of type.members) put(memory.u32(at + offset), name);
    if (type.way === "builtin") put(memory.u32(at + layout.builtinSelf), "__self__");
    if (type.way === "exception")
      for (const { offset, name } of layout.exception) put(memory.u32(at + offset), name);
    if (type.way === "traceback")
      for (const { offset, name } of layout.traceback) put(memory.u32(at + offset), name);
    if (type.way === "generator") this.#locals(at + layout.generatorFrame, put);
    if (type.way === "frame") {
      const frame = memory.u32(at + layout.frameObject);
      if (memory.isAddress(frame)) this.#locals(frame, put);
    }
    if (type.like === "dict") this.#borrowNames(() => this.dictItems(at), put);
    if (type.like === "list") this.#borrowNames(() => this.#list(at), put);
    if (type.bySubtype && type.way !== "class")
      this.#borrowNames(() => this.#attributes(node), put);
    return found;
  }

  /** Read something for its names alone. */
  #borrowNames(read: () => void, put: (held: number, name: Name) => void): void {
    const before = this.held.length;
    read();
    for (let i = before; i < this.held.length; i++) put(this.held[i]!, this.names[i]!);
    this.held.length = this.names.length = before;
  }

  #list(at: number): void {
    const size = this.memory.u32(at + this.layout.listSize);
    const items = this.memory.u32(at + this.layout.listItems);
    if (!size || size > LIMIT) return;
    this.#items(items, size);
    this.#region(items, size);
  }

  /** Names of the variables of a frame. */
  #locals(frame: number, put: (held: number, name: Name) => void): void {
    const { memory, layout } = this;
    const code = (memory.u32(frame + layout.frame.code) & ~3) >>> 0;
    if (!memory.isAddress(code) || memory.u32(code + 4) !== layout.facts.types.code!.at) return;
    const names = memory.u32(code + layout.code.names);
    const count = memory.u32(code + layout.code.slots);
    for (let i = 0; i < count; i++) {
      const word = memory.u32(frame + layout.frame.slots + 4 * i);
      if ((word & 3) !== 3)
        put((word & ~3) >>> 0, this.names_.text(memory.u32(names + layout.tupleItems + 4 * i)));
    }
    put(memory.u32(frame + layout.frame.globals), null);
  }

  /** The namespace of a class: its own dict, which nobody else holds. */
  #entries(node: Node): void {
    const dict = this.memory.u32(node.at + this.layout.types.dict);
    if (!this.memory.isAddress(dict) || !this.namespaces.belongs(dict, node)) return;
    const before = this.held.length;
    this.dictItems(dict, true);
    if (!this.types.isOwn(node.at))
      for (let i = before; i < this.held.length; i++) this.names[i] = null;
  }
}
