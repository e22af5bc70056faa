/** Recordings with questions and answers that the Python tests write: both sides must agree. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { texts } from "../i18n";
import { plain } from "../i18n/rich";
import { holderText } from "../telling/holder";
import { readTrace } from "./decode";
import { firstNameOf, holdersOf } from "./holders";
import type { Recording } from "./recording";
import {
  bytesOf,
  countOf,
  deathOf,
  endOfStep,
  isAlive,
  labelOf,
  lineOfStack,
  totalAt,
} from "./replay";

type Question =
  | { ask: "objects"; answer: object[] }
  | { ask: "alive"; step: number; answer: string[] }
  | { ask: "holders"; object: string; step: number; answer: string[][] }
  | { ask: "counts"; object: string; step: number; answer: number[] }
  | { ask: "islands"; step: number; answer: string[][] }
  | { ask: "nbytes"; event: number; answer: number };

const CASES = new URL("../../../tests/liveness/cases/", import.meta.url);

function answer(r: Recording, q: Question): unknown {
  switch (q.ask) {
    case "objects":
      return r.shown.map((o) => objectOf(r, o));
    case "alive":
      return r.shown.filter((o) => isAlive(r, o, endOfStep(r, q.step))).map((o) => labelOf(r, o));
    case "holders":
      return holdersOf(r, find(r, q.object), endOfStep(r, q.step)).map((by) => [
        by.strength,
        by.path,
        labelOf(r, by.holder),
        plain(holderText(texts.en, r, by)),
      ]);
    case "counts": {
      const { count, weak, unexplained } = countOf(r, find(r, q.object), endOfStep(r, q.step));
      return [count, weak, unexplained];
    }
    case "islands": {
      const event = endOfStep(r, q.step);
      return r.islands.members
        .filter((_, i) => r.islands.from[i]! <= event && event < r.islands.to[i]!)
        .map((members) => members.filter((o) => isAlive(r, o, event)).map((o) => labelOf(r, o)));
    }
    case "nbytes":
      return totalAt(r.bytes, q.event);
  }
}

const find = (r: Recording, label: string): number =>
  r.objects.born.findIndex((_, o) => labelOf(r, o) === label);

function objectOf(r: Recording, o: number) {
  const death = deathOf(r, o);
  return {
    name: firstNameOf(r, o, r.lastEvent),
    label: labelOf(r, o),
    kind: r.objects.kind[o],
    type: r.objects.type[o],
    nbytes: bytesOf(r, o),
    born_line: lineOfStack(r, r.objects.stack[o]!) || null,
    died_line: death?.line || null,
    cause: death?.by ?? null,
  };
}

describe.each(readdirSync(CASES).filter((name) => name.endsWith(".json")))("%s", (name) => {
  const { trace, questions } = JSON.parse(readFileSync(new URL(name, CASES), "utf8")) as {
    trace: object;
    questions: Question[];
  };
  const r = readTrace(JSON.stringify(trace));

  it.each(questions.map((q, i) => [`${i}: ${q.ask}`, q] as const))("question %s", (_, q) => {
    expect(answer(r, q)).toEqual(q.answer);
  });
});
