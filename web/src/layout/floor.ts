/** The floor of seats, and from which event until which each of them is taken. */
import { upTo } from "../trace/recording";
import type { Shape } from "./ranks";

type Size = Pick<Shape, "rows" | "columns">;

/** How far groups spread: over columns of a size that is read well, then below them, then on to the right. */
const STAGES: readonly Size[] = [
  { rows: 7, columns: 3 },
  { rows: 12, columns: 3 },
  { rows: 16, columns: 4 },
  { rows: 16, columns: 24 },
];
/** A narrow pane is scrolled downwards. */
const NARROW: readonly Size[] = [
  { rows: 7, columns: 2 },
  { rows: 36, columns: 2 },
  { rows: 24, columns: 24 },
];

/** When a group is there. */
export interface Stay {
  readonly from: number;
  /** Its seats may be given away from here on. */
  readonly until: number;
  /** Here the last of it is gone: an island is still there when its seats may be given away. */
  readonly gone: number;
}

/** Of one seat: those that take it, one after the other. */
class Tenure {
  readonly #from: number[] = [];
  readonly #gone: number[] = [];
  #until = -1;
  /** The same for those that are gone at the end of their line. */
  #brief = -1;

  isFree({ from }: Stay): boolean {
    return this.#until < from;
  }

  isFreeBetween({ from, until }: Stay): boolean {
    if (this.#brief >= from) return false;
    const last = upTo(this.#from, until) - 1;
    return last < 0 || this.#gone[last]! < from;
  }

  /** For a group that has something on the seat, or nothing: brief ones may then sit there. */
  take({ from, until, gone }: Stay, isUsed: boolean): void {
    this.#until = until;
    if (!isUsed) return;
    this.#from.push(from);
    this.#gone.push(gone);
  }

  takeBetween({ until }: Stay): void {
    this.#brief = until;
  }
}

/**
 * What stays takes its seats first, in the order of its birth. What is gone before its line ends is
 * seen only by who steps within the line: it gets, after all others, what they leave free.
 */
export class Floor {
  readonly #seats: (Tenure | undefined)[][] = [];
  readonly #stages: readonly Size[];

  constructor(narrow: boolean) {
    this.#stages = narrow ? NARROW : STAGES;
  }

  /** How wide a group may be: the last stage alone is scrolled sideways. */
  get columns(): number {
    return this.#stages.at(-2)!.columns;
  }

  /** The first place that is free, from the left and from above. What is in no column is in the table. */
  find(shape: Size, stay: Stay, within = this.#stages, brief = false): Origin | null {
    for (const { columns, rows } of within) {
      for (let column = 0; column + shape.columns <= Math.max(columns, shape.columns); column++) {
        for (let row = 0; row + shape.rows <= Math.max(rows, shape.rows); row++) {
          if (this.isFree({ column, row }, shape, stay, brief)) return { column, row };
        }
      }
    }
    return null;
  }

  /** For what is gone before its line ends: within the size that the floor has, if it can be. */
  findBetween(shape: Size, stay: Stay, size: Size): Origin | null {
    return this.find(shape, stay, [size, ...this.#stages], true);
  }

  take(at: Origin, size: Size & Partial<Pick<Shape, "spots">>, stay: Stay, brief = false): void {
    const used = new Set([...(size.spots?.values() ?? [])].map((s) => `${s.column} ${s.row}`));
    for (let column = at.column; column < at.column + size.columns; column++) {
      this.#seats[column] ??= [];
      for (let row = at.row; row < at.row + size.rows; row++) {
        this.#seats[column]![row] ??= new Tenure();
        const tenure = this.#seats[column]![row]!;
        if (brief) tenure.takeBetween(stay);
        else tenure.take(stay, !size.spots || used.has(`${column - at.column} ${row - at.row}`));
      }
    }
  }

  isFree(at: Origin, size: Size, stay: Stay, brief = false): boolean {
    for (let column = at.column; column < at.column + size.columns; column++) {
      for (let row = at.row; row < at.row + size.rows; row++) {
        const tenure = this.#seats[column]?.[row];
        if (tenure && !(brief ? tenure.isFreeBetween(stay) : tenure.isFree(stay))) return false;
      }
    }
    return true;
  }
}

export interface Origin {
  readonly column: number;
  readonly row: number;
}
