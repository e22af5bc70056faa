/** Where numpy's arrays keep their shape, their memory and its owner. */
import type { ArrayFacts, Facts } from "./facts";
import type { Finder } from "./finder";
import type { Memory } from "./memory";

export interface ArrayLayout {
  type: number;
  data: number;
  rank: number;
  shape: number;
  strides: number;
  base: number;
  descr: number;
  flags: number;
  itemsize: number;
  /** Bytes of an `ndarray` object. */
  size: number;
  /** In a dtype: letter of its kind, and two bytes later that of its order of bytes. */
  kind: number;
  /** Names of the dtypes that exist once. */
  names: ReadonlyMap<number, string>;
  /** dtype of objects. */
  objects: number;
}

/** The array frees its memory itself. */
export const OWNS = 4;

export function findArrays(find: Finder, facts: Facts): ArrayLayout | null {
  const { numpy } = facts;
  if (!numpy) return null;
  const { memory } = find;
  const { arrays, dtypes } = numpy;
  const size = memory.u32(numpy.ndarray + 16);
  const to = size > 24 && size < 200 ? size : 64;
  const by = (what: string, value: (array: ArrayFacts) => number): number =>
    find.offset(
      what,
      arrays.map((array) => [array.at, value(array)] as const),
      8,
      to,
    );
  const shape = find.first("the shape of an array", 8, to, (i) =>
    arrays.every(
      (array) => !array.shape.length || find.pointsTo(memory.u32(array.at + i), array.shape),
    ),
  );
  const found: ArrayLayout = {
    type: numpy.ndarray,
    data: by("the memory of an array", (array) => array.data),
    rank: by("the rank of an array", (array) => array.shape.length),
    shape,
    strides: find.first("the strides of an array", 8, to, (i) =>
      arrays.every(
        (array) => !array.shape.length || find.pointsTo(memory.u32(array.at + i), array.strides),
      ),
    ),
    base: by("the base of an array", (array) => array.base),
    descr: by("the dtype of an array", (array) => array.descr),
    flags: by("the flags of an array", (array) => array.flags),
    itemsize: find.offset(
      "the size of a dtype",
      dtypes.map(({ at, itemsize }) => [at, itemsize] as const),
      8,
      80,
    ),
    size,
    kind: find.first(
      "the kind of a dtype",
      8,
      40,
      (i) => dtypes.every(({ at, kind }) => memory.u8(at + i) === kind.charCodeAt(0)),
      1,
    ),
    names: new Map(dtypes.map(({ at, name }) => [at, name])),
    objects: dtypes.find(({ name }) => name === "object")!.at,
  };
  for (const array of arrays) {
    find.need(bytesOf(memory, found, array.at) === array.nbytes, "the bytes of an array");
    const owns = (memory.u32(array.at + found.flags) & OWNS) !== 0;
    find.need(owns === array.owned, "the owner of an array's memory");
  }
  return found;
}

/** `nbytes` of an array. */
export function bytesOf(memory: Memory, layout: ArrayLayout, array: number): number {
  let bytes = memory.u32(memory.u32(array + layout.descr) + layout.itemsize);
  for (const length of shapeOf(memory, layout, array)) bytes *= length;
  return bytes;
}

export function shapeOf(memory: Memory, layout: ArrayLayout, array: number): number[] {
  const rank = memory.u32(array + layout.rank);
  const lengths = memory.u32(array + layout.shape);
  return Array.from({ length: rank }, (_, i) => memory.u32(lengths + 4 * i));
}
