/** All that is decided once for a whole recording: seats, names, totals. */
import type { Recording } from "../trace/recording";
import { type Names, naming } from "./names";
import { type Seats, seating } from "./seats";
import { type Census, censusOf } from "./totals";
import { finish, type Work } from "./work";

export interface Layout {
  readonly seats: Seats;
  readonly names: Names;
  readonly census: Census;
}

export function* layingOut(
  r: Recording,
  opened: ReadonlySet<string>,
  narrow: boolean,
): Work<Layout> {
  const seats = yield* seating(r, opened, narrow);
  const names = yield* naming(r, seats);
  const census = yield* censusOf(r);
  return { seats, names, census };
}

export const layoutOf = (
  r: Recording,
  opened: ReadonlySet<string> = new Set(),
  narrow = false,
): Layout => finish(layingOut(r, opened, narrow));
