/** A way as a person reads it: what lies in a container or a cell belongs to who holds that. */
import { type Recording, upTo } from "../trace/recording";
import type { Retention } from "./paths";

/** References in a row that a person takes as one: `inputs` and `[0]` of a Function. */
export interface Hop {
  readonly holder: number;
  readonly path: string;
  readonly held: number;
  /** Of the program, on which the reference was made; null where that is not known. */
  readonly line: number | null;
}

const FOLDED = new Set(["container", "weakref", "cell"]);

/** The way's hops, outermost first. */
export function hopsOf(r: Recording, { edges }: Pick<Retention, "edges">): Hop[] {
  const found: Hop[] = [];
  for (const edge of edges) {
    const holder = r.edges.holder[edge]!;
    const held = r.edges.held[edge]!;
    const kind = r.objects.kind[holder]!;
    const name = kind === "weakref" || kind === "cell" ? "" : r.edges.name[edge]!;
    const line = lineAt(r, r.edges.from[edge]!);
    const before = found.at(-1);
    if (before && FOLDED.has(kind)) {
      const newer = line === null || !name ? before.line : line;
      found[found.length - 1] = { ...before, path: before.path + name, held, line: newer };
    } else found.push({ holder, path: name, held, line });
  }
  return found;
}

/** The line that was executed at an event, if it is one of the program's own file. */
export function lineAt(r: Recording, event: number): number | null {
  const location = r.steps.location[stepAt(r, event)];
  if (location === undefined) return null;
  if (r.files.name[r.locations.file[location]!] !== r.header?.main) return null;
  return r.locations.line[location]!;
}

/** The step in which an event happened; the number of steps if it came after them. */
export const stepAt = (r: Recording, event: number): number => upTo(r.steps.last, event - 1);

/** `losses` of `losses[3].data`. */
export const firstName = (path: string): string => /^.[^.[]*/su.exec(path)?.[0] ?? path;
