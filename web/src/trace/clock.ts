/**
 * The time that a page shows: moments, each an executed line. Of one recording
 * they are its steps; of two they are the lines of both, those that both executed
 * standing together, so that one scrubber moves both also where they part.
 */
import { align } from "./align";
import type { Recording } from "./recording";
import { endOfStep, stepCount, totalAt } from "./replay";

export interface Clock {
  /** Moments. */
  readonly length: number;
  /** The last step that the recording had executed at the moment; -1 before its first. */
  stepIn(r: Recording, moment: number): number;
  momentOf(r: Recording, step: number): number;
  /** It executed a line at the very moment. */
  ran(r: Recording, moment: number): boolean;
  /** Whose line it is: the first recording's, unless only another one ran. */
  runner(moment: number): Recording;
  /** The first moment after which two recordings differ, or -1. */
  readonly parting: number;
}

export function clockOf(recordings: readonly Recording[]): Clock {
  const [a, b] = recordings;
  if (a && b) return sameAs(a, b) ?? remember(a, b, both(a, b));
  return alone(a);
}

function alone(r: Recording | undefined): Clock {
  return {
    length: r ? stepCount(r) : 0,
    stepIn: (_, moment) => moment,
    momentOf: (_, step) => step,
    ran: () => true,
    runner: () => r!,
    parting: -1,
  };
}

let last: { a: Recording; b: Recording; versions: string; clock: Clock } | null = null;
const versions = (a: Recording, b: Recording): string => `${a.version} ${b.version}`;
const sameAs = (a: Recording, b: Recording): Clock | null =>
  last && last.a === a && last.b === b && last.versions === versions(a, b) ? last.clock : null;

function remember(a: Recording, b: Recording, clock: Clock): Clock {
  last = { a, b, versions: versions(a, b), clock };
  return clock;
}

function both(a: Recording, b: Recording): Clock {
  const numbers = new Map<string, number>();
  const pairs = align(linesOf(a, numbers), linesOf(b, numbers));
  const side = (which: 0 | 1) => {
    const step = new Int32Array(pairs.length);
    const moment: number[] = [];
    for (const [row, pair] of pairs.entries()) {
      if (pair[which] >= 0) moment.push(row);
      step[row] = moment.length - 1;
    }
    return { step, moment };
  };
  const sides = [side(0), side(1)] as const;
  const of = (r: Recording) => sides[r === b ? 1 : 0];
  const clock = {
    length: pairs.length,
    stepIn: (r: Recording, moment: number) => of(r).step[Math.min(moment, pairs.length - 1)] ?? -1,
    momentOf: (r: Recording, step: number) => of(r).moment[step] ?? 0,
    ran: (r: Recording, moment: number) => (pairs[moment]?.[r === b ? 1 : 0] ?? -1) >= 0,
    runner: (moment: number) => ((pairs[moment]?.[0] ?? 0) >= 0 ? a : b),
  };
  return { ...clock, parting: pairs.findIndex((_, moment) => differ(clock, a, b, moment)) };
}

/** They ran different lines, or have other totals after the same one. */
function differ(
  clock: Pick<Clock, "ran" | "stepIn">,
  a: Recording,
  b: Recording,
  moment: number,
): boolean {
  if (!clock.ran(a, moment) || !clock.ran(b, moment)) return true;
  const [x, y] = [a, b].map((r) => {
    const event = endOfStep(r, clock.stepIn(r, moment));
    return [totalAt(r.living, event), totalAt(r.bytes, event)];
  });
  return x![0] !== y![0] || x![1] !== y![1];
}

/** The executed lines as numbers: equal ones are the same line of the same function, as deep. */
function linesOf(r: Recording, numbers: Map<string, number>): number[] {
  const { file, function: name, line } = r.locations;
  return r.steps.location.map((location, step) => {
    const where = `${r.files.name[file[location]!]} ${name[location]} ${line[location]}`;
    const key = `${where} ${r.steps.depth[step]}`;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
}
