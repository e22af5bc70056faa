/**
 * Where something happened: in a line of the program, or in an input of the console that
 * came after it, which is a file of its own in the recording (livegrad.liveness.console).
 */
import type { Recording } from "./recording";
import { stepCount, stepOf } from "./replay";

export interface Place {
  /** Of the program's own file, or of an input that has several; else 0. */
  readonly line: number;
  /** Number of the input, from 1; 0 in the program. */
  readonly input: number;
}

export const NOWHERE: Place = { line: 0, input: 0 };

const INPUT = /^<console-(\d+)>$/;

/** Of a row of locations; null for a file that is neither. */
function placeAt(r: Recording, location: number): Place | null {
  const file = r.locations.file[location] ?? -1;
  const line = r.locations.line[location]!;
  const name = r.files.name[file] ?? "";
  if (name === r.header?.main) return { line, input: 0 };
  const input = Number(INPUT.exec(name)?.[1] ?? 0);
  if (!input) return null;
  return { line: r.files.text[file]?.trimEnd().includes("\n") ? line : 0, input };
}

export const placeOfStep = (r: Recording, step: number): Place =>
  placeAt(r, r.steps.location[step] ?? -1) ?? NOWHERE;

/** The innermost that is the reader's, of a row of stacks. */
export function placeOfStack(r: Recording, stack: number): Place {
  for (let s = stack; s >= 0; s = r.stacks.parent[s]!) {
    const place = placeAt(r, r.stacks.location[s]!);
    if (place) return place;
  }
  return NOWHERE;
}

/** Where an object died, or where the step was in which it did. */
export function placeOfDeath(r: Recording, object: number): Place {
  const row = r.objects.death[object]!;
  if (row < 0) return NOWHERE;
  const place = placeOfStack(r, r.deaths.stack[row]!);
  return place === NOWHERE ? placeOfStep(r, stepOf(r, r.deaths.event[row]!)) : place;
}

/** Steps of the program itself: what comes after them the console has run. */
export function programSteps(r: Recording): number {
  const all = stepCount(r);
  if (r.files.name.length < 2) return all;
  for (let step = all; step > 0; step--) {
    const isBottom = r.steps.depth[step - 1] === 0;
    if (isBottom && !placeOfStep(r, step - 1).input) return step;
  }
  return 0;
}

/** The step with which an exception ended the program; -1 where none did, or none saw it. */
export const failingStep = (r: Recording): number =>
  r.end?.status === "failed" && r.limit === null ? programSteps(r) - 1 : -1;
