/**
 * Checks of what comes in, made before anything is stored: a recording may come
 * from a link or a file, so no index or length in it is taken on trust.
 */
import { TraceError } from "./errors";

export const damaged = (detail: string): TraceError => new TraceError({ code: "damaged", detail });

/** All columns of a table as long as each other; returns that length. */
export function rows(table: string, columns: object): number {
  let length = -1;
  for (const [name, column] of Object.entries(columns)) {
    if (!Array.isArray(column)) throw damaged(`${table}.${name} is not a column`);
    if (length >= 0 && column.length !== length) {
      throw damaged(`the columns of ${table} have ${length} and ${column.length} rows`);
    }
    length = column.length;
  }
  return length;
}

/** A value as a sentence shows it, whatever it is. */
export const brief = (value: unknown): string =>
  typeof value === "object" && value !== null ? "no number" : String(value).slice(0, 40);

/** Text, and nothing that becomes text when it is asked to. */
export function textual(what: string, value: unknown): string {
  if (typeof value !== "string") throw damaged(`${what} is not text`);
  return value;
}

/** A whole number from `low` up to, but not including, `limit`. */
export function place(what: string, value: unknown, limit: number, low = 0): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < low || value >= limit) {
    throw damaged(`${what} is ${brief(value)}, but must lie from ${low} to ${limit - 1}`);
  }
  return value;
}

/** A place in a table of `limit` rows, or -1 for none. */
export const reference = (what: string, value: unknown, limit: number): number =>
  place(what, value, limit, -1);

export const natural = (what: string, value: unknown): number =>
  place(what, value, Number.MAX_SAFE_INTEGER);

/** Delta-coded events to absolute ones; never falling, because deltas are natural. */
export function absolute(what: string, deltas: readonly number[], start: number): number[] {
  const events = new Array<number>(deltas.length);
  let event = start;
  for (let i = 0; i < deltas.length; i++) {
    event += natural(what, deltas[i]);
    events[i] = event;
  }
  return events;
}

/** One of the words that the schema lists. */
export function word<T extends string>(what: string, value: unknown, words: ReadonlySet<T>): T {
  if (!words.has(value as T)) throw damaged(`${what} is not a word that is known there`);
  return value as T;
}

export type Scalar = string | number | boolean | null;

/** A value to be shown: no object, whatever it may say of itself. */
export function scalar(what: string, value: unknown): Scalar {
  if (value === null || value === undefined) return null;
  if (typeof value === "object") throw damaged(`${what} is neither text nor number`);
  return value as Scalar;
}
