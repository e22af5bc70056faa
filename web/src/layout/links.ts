/**
 * What the whole recording says about who belongs together: strong references
 * between objects that are drawn, walked through containers, whenever they held.
 */
import { isFolded } from "../trace/holders";
import { isShown, type Recording, upTo } from "../trace/recording";
import { ROUNDS, type Work } from "./work";

export interface Link {
  readonly holder: number;
  readonly held: number;
  /** First name on the way: `inputs`, `creator`, `data`. */
  readonly name: string;
  /** Row of edges that ends at the held object. */
  readonly edge: number;
}

/** Containers hold containers; deeper than this no seat depends on it. */
const DEEPEST = 4;

export function* linksOf(r: Recording): Work<Link[]> {
  const links: Link[] = [];
  for (const [i, held] of r.shown.entries()) {
    if (i % ROUNDS === 0) yield;
    for (const edge of r.objects.held[held]!) {
      if (r.edges.strength[edge] !== "strong") continue;
      climb(r, r.edges.holder[edge]!, r.edges.name[edge]!, held, edge, 0, links);
    }
  }
  return links;
}

function climb(
  r: Recording,
  holder: number,
  name: string,
  held: number,
  edge: number,
  depth: number,
  links: Link[],
): void {
  if (isShown(r.objects.kind[holder]!)) {
    if (holder !== held) links.push({ holder, held, name, edge });
  } else if (depth < DEEPEST && isFolded(r, holder) && r.objects.kind[holder] !== "weakref") {
    for (const up of r.objects.held[holder]!) {
      if (r.edges.strength[up] !== "strong") continue;
      climb(r, r.edges.holder[up]!, r.edges.name[up]!, held, edge, depth + 1, links);
    }
  }
}

/**
 * Number of the pass in which each step ran: it grows where a loop begins, and
 * when a frame goes back to an earlier line and then runs again what it ran
 * before, which is what a loop does (the end of a `with` only goes back). What two
 * passes built are two things, even where the second holds on to the first.
 */
export function passes(r: Recording): number[] {
  const starts = new Set<number>();
  const lines: number[] = [];
  const functions: string[] = [];
  r.steps.location.forEach((location, step) => {
    const depth = r.steps.depth[step]!;
    const line = r.locations.line[location]!;
    const inFunction = r.locations.function[location]!;
    lines.length = Math.min(lines.length, depth + 1);
    const back = functions[depth] === inFunction && line <= (lines[depth] ?? 0);
    if (back && repeats(r, step)) starts.add(step).add(r.locations.steps[location]![0]!);
    lines[depth] = line;
    functions[depth] = inFunction;
  });
  let pass = 0;
  return r.steps.location.map((_, step) => (starts.has(step) ? ++pass : pass));
}

/** True where the next line of the same frame has run before this step. */
function repeats(r: Recording, step: number): boolean {
  const depth = r.steps.depth[step]!;
  let next = step + 1;
  while ((r.steps.depth[next] ?? 0) > depth) next++;
  const location = r.steps.location[next];
  return location !== undefined && r.locations.steps[location]![0]! < step;
}

/** The step in which an event happened. */
export const stepAt = (r: Recording, event: number): number => upTo(r.steps.last, event - 1);
