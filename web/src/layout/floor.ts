/** The floor of seats, and until which event each of them is taken. */
import type { Shape } from "./ranks";

type Size = Pick<Shape, "rows" | "columns">;

/** Groups pile up to this many rows before the next column is used. */
const ROWS = 7;
/** More columns are not drawn: the table has everything. */
const COLUMNS = 24;

export class Floor {
  readonly #until: number[][] = [];

  /** The first place that is free from the event on, from the left and from above. */
  find(shape: Size, from: number): [column: number, row: number] | null {
    for (let column = 0; column + shape.columns <= Math.max(COLUMNS, shape.columns); column++) {
      for (let row = 0; row + shape.rows <= Math.max(ROWS, shape.rows); row++) {
        if (this.isFree(column, row, shape, from)) return [column, row];
      }
    }
    return null;
  }

  take(column: number, row: number, { columns, rows }: Size, until: number): void {
    for (let c = column; c < column + columns; c++) {
      this.#until[c] ??= [];
      for (let w = row; w < row + rows; w++) this.#until[c]![w] = until;
    }
  }

  isFree(column: number, row: number, { columns, rows }: Size, from: number): boolean {
    for (let c = column; c < column + columns; c++) {
      for (let w = row; w < row + rows; w++) {
        if ((this.#until[c]?.[w] ?? -1) >= from) return false;
      }
    }
    return true;
  }
}
