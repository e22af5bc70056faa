/** Small values that help to recognise an object: a Variable's generation, an array's first values. */
import type { Recording } from "./recording";

type Value = string | number | boolean | null;

const indexes = new WeakMap<Recording, { upTo: number; of: Map<number, number[]> }>();

/** The newest value of an attribute at the event; undefined where it has none. */
export function attributeOf(
  r: Recording,
  object: number,
  name: string,
  event: number,
): Value | undefined {
  const row = rowsOf(r, object).findLast(
    (i) => r.attributes.name[i] === name && r.attributes.event[i]! <= event,
  );
  return row === undefined ? undefined : r.attributes.value[row];
}

function rowsOf(r: Recording, object: number): readonly number[] {
  let index = indexes.get(r);
  if (!index) {
    index = { upTo: 0, of: new Map() };
    indexes.set(r, index);
  }
  for (; index.upTo < r.attributes.object.length; index.upTo++) {
    const of = r.attributes.object[index.upTo]!;
    const rows = index.of.get(of);
    if (rows) rows.push(index.upTo);
    else index.of.set(of, [index.upTo]);
  }
  return index.of.get(object) ?? [];
}
