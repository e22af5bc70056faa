/** What is known of a class: how its instances are read, and how the trace shows them. */

import { dictEntries } from "./dicts";
import type { Field, Layout } from "./layout";
import { HAVE_GC, HEAP_TYPE, INLINE_VALUES, MANAGED_DICT, TYPE_SUBCLASS } from "./layout-types";
import type { Memory } from "./memory";
import { AddressTable } from "./node";

/** In which way the references of instances are read. */
export type Way =
  | "leaf"
  | "array"
  | "list"
  | "tuple"
  | "dict"
  | "namespace"
  | "set"
  | "function"
  | "method"
  | "builtin"
  | "cell"
  | "generator"
  | "weakref"
  | "exception"
  | "traceback"
  | "frame"
  | "deque"
  | "class"
  | "instance"
  | "other";

export interface TypeInfo {
  readonly at: number;
  readonly name: string;
  /** As in the trace. */
  readonly kind: string;
  /** Followed from birth to death, whoever holds it. */
  readonly shown: boolean;
  /** The collector knows its instances, or they are arrays: they stand in the graph. */
  readonly followed: boolean;
  readonly way: Way;
  readonly flags: number;
  readonly basicsize: number;
  readonly itemsize: number;
  readonly inline: boolean;
  readonly managedDict: boolean;
  /** Attributes in the instance that classes of Python's making have: `__slots__`. */
  readonly slots: readonly Field[];
  /** Attributes in the instance that classes written in C tell of: names for what they visit. */
  readonly members: readonly Field[];
  readonly dictoffset: number;
  readonly weakoffset: number;
  readonly traverse: number;
  /** References are visited by the type's own function, over all classes of the program. */
  readonly bySubtype: boolean;
  /** A change need not show in the regions compared: read anew each time. */
  readonly restless: boolean;
  /** A method of the program may run, and bring it back, when its count is zero. */
  readonly finalizer: boolean;
  /** A container whose own references are more than its items. */
  readonly like: "list" | "dict" | null;
}

const T_OBJECT = 6;
const T_OBJECT_EX = 16;

export class TypeTable {
  #known = new AddressTable<TypeInfo>();
  readonly #subtypeTraverse: number;
  readonly #simple: Set<number>;

  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
  ) {
    const { facts, types } = layout;
    this.#subtypeTraverse = memory.u32(facts.types.plain!.at + types.traverse);
    const simple = ["list", "tuple", "dict", "set", "frozenset", "function", "method", "cell"];
    simple.push("builtin", "weakref", "memoryview", "exception", "traceback", "module");
    const traverses = [...simple.map((name) => facts.types[name]!.at), ...facts.simple];
    this.#simple = new Set(traverses.map((at) => memory.u32(at + types.traverse)));
    this.#simple.add(0);
  }

  /** Forget what may have changed between two programs. */
  clear(): void {
    this.#known.clear();
  }

  forget(type: number): void {
    if (this.#known.get(type)) this.#known.set(type, undefined);
  }

  of(object: number): TypeInfo {
    return this.get(this.memory.u32(object + 4));
  }

  get(at: number): TypeInfo {
    let found = this.#known.get(at);
    if (!found) {
      found = this.#read(at);
      this.#known.set(at, found);
    }
    return found;
  }

  /** As `get`, for a word that may be no class at all. */
  safely(at: number): TypeInfo | undefined {
    const known = this.#known.get(at);
    if (known) return known;
    const { memory, layout } = this;
    const type = layout.facts.types.type!.at;
    if (!memory.isAddress(at)) return undefined;
    const meta = memory.u32(at + 4);
    const isType =
      meta === type || (memory.isAddress(meta) && meta !== at && memory.u32(meta + 4) === type);
    return isType ? this.get(at) : undefined;
  }

  /** Whether the program defines this class. */
  isOwn(type: number): boolean {
    return this.#module(type) === this.layout.facts.adapter.module;
  }

  /** Of a running frame, which is no object. */
  frame(kind: string, name: string): TypeInfo {
    return { ...this.get(this.layout.facts.types.object!.at), kind, name, way: "leaf" };
  }

  /** Of the dict that is a module's namespace. */
  module(name: string): TypeInfo {
    const dict = this.get(this.layout.facts.types.dict!.at);
    return { ...dict, kind: "module", name, way: "namespace" };
  }

  #read(at: number): TypeInfo {
    const { memory, layout } = this;
    const { types, arrays, facts } = layout;
    const flags = memory.u32(at + types.flags);
    const bases = this.#bases(at);
    const is = (name: string): boolean => bases.includes(facts.types[name]!.at);
    const isArray = arrays !== null && bases.includes(arrays.type);
    const collected = (flags & HAVE_GC) !== 0;
    const traverse = memory.u32(at + types.traverse);
    const bySubtype = traverse === this.#subtypeTraverse;
    const inherited = bySubtype ? this.#inheritedTraverse(at) : traverse;
    const kind = this.#shownKind(at, bases, isArray);
    const way = this.#way(is, isArray, collected, bySubtype, inherited);
    return {
      at,
      name: this.#name(at),
      kind: kind ?? this.#otherKind(at, is),
      shown: kind !== null,
      followed: collected || isArray,
      way,
      flags,
      basicsize: memory.u32(at + types.basicsize),
      itemsize: memory.u32(at + types.itemsize),
      inline: (flags & INLINE_VALUES) !== 0,
      managedDict: (flags & MANAGED_DICT) !== 0,
      slots: bySubtype || isArray ? this.#members(bases, true) : [],
      members: collected && way === "other" ? this.#members(bases, false) : [],
      dictoffset: memory.u32(at + types.dictoffset) | 0,
      weakoffset: memory.u32(at + types.weaklistoffset) | 0,
      traverse,
      bySubtype,
      restless:
        !isArray &&
        collected &&
        way !== "class" &&
        (way === "generator" || way === "frame" || !this.#simple.has(inherited)),
      finalizer: memory.u32(at + types.finalize) !== 0,
      like: way !== "other" ? null : is("dict") ? "dict" : is("list") ? "list" : null,
    };
  }

  #way(
    is: (name: string) => boolean,
    isArray: boolean,
    collected: boolean,
    bySubtype: boolean,
    inherited: number,
  ): Way {
    if (isArray) return "array";
    if (!collected) return "leaf";
    const names = [
      "list",
      "tuple",
      "dict",
      "set",
      "function",
      "method",
      "builtin",
      "cell",
    ] as const;
    const { memory, layout } = this;
    const traverseOf = (name: string): number =>
      memory.u32(layout.facts.types[name]!.at + layout.types.traverse);
    for (const name of names) if (is(name) && inherited === traverseOf(name)) return name;
    if (is("frozenset")) return "set";
    if (is("generator") || is("coroutine") || is("async_generator")) return "generator";
    if (is("weakref")) return "weakref";
    if (is("exception")) return "exception";
    if (is("traceback")) return "traceback";
    if (is("frame")) return "frame";
    if (is("deque")) return "deque";
    if (is("type")) return "class";
    return bySubtype && inherited === 0 ? "instance" : "other";
  }

  /** `__mro__`, the class itself first. */
  #bases(at: number): number[] {
    const { memory, layout } = this;
    const mro = memory.u32(at + layout.types.mro);
    if (!memory.isAddress(mro)) return [at];
    const length = memory.u32(mro + layout.tupleSize);
    return Array.from({ length }, (_, i) => memory.u32(mro + layout.tupleItems + 4 * i));
  }

  #name(at: number): string {
    const { memory, layout } = this;
    const full = memory.cString(memory.u32(at + layout.types.name));
    const heap = memory.u32(at + layout.types.flags) & HEAP_TYPE;
    // Classes written in Python have the bare name there, with whatever dots it has.
    return heap && this.#module(at) !== full.slice(0, full.lastIndexOf("."))
      ? full
      : full.slice(full.lastIndexOf(".") + 1);
  }

  #module(at: number): string {
    const { memory, layout } = this;
    const dict = memory.u32(at + layout.types.dict);
    if (!memory.isAddress(dict)) return "builtins";
    const text = layout.facts.types.str!.at;
    let found = "builtins";
    dictEntries(memory, layout, dict, (key, value) => {
      if (memory.u32(key + 4) !== text || memory.u32(value + 4) !== text) return;
      if (layout.texts.read(key) === "__module__") found = layout.texts.read(value);
    });
    return found;
  }

  /** The kinds of `livegrad.liveness.adapters`, by the same rules. */
  #shownKind(at: number, bases: number[], isArray: boolean): string | null {
    const { facts } = this.layout;
    const { adapter } = facts;
    if (isArray) return "array";
    if (bases.includes(facts.types.type!.at) || bases.includes(facts.types.exception!.at))
      return null;
    let own = this.#module(at) === adapter.module;
    for (const base of bases) {
      const module = this.#module(base);
      const kind = adapter.seen[this.#name(base)];
      if (kind && adapter.packages.includes(module.split(".")[0]!)) return kind;
      const around = module.slice(0, Math.max(module.lastIndexOf("."), 0));
      own ||= adapter.parts.includes(module) || adapter.parts.includes(around);
    }
    return own ? "instance" : null;
  }

  #otherKind(at: number, is: (name: string) => boolean): string {
    const kinds: [string, string][] = [
      ...["list", "tuple", "dict", "set", "frozenset"].map(
        (n) => [n, "container"] as [string, string],
      ),
      ["weakref", "weakref"],
      ["exception", "exception"],
    ];
    for (const [name, kind] of kinds) if (is(name)) return kind;
    const exact: Record<string, string> = {
      function: "closure",
      method: "method",
      builtin: "method",
      cell: "cell",
      frame: "frame",
      generator: "generator",
      coroutine: "generator",
      async_generator: "generator",
    };
    for (const [name, kind] of Object.entries(exact))
      if (this.layout.facts.types[name]!.at === at) return kind;
    return "other";
  }

  #members(bases: number[], ofPython: boolean): Field[] {
    const { memory, layout } = this;
    const { types } = layout;
    const found: Field[] = [];
    for (const base of bases) {
      const isOfPython = memory.u32(base + types.traverse) === this.#subtypeTraverse;
      if (isOfPython !== ofPython) continue;
      let member = memory.u32(base + types.members);
      for (
        let n = 0;
        memory.isAddress(member) && memory.u32(member) && n < 400;
        n++, member += 20
      ) {
        const type = memory.u32(member + 4);
        if (type === T_OBJECT || type === T_OBJECT_EX)
          found.push({ offset: memory.u32(member + 8), name: memory.cString(memory.u32(member)) });
      }
    }
    return found;
  }

  /** What the first base that is not of Python's making visits. */
  #inheritedTraverse(at: number): number {
    const { memory, layout } = this;
    const { traverse, base } = layout.types;
    let here = at;
    while (here && memory.u32(here + traverse) === this.#subtypeTraverse)
      here = memory.u32(here + base);
    return here ? memory.u32(here + traverse) : 0;
  }
}

export const isClass = (info: TypeInfo): boolean => (info.flags & TYPE_SUBCLASS) !== 0;
