import type { State } from "./state";

const PLACE: ReadonlySet<string> = new Set<keyof State>(["step", "event", "moment", "moved"]);

/** Nothing but the reader's place in time differs. */
export const onlyMoved = (a: State, b: State): boolean =>
  (Object.keys(b) as (keyof State)[]).every((part) => a[part] === b[part] || PLACE.has(part));
