/** Islands that are drawn: the newest, as long as their seats are their own. */
import { isShown, type Recording, upTo } from "../trace/recording";
import { bytesOf, isAlive } from "../trace/replay";
import { type Seats, seatAt } from "./seats";

export interface Coast {
  readonly island: number;
  /** Members that have a seat. */
  readonly members: number[];
  /** Members of drawn kinds, whether they have a seat or not, and their bytes. */
  readonly size: number;
  readonly bytes: number;
}

/** Older ones are on the shelf without a look at their seats. */
const NEWEST = 48;
/** So far back the newest ones are looked for. */
const SEARCHED = 4096;

export function islandsAt(
  r: Recording,
  seats: Seats,
  taken: Set<string>,
  event: number,
  room: number,
): Coast[] {
  const found: Coast[] = [];
  const last = upTo(r.islands.from, event) - 1;
  let left = room;
  let candidates = 0;
  for (let island = last; island >= 0 && last - island < SEARCHED; island--) {
    if (r.islands.to[island]! <= event || candidates++ >= NEWEST) continue;
    const members = r.islands.members[island]!.filter(
      (object) => isShown(r.objects.kind[object]!) && isAlive(r, object, event),
    );
    const seated = members.flatMap((object) => {
      const seat = seatAt(seats, object, event);
      return seat ? [{ object, cell: cellOf(seat) }] : [];
    });
    const fits = seated.length > 0 && seated.length <= left;
    if (!fits || seated.some(({ cell }) => taken.has(cell))) continue;
    for (const { cell } of seated) taken.add(cell);
    left -= seated.length;
    const bytes = members.reduce((sum, object) => sum + bytesOf(r, object), 0);
    found.push({
      island,
      members: seated.map(({ object }) => object),
      size: members.length,
      bytes,
    });
  }
  return found;
}

export const cellOf = (seat: { column: number; row: number; side: number | null }): string =>
  `${seat.column} ${seat.row} ${seat.side ?? ""}`;
