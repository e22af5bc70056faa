/**
 * Check-yourself questions: kinds with parameters, whose answers are read from the reader's own
 * recording. A question that the recording cannot answer, because the program was changed, says so.
 */
import { firstNameOf, holdersOf, isFrame } from "../trace/holders";
import { programSteps } from "../trace/places";
import { factsOf } from "../trace/questions";
import type { Recording } from "../trace/recording";
import {
  countOf,
  deathOf,
  endOfStep,
  isAlive,
  labelOf,
  lineOfStep,
  peakUpTo,
  stateOf,
  stepCount,
  stepOf,
  totalAt,
} from "../trace/replay";
import type { Moment } from "./page";

/** An object by the name it was bound to first (or as the n-th of that name), or by its label. */
export type Who = { readonly name: string; readonly nth?: number } | { readonly label: string };

/** What a choice says: a number, a way of holding, a cause; null is "not before the end". */
export type Choice = number | string | null;

export type Question = {
  /** Only of the recording with these outputs; of the one that is shown if left out. */
  readonly outputs?: "weak" | "strong";
  readonly choices: readonly Choice[];
} & (
  | { readonly ask: "line of death"; readonly of: Who }
  | { readonly ask: "cause"; readonly of: Who }
  | { readonly ask: "count"; readonly of: Who; readonly at: Moment }
  | { readonly ask: "holder"; readonly of: Who; readonly at: Moment }
  | { readonly ask: "alive" | "unreachable" | "deaths" | "bytes"; readonly at: Moment }
  | { readonly ask: "peak" }
  | { readonly ask: "first to die"; readonly among: readonly string[] }
  | { readonly ask: "collected"; readonly at: Moment }
);

/** What the recording says, and where it can be seen. */
export interface Answer {
  readonly right: readonly Choice[];
  readonly step: number;
  readonly object: number | null;
}

/** Why there is no answer: there is no such object, line or pass in this recording. */
export interface Missing {
  readonly missing: "object" | "line" | "steps";
}

export function answer(r: Recording, question: Question): Answer | Missing {
  if (stepCount(r) === 0) return { missing: "steps" };
  // What the console does to what the program left is not asked about.
  const last = programSteps(r) - 1;
  const until = endOfStep(r, last);
  const deathBefore = (object: number) => {
    const death = deathOf(r, object);
    return death && death.event <= until ? death : null;
  };
  switch (question.ask) {
    case "peak": {
      const peak = peakUpTo(r.bytes, until);
      const row = r.bytes.total.indexOf(peak);
      return { right: [peak], step: row < 0 ? last : stepOf(r, r.bytes.event[row]!), object: null };
    }
    case "first to die": {
      const deaths = question.among.flatMap((name) => {
        const object = find(r, { name });
        const death = object === null ? null : deathBefore(object);
        return death ? [{ name, object, event: death.event }] : [];
      });
      const first = deaths.sort((a, b) => a.event - b.event)[0];
      if (!first) return { missing: "object" };
      return { right: [first.name], step: stepOf(r, first.event), object: first.object };
    }
    case "line of death":
    case "cause": {
      const object = find(r, question.of);
      if (object === null) return { missing: "object" };
      const death = deathBefore(object);
      const right = question.ask === "cause" ? (death?.by ?? null) : (death?.line ?? null);
      return { right: [right], step: death ? stepOf(r, death.event) : last, object };
    }
    default: {
      const step = stepAt(r, question.at);
      if (step < 0) return { missing: "line" };
      return atStep(r, question, step);
    }
  }
}

type Momentary = Extract<Question, { at: Moment }>;

function atStep(r: Recording, question: Momentary, step: number): Answer | Missing {
  const event = endOfStep(r, step);
  const none = (right: number): Answer => ({ right: [right], step, object: null });
  switch (question.ask) {
    case "alive":
      return none(totalAt(r.living, event));
    case "unreachable":
      return none(r.shown.filter((o) => stateOf(r, o, event) === "unreachable").length);
    case "deaths":
      return none(factsOf(r, step).died.length);
    case "bytes":
      return none(totalAt(r.bytes, event));
    case "collected":
      return none(factsOf(r, step).byCollector);
    case "count":
    case "holder": {
      const object = find(r, question.of);
      if (object === null || !isAlive(r, object, event)) return { missing: "object" };
      const right =
        question.ask === "count"
          ? [countOf(r, object, event).count]
          : holdersOf(r, object, event)
              .filter(({ strength }) => strength === "strong")
              .map(({ holder, path }) =>
                isFrame(r, holder) ? path : `${path} of ${labelOf(r, holder)}`,
              );
      return { right, step, object };
    }
  }
}

/** The step after which the moment is, or -1. */
export function stepAt(r: Recording, { line, pass = -1 }: Moment): number {
  const all = programSteps(r);
  if (line === undefined) return all - 1;
  const steps: number[] = [];
  for (let step = 0; step < all; step++) if (lineOfStep(r, step) === line) steps.push(step);
  return steps.at(pass > 0 ? pass - 1 : pass) ?? -1;
}

function find(r: Recording, who: Who): number | null {
  const found = r.shown.filter((object) =>
    "label" in who
      ? labelOf(r, object) === who.label
      : firstNameOf(r, object, r.lastEvent) === who.name,
  );
  return found[("nth" in who ? (who.nth ?? 1) : 1) - 1] ?? null;
}

export const isRight = ({ right }: Answer, choice: Choice): boolean => right.includes(choice);

/** The choices, with the recording's own answer among them where the program was changed. */
export function choicesWith(question: Question, found: Answer | Missing | null): Choice[] {
  const choices = [...question.choices];
  if (!found || "missing" in found || found.right.some((right) => choices.includes(right))) {
    return choices;
  }
  const right = found.right[0];
  if (typeof right !== "number") return right === undefined ? choices : [...choices, right];
  const at = choices.findIndex((choice) => typeof choice !== "number" || choice > right);
  choices.splice(at < 0 ? choices.length : at, 0, right);
  return choices;
}
