/**
 * A recording in memory: the tables of trace.schema.json with absolute events,
 * intervals closed, and the indexes that make every question about an instant a
 * binary search. Chunks are appended while the program runs; nothing is ever
 * rewritten but the end of an interval that was open.
 *
 * The replay (replay.ts) asks; only the decoder (decode.ts) writes.
 */
import type { Fault } from "../runtime/faults";
import type { Wear } from "../runtime/messages";
import type { Cause, End, Header, Kind } from "./format";

/** An interval that nothing has closed yet. */
export const OPEN = Number.MAX_SAFE_INTEGER;

export type Strength = "strong" | "weak" | "borrowed";

/** The kinds that the page lists and draws; the others are walked through or are roots. */
const SHOWN: ReadonlySet<Kind> = new Set<Kind>([
  "variable",
  "parameter",
  "function",
  "array",
  "instance",
]);
export const isShown = (kind: Kind): boolean => SHOWN.has(kind);

/** A running total with the event of each change; the newest row at or before an event holds. */
export interface Curve {
  readonly event: number[];
  readonly total: number[];
}
/** A curve that knows its highest total up to each row. */
export interface PeakedCurve extends Curve {
  readonly peak: number[];
}

export class Recording {
  header: Header | null = null;
  end: End | null = null;
  /** Which limit ended it, known before the program has come to its end. */
  limit: string | null = null;
  /** Why the interpreter that made it is of no more use; nothing that a file tells. */
  worn: Wear | null = null;
  /** Of what the interpreter died that made it; nothing that a file tells. */
  fault: Fault | null = null;
  /** Grows with every part; views that keep something derived compare it. */
  version = 0;

  readonly strings: string[] = [];
  readonly files = { name: [] as string[], text: [] as (string | null)[] };
  readonly locations = {
    file: [] as number[],
    function: [] as string[],
    line: [] as number[],
    /** Steps that executed this location, in order: its passes. */
    steps: [] as number[][],
  };
  readonly stacks = { location: [] as number[], parent: [] as number[] };
  readonly steps = { location: [] as number[], depth: [] as number[], last: [] as number[] };

  readonly objects = {
    born: [] as number[],
    died: [] as number[],
    kind: [] as Kind[],
    type: [] as string[],
    /** Number among the objects of its type in order of birth, from 1. */
    number: [] as number[],
    stack: [] as number[],
    /** Row of deaths, or -1. */
    death: [] as number[],
    /** Row of arrays, or -1. */
    array: [] as number[],
    /** Rows of edges to it, from it, of counts of it, of islands it is in; in order of events. */
    held: [] as number[][],
    holds: [] as number[][],
    counts: [] as number[][],
    islands: [] as number[][],
  };
  readonly arrays = {
    object: [] as number[],
    shape: [] as number[][],
    dtype: [] as string[],
    buffer: [] as number[],
  };
  readonly buffers = {
    born: [] as number[],
    freed: [] as number[],
    owner: [] as number[],
    nbytes: [] as number[],
  };
  readonly edges = {
    from: [] as number[],
    to: [] as number[],
    holder: [] as number[],
    held: [] as number[],
    name: [] as string[],
    strength: [] as Strength[],
  };
  readonly counts = {
    event: [] as number[],
    object: [] as number[],
    count: [] as number[],
    weak: [] as number[],
    unexplained: [] as number[],
  };
  readonly deaths = {
    event: [] as number[],
    object: [] as number[],
    stack: [] as number[],
    cause: [] as Cause[],
    edge: [] as number[],
    collection: [] as number[],
  };
  readonly islands = { from: [] as number[], to: [] as number[], members: [] as number[][] };
  readonly collections = {
    event: [] as number[],
    start: [] as number[],
    stack: [] as number[],
    generation: [] as number[],
    trigger: [] as ("call" | "automatic")[],
    collected: [] as number[],
  };
  readonly output = {
    event: [] as number[],
    stream: [] as ("stdout" | "stderr")[],
    text: [] as string[],
  };
  readonly attributes = {
    event: [] as number[],
    object: [] as number[],
    name: [] as string[],
    value: [] as (string | number | boolean | null)[],
  };

  /** Objects of the shown kinds, in order of birth: the rows of the table. */
  readonly shown: number[] = [];
  /** Names of a frame that are arguments. */
  readonly argumentsOf = new Map<number, string[]>();
  /** Frames and modules: where names live. */
  readonly frames: number[] = [];
  /** Bytes that arrays own, and living objects of the shown kinds, over events. */
  readonly bytes: PeakedCurve = { event: [], total: [], peak: [] };
  readonly living: PeakedCurve = { event: [], total: [], peak: [] };
  /** Events at which an object of a shown kind died, in order. */
  readonly falls: number[] = [];
  /** Edges in the order in which they ended: the other index of their intervals. */
  readonly ended = { event: [] as number[], edge: [] as number[] };
  /** How many objects of each type were born. */
  readonly ofType = new Map<string, number>();

  /** The last event that has been recorded. */
  get lastEvent(): number {
    const { objects, edges, ended, counts, deaths, bytes, output } = this;
    const columns = [objects.born, edges.from, ended.event, counts.event, deaths.event];
    columns.push(this.steps.last, bytes.event, output.event, this.attributes.event);
    columns.push(this.islands.from, this.collections.event);
    return Math.max(this.end?.event ?? 0, ...columns.map((events) => events.at(-1) ?? 0));
  }
}

/** Rows of a non-falling column that are at or below `value`. */
export function upTo(column: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
