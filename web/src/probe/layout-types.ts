/** Where a class keeps what its instances look like. */
import type { Facts } from "./facts";
import type { Finder } from "./finder";

/** In every object: its class. */
export const TYPE = 4;
/** Before the object: the collector's link, zero while the object is not tracked. */
export const GC_LINK = -8;

export const HAVE_GC = 1 << 14;
export const HEAP_TYPE = 1 << 9;
export const INLINE_VALUES = 1 << 2;
export const MANAGED_DICT = 1 << 4;
export const LIST_SUBCLASS = 1 << 25;
export const TUPLE_SUBCLASS = 1 << 26;
export const TYPE_SUBCLASS = 1 << 31;

export interface TypeLayout {
  name: number;
  basicsize: number;
  itemsize: number;
  flags: number;
  traverse: number;
  base: number;
  mro: number;
  dict: number;
  members: number;
  dictoffset: number;
  weaklistoffset: number;
  finalize: number;
  /** Found with the instances. */
  cachedKeys: number;
  /** Bytes of a class object itself. */
  size: number;
  sizeOf(type: number): number;
}

export function findTypes(find: Finder, facts: Facts): TypeLayout {
  const { memory } = find;
  const all = Object.values(facts.types);
  const size = facts.types.type!.basicsize;
  const by = (
    what: string,
    value: (type: (typeof all)[number]) => number,
    from: number,
    to: number,
  ): number =>
    find.offset(
      what,
      all.map((type) => [type.at, value(type)] as const),
      from,
      to,
    );
  const basicsize = by("the size of instances", (t) => t.basicsize, 8, 64);
  const itemsize = by("the size of items", (t) => t.itemsize, basicsize + 4, 64);
  const flags = by("the flags of a class", (t) => t.flags, 8, 160);
  const base = by("the base of a class", (t) => t.base, flags, 240);
  const mro = by("the bases of a class", (t) => t.mro, flags, 240);
  const dictoffset = by("the place of __dict__", (t) => t.dictoffset, base, 240);
  const weaklistoffset = by(
    "the place of weak references",
    (t) => t.weakrefoffset,
    flags,
    dictoffset,
  );
  const own = [facts.types.plain!.at, facts.types.slotted!.at];
  const dict = find.offset(
    "the namespace of a class",
    [
      [own[0]!, facts.dicts.plain!],
      [own[1]!, facts.dicts.slotted!],
    ],
    flags,
    dictoffset,
  );
  const name = basicsize - 4;
  for (const type of all) {
    const full = memory.cString(memory.u32(type.at + name));
    find.need(full.slice(full.lastIndexOf(".") + 1) === type.name, "the name of a class");
  }
  const slotted = facts.objects.slotted!;
  const [a, , c] = facts.words.map(([at]) => at) as [number, number, number];
  const members = find.first("the slots of a class", flags, dictoffset, (i) => {
    const first = memory.u32(facts.types.slotted!.at + i);
    if (!memory.isAddress(first)) return false;
    const [one, two] = [memory.u32(first + 8), memory.u32(first + 20 + 8)];
    return (
      one < 200 && two < 200 && memory.u32(slotted + one) === a && memory.u32(slotted + two) === c
    );
  });
  const finalizers = find.where(dictoffset, 240, (i) => {
    const word = (type: string) => memory.u32(facts.types[type]!.at + i);
    const own = word("final");
    return (
      own !== 0 &&
      own === word("final2") &&
      word("generator") !== 0 &&
      ["plain", "slotted", "list", "tuple", "dict", "object"].every((type) => word(type) === 0)
    );
  });
  find.need(finalizers.length === 1, "the finalizer of a class");
  const traverse = flags + 8;
  visits(find, memory.u32(facts.types.list!.at + traverse), facts);
  return {
    name,
    basicsize,
    itemsize,
    flags,
    traverse,
    base,
    mro,
    dict,
    members,
    dictoffset,
    weaklistoffset,
    finalize: finalizers[0]!,
    cachedKeys: 0,
    size,
    sizeOf: (type) => memory.u32(type + basicsize),
  };
}

/** Whether this is the function by which the collector visits what a list holds. */
function visits(find: Finder, traverse: number, facts: Facts): void {
  const { module } = find.memory;
  const met: number[] = [];
  const visitor = module.addFunction((object) => {
    met.push(object! >>> 0);
    return 0;
  }, "iii");
  const run = module.wasmTable.get(traverse) as unknown;
  find.need(typeof run === "function", "what the collector visits");
  (run as (object: number, visit: number, data: number) => number)(facts.objects.list!, visitor, 0);
  module.removeFunction(visitor);
  const words = facts.words.map(([at]) => at);
  find.need(
    met.length === 3 && words.every((word) => met.includes(word)),
    "what the collector visits",
  );
}
