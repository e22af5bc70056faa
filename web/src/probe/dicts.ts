/** Dicts as they stand in memory: three kinds of tables of keys. */
import type { Layout } from "./layout";
import type { Memory } from "./memory";

/** Keys and their hashes; keys that are texts, without; keys that instances of a class share. */
const GENERAL = 0;
const SHARED = 2;

/** Calls `each` with key, value and place of every entry, in order. Values may be missing. */
export function dictEntries(
  memory: Memory,
  layout: Layout,
  dict: number,
  each: (key: number, value: number, place: number) => void,
): void {
  const keys = memory.u32(dict + layout.dictKeys);
  const values = memory.u32(dict + layout.dictValues);
  const kind = memory.u8(keys + layout.keysKind);
  const first = entriesOf(memory, layout, keys);
  if (values) {
    const count = memory.u8(values);
    for (let i = 0; i < count; i++) {
      const value = memory.u32(values + 4 + 4 * i);
      if (value) each(memory.u32(first + 8 * i), value, i);
    }
    return;
  }
  const count = memory.u32(keys + layout.keysEntries);
  const width = kind === GENERAL ? 12 : 8;
  const shift = kind === GENERAL ? 4 : 0;
  if (kind === SHARED) return;
  for (let i = 0; i < count; i++) {
    const entry = first + width * i + shift;
    const value = memory.u32(entry + 4);
    if (value) each(memory.u32(entry), value, i);
  }
}

/** Address of the first entry of a table of keys. */
export function entriesOf(memory: Memory, layout: Layout, keys: number): number {
  return keys + layout.keysIndices + (1 << memory.u8(keys + layout.keysIndexLog2));
}

/** Entries of a dict in one piece: key and value are the last two words of each row. */
export interface Entries {
  first: number;
  rows: number;
  /** Words of a row. */
  width: number;
}

/** Null where the values stand apart, in an instance or for it. */
export function entriesTable(memory: Memory, layout: Layout, dict: number): Entries | null {
  const keys = memory.u32(dict + layout.dictKeys);
  if (memory.u32(dict + layout.dictValues)) return null;
  const kind = memory.u8(keys + layout.keysKind);
  return {
    first: entriesOf(memory, layout, keys),
    rows: kind === SHARED ? 0 : memory.u32(keys + layout.keysEntries),
    width: kind === GENERAL ? 3 : 2,
  };
}

/** Where a dict tells how many entries it has. */
export function headOf(memory: Memory, layout: Layout, dict: number): number {
  return memory.u32(dict + layout.dictKeys) + layout.keysEntries;
}

/** The words of values that stand apart. */
export function valuesRegion(memory: Memory, layout: Layout, dict: number): [number, number] {
  const values = memory.u32(dict + layout.dictValues);
  return [values, 1 + memory.u8(values)];
}
