/** Where lists, tuples, dicts and sets keep their items. */
import type { Facts } from "./facts";
import type { Finder } from "./finder";
import { TYPE, type TypeLayout } from "./layout-types";

export interface ContainerLayout {
  listSize: number;
  listItems: number;
  tupleSize: number;
  tupleItems: number;
  dictKeys: number;
  dictValues: number;
  keysIndexLog2: number;
  keysKind: number;
  keysEntries: number;
  keysIndices: number;
  setMask: number;
  setTable: number;
  setDummy: number;
}

export function findContainers(find: Finder, facts: Facts, types: TypeLayout): ContainerLayout {
  const { memory } = find;
  const object = (name: string): number => facts.objects[name]!;
  const [a, b, c] = facts.words.map(([at]) => at) as [number, number, number];
  const listSize = find.offset(
    "the length of a list",
    [
      [object("list"), 3],
      [object("list4"), 4],
    ],
    8,
    20,
  );
  const listItems = find.first("the items of a list", 8, 20, (i) => {
    const [three, four] = [memory.u32(object("list") + i), memory.u32(object("list4") + i)];
    return find.pointsTo(three, [a, b, c]) && find.pointsTo(four, [c, b, a, c]);
  });
  const tupleItems = find.first("the items of a tuple", 8, 24, (i) =>
    [a, b, c].every((item, n) => memory.u32(object("tuple") + i + 4 * n) === item),
  );
  const tupleSize = find.offset("the length of a tuple", [[object("tuple"), 3]], 8, tupleItems);

  const dict = object("dict");
  const mixed = object("mixed");
  let keysEntries = 0;
  const dictKeys = find.first("the entries of a dict", 8, 32, (i) => {
    const keys = memory.u32(dict + i);
    if (!memory.isAddress(keys)) return false;
    const entries = [a, b, b, c, c, a];
    for (let from = 8; from < 80; from += 4)
      if (entries.every((word, n) => memory.u32(keys + from + 4 * n) === word)) {
        keysEntries = from;
        return true;
      }
    return false;
  });
  const unicode = memory.u32(dict + dictKeys);
  const general = memory.u32(mixed + dictKeys);
  const keysKind = find.first(
    "the kind of a dict",
    4,
    12,
    (i) => memory.u8(unicode + i) === 1 && memory.u8(general + i) === 0,
    1,
  );
  const keysIndexLog2 = keysKind - 1;
  const keysIndices = keysEntries - (1 << memory.u8(unicode + keysIndexLog2));
  const keysCount = keysIndices - 4;
  const first = general + keysIndices + (1 << memory.u8(general + keysIndexLog2));
  find.need(
    memory.u32(unicode + keysCount) === 3 &&
      memory.u32(general + keysCount) === 3 &&
      memory.u32(first + 8) === a &&
      memory.u32(first + 12 + 8) === b,
    "the entries of a dict",
  );

  const set = object("set");
  const holed = object("holed");
  const setTable = find.first("the table of a set", 8, types.sizeOf(facts.types.set!.at), (i) => {
    const table = memory.u32(set + i);
    if (!memory.isAddress(table)) return false;
    const keys = new Set(Array.from({ length: 8 }, (_, n) => memory.u32(table + 8 * n)));
    return [a, b, c].every((item) => keys.has(item));
  });
  const setMask = find.offset(
    "the size of a set",
    [
      [set, 7],
      [holed, 7],
    ],
    8,
    setTable,
  );
  const table = memory.u32(holed + setTable);
  const keys = Array.from({ length: 8 }, (_, n) => memory.u32(table + 8 * n)).filter((at) => at);
  const setDummy = keys.find((at) => memory.u32(at + TYPE) !== facts.types.int!.at) ?? 0;
  find.need(keys.length === 2 && setDummy !== 0, "what was removed from a set");
  return {
    listSize,
    listItems,
    tupleSize,
    tupleItems,
    dictKeys,
    dictValues: dictKeys + 4,
    keysIndexLog2,
    keysKind,
    keysEntries: keysCount,
    keysIndices,
    setMask,
    setTable,
    setDummy,
  };
}
