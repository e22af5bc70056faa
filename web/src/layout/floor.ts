/** The floor of seats, and until which event each of them is taken. */
import type { Shape } from "./ranks";

type Size = Pick<Shape, "rows" | "columns">;

/** How far groups spread: over columns of a size that is read well, then below them, then on to the right. */
const STAGES = [
  { rows: 7, columns: 3 },
  { rows: 12, columns: 3 },
  { rows: 16, columns: 4 },
  { rows: 16, columns: 24 },
] as const;

export class Floor {
  readonly #until: number[][] = [];

  /** The first place that is free from the event on, from the left and from above. What is in no column is in the table. */
  find(shape: Size, from: number): [column: number, row: number] | null {
    for (const { columns, rows } of STAGES) {
      for (let column = 0; column + shape.columns <= Math.max(columns, shape.columns); column++) {
        for (let row = 0; row + shape.rows <= Math.max(rows, shape.rows); row++) {
          if (this.isFree(column, row, shape, from)) return [column, row];
        }
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
