/**
 * Seats: where each object of a recording is drawn, decided once for the whole
 * recording, so that nothing moves while time does. A group takes a rectangle of
 * rows and columns while it lives; the next group of the same place in the
 * program is built beside it, and the one after that gets the first one's seat.
 */
import { OPEN, type Recording } from "../trace/recording";
import { endOfStep } from "../trace/replay";
import { type Group, groupsOf } from "./groups";
import { stepAt } from "./links";
import { type Shape, type Spot, shapeOf } from "./ranks";

export interface Seat extends Spot {
  /** Number of the group. */
  readonly group: number;
}
export interface Seats {
  /** By object; an object without one is alive beyond what can be drawn. */
  readonly of: Map<number, Seat>;
  readonly rows: number;
  readonly columns: number;
  /** Columns that have arrays at their side. */
  readonly wide: boolean[];
}

/** Groups pile up to this many rows before the next column is used. */
const ROWS = 7;
/** More columns are not drawn: the table has everything. */
const COLUMNS = 24;

export function seatsOf(r: Recording): Seats {
  const of = new Map<number, Seat>();
  const free = new Floor();
  const lastOf = new Map<string, [column: number, row: number][]>();
  const wide: boolean[] = [];
  let rows = 1;
  let columns = 1;
  groupsOf(r).forEach((group, number) => {
    const shape = shapeOf(r, group);
    const from = r.objects.born[group.members[0]!]!;
    const key = signature(r, group, shape);
    const place = free.find(shape, from, lastOf.get(key) ?? []);
    if (!place) return;
    const [column, row] = place;
    const known = lastOf.get(key) ?? [];
    if (!known.some(([c, w]) => c === column && w === row)) known.push(place);
    lastOf.set(key, known);
    free.take(column, row, shape, endOfGroup(r, group));
    for (const [object, spot] of shape.spots) {
      of.set(object, { ...spot, column: column + spot.column, row: row + spot.row, group: number });
      if (spot.side !== null) wide[column + spot.column] = true;
    }
    rows = Math.max(rows, row + shape.rows);
    columns = Math.max(columns, column + shape.columns);
  });
  return { of, rows, columns, wide };
}

/** Same place in the program and same shape: the same seats. */
const signature = (r: Recording, { members }: Group, { rows, columns }: Shape): string =>
  `${r.objects.stack[members[0]!]} ${rows}x${columns}`;

/**
 * The event from which a group's seats may be given away: after the step in
 * which its last member died, or in which the whole of it went out of reach. An
 * island stays where it is for as long as nobody needs its seats.
 */
function endOfGroup(r: Recording, { members }: Group): number {
  let end = 0;
  for (const object of members) {
    const island = r.objects.islands[object]![0];
    const lost = island === undefined ? OPEN : r.islands.from[island]!;
    end = Math.max(end, Math.min(r.objects.died[object]!, lost));
    if (end === OPEN) return OPEN;
  }
  return endOfStep(r, Math.min(stepAt(r, end), r.steps.last.length - 1));
}

/** When each cell of the floor is free again. */
class Floor {
  readonly #until: number[][] = [];

  find(shape: Shape, from: number, first: [number, number][]): [number, number] | null {
    for (const [column, row] of first) {
      if (this.#isFree(column, row, shape, from)) return [column, row];
    }
    for (let column = 0; column + shape.columns <= Math.max(COLUMNS, shape.columns); column++) {
      for (let row = 0; row + shape.rows <= Math.max(ROWS, shape.rows); row++) {
        if (this.#isFree(column, row, shape, from)) return [column, row];
      }
    }
    return null;
  }

  take(column: number, row: number, { columns, rows }: Shape, until: number): void {
    for (let c = column; c < column + columns; c++) {
      this.#until[c] ??= [];
      for (let w = row; w < row + rows; w++) this.#until[c]![w] = until;
    }
  }

  #isFree(column: number, row: number, { columns, rows }: Shape, from: number): boolean {
    for (let c = column; c < column + columns; c++) {
      for (let w = row; w < row + rows; w++) {
        if ((this.#until[c]?.[w] ?? -1) >= from) return false;
      }
    }
    return true;
  }
}
