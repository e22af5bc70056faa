/** The table of objects: every one born up to an event, in any order, in part or whole. */
import type { Kind } from "./format";
import { firstNameOf, namesOf } from "./holders";
import { NOWHERE, type Place, placeOfDeath, placeOfStack } from "./places";
import { type Recording, upTo } from "./recording";
import { bytesOf, countOf, type Death, deathOf, labelOf, type State, stateOf } from "./replay";

export interface Row {
  readonly name: string;
  readonly kind: Kind;
  readonly type: string;
  readonly state: State;
  readonly count: number;
  readonly weak: number;
  readonly bytes: number;
  readonly born: Place;
  readonly died: Place;
  readonly death: Death | null;
  readonly label: string;
}

export function rowOf(r: Recording, object: number, event: number): Row {
  const state = stateOf(r, object, event);
  const dead = state === "dead";
  const { count, weak } = countOf(r, object, event);
  const label = labelOf(r, object);
  const names = dead ? [firstNameOf(r, object, event)] : namesOf(r, object, event);
  const death = dead ? deathOf(r, object) : null;
  return {
    name: names.filter(Boolean).join(", ") || label,
    kind: r.objects.kind[object]!,
    type: r.objects.type[object]!,
    state,
    count,
    weak,
    bytes: bytesOf(r, object),
    born: placeOfStack(r, r.objects.stack[object]!),
    died: dead ? placeOfDeath(r, object) : NOWHERE,
    death,
    label,
  };
}

export type Column = Exclude<keyof Row, "kind" | "death"> | "cause";
export interface Order {
  readonly column: Column;
  readonly down: boolean;
}

const STATES: readonly State[] = ["alive", "unreachable", "dead", "unborn"];
/** The console comes after the program. */
const order = ({ input, line }: Place): number => 1e6 * input + line;
const VALUES: Record<Column, (row: Row) => string | number> = {
  name: ({ name }) => name.toLowerCase(),
  type: ({ type }) => type.toLowerCase(),
  state: ({ state }) => STATES.indexOf(state),
  count: ({ count }) => count,
  weak: ({ weak }) => weak,
  bytes: ({ bytes }) => bytes,
  born: ({ born }) => order(born),
  died: ({ died }) => order(died),
  cause: ({ death }) => death?.by ?? "",
  label: ({ label }) => label.toLowerCase(),
};

/** Objects born up to the event, without those of hidden kinds and those that do not hold the text. */
export function rowsAt(
  r: Recording,
  event: number,
  hidden: readonly Kind[],
  text: string,
  order: Order | null,
): readonly number[] {
  const born = upTo(r.shown, upTo(r.objects.born, event) - 1);
  const wanted = text.trim().toLowerCase();
  let rows = r.shown.slice(0, born);
  if (hidden.length) rows = rows.filter((object) => !hidden.includes(r.objects.kind[object]!));
  if (wanted) {
    rows = rows.filter((object) => {
      if (labelOf(r, object).toLowerCase().includes(wanted)) return true;
      return rowOf(r, object, event).name.toLowerCase().includes(wanted);
    });
  }
  return order ? sorted(r, rows, event, order) : rows;
}

/** Of equals, the one that was born first comes first, whichever way. */
function sorted(
  r: Recording,
  rows: readonly number[],
  event: number,
  { column, down }: Order,
): number[] {
  const keyed = rows.map((object) => ({ object, key: VALUES[column](rowOf(r, object, event)) }));
  const way = down ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === b.key) return a.object - b.object;
    return a.key < b.key ? -way : way;
  });
  return keyed.map(({ object }) => object);
}
