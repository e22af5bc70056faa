/** What stayed between two steps, by the line that made it: the leak report. */
import { type Recording, upTo } from "../trace/recording";
import { bytesOf, countOf, endOfStep, isAlive, lineOfStack } from "../trace/replay";
import { bytesOfAll } from "./cuts";
import { stepAt } from "./hops";
import { product } from "./paths";

/** Objects of shown kinds that a line made between two moments and that live at the second. */
export interface Growth {
  /** Of the program; null where that is not known. */
  readonly line: number | null;
  /** How many runs of the line have left something. */
  readonly runs: number;
  readonly objects: number[];
  /** How many of each class, the most frequent first. */
  readonly types: Record<string, number>;
  /** Of array memory that they own. */
  readonly nbytes: number;
  /**
   * Run after run leaves something: not only the first, which sets up what stays, and the last,
   * whose results are still in use.
   */
  readonly piles: boolean;
}

/** Memory of which only parts are in use. */
export interface Pinned {
  /** The array that owns it, and that no one holds but views of it. */
  readonly owner: number;
  readonly views: number[];
  readonly nbytes: number;
  /** Bytes that the largest view reads. */
  readonly used: number;
}

/**
 * What was born after the end of step `first` (-1: from the beginning) and lives at the end of
 * step `last`, or at an event within it: the lines that left most bytes and most objects first.
 */
export function growthBetween(
  r: Recording,
  first: number,
  last: number,
  now = endOfStep(r, last),
): Growth[] {
  const since = first < 0 ? 0 : endOfStep(r, first);
  const groups = new Map<number | null, number[]>();
  for (const object of r.shown) {
    const born = r.objects.born[object]!;
    if (born > now) break;
    if (born <= since || !isAlive(r, object, now)) continue;
    const line = lineOfStack(r, r.objects.stack[object]!) || null;
    const group = groups.get(line);
    if (group) group.push(object);
    else groups.set(line, [object]);
  }
  return [...groups]
    .map(([line, objects]) => {
      const runs = line === null ? [] : stepsOfLine(r, line, first, last);
      // A run is known by its end: what a line makes while it calls is born in inner steps.
      const left = new Set(objects.map((o) => upTo(runs, stepAt(r, r.objects.born[o]!) - 1)));
      return {
        line,
        runs: left.size,
        objects,
        types: tally(objects.map((object) => r.objects.type[object]!)),
        nbytes: bytesOfAll(r, objects),
        piles: pilesUp(left, runs.length),
      };
    })
    .sort(
      (a, b) =>
        b.nbytes - a.nbytes || b.objects.length - a.objects.length || (a.line ?? 0) - (b.line ?? 0),
    );
}

/** More than one run has left something, and not only the first and the last one. */
function pilesUp(left: ReadonlySet<number>, runs: number): boolean {
  const ran = Math.max(runs, Math.max(...left) + 1);
  return left.size > 1 && (ran === 2 || [...left].some((run) => run > 0 && run < ran - 1));
}

/** Steps after the first one up to the last one that executed a line of the program. */
function stepsOfLine(r: Recording, line: number, first: number, last: number): number[] {
  const found: number[] = [];
  r.locations.line.forEach((at, location) => {
    if (at !== line || r.files.name[r.locations.file[location]!] !== r.header?.main) return;
    const steps = r.locations.steps[location]!;
    for (let i = upTo(steps, first); i < upTo(steps, last); i++) found.push(steps[i]!);
  });
  return found.sort((a, b) => a - b);
}

function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return Object.fromEntries(sorted);
}

/** Arrays that live through small views only: at most half of the memory is read. */
export function pinnedAt(r: Recording, event: number): Pinned[] {
  const found: Pinned[] = [];
  for (const owner of r.arrays.object) {
    const nbytes = bytesOf(r, owner);
    if (!nbytes || !isAlive(r, owner, event)) continue;
    const edges = r.objects.held[owner]!.filter(
      (e) => r.edges.from[e]! <= event && event < r.edges.to[e]! && r.edges.strength[e] !== "weak",
    );
    const views = edges.map((e) => r.edges.holder[e]!);
    const onlyViews = edges.every(
      (e, i) => r.edges.name[e] === "base" && r.objects.array[views[i]!]! >= 0,
    );
    if (!edges.length || !onlyViews || countOf(r, owner, event).unexplained) continue;
    const elements = (array: number): number => product(r.arrays.shape[r.objects.array[array]!]!);
    const itemsize = Math.floor(nbytes / Math.max(elements(owner), 1));
    const used = Math.max(...views.map(elements)) * itemsize;
    if (2 * used <= nbytes) found.push({ owner, views, nbytes, used });
  }
  return found.sort((a, b) => b.nbytes - a.nbytes || a.owner - b.owner);
}
