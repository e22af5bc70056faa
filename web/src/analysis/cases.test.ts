/** The page's analysis answers what Python's does: recordings, questions and answers are its. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { texts } from "../i18n";
import { cureText } from "../telling/cure";
import { marked, whyText } from "../telling/why";
import { readTrace } from "../trace/decode";
import { isShown, type Recording } from "../trace/recording";
import { bytesOf, edgeHolds, endOfStep, labelOf } from "../trace/replay";
import { cureOf } from "./cures";
import { bytesOfAll, cut, type Loss, lossOf } from "./cuts";
import { retainedAt } from "./dominators";
import { growthBetween, pinnedAt } from "./growth";
import { lineAt } from "./hops";
import { islandsAt } from "./islands";
import { nextBirth, nextDeath } from "./moments";
import { retentions } from "./paths";
import { weakening } from "./weakening";

/** References by holder and name, or by row. */
type Pair = [holder: string, name: string] | number;
type Question =
  | { ask: "why" | "dies"; object: string; step: number; answer: unknown }
  | { ask: "retained" | "islands" | "pinned"; step: number; answer: unknown }
  | { ask: "cut"; edges: Pair[]; step: number; answer: unknown }
  | { ask: "if_weak"; edge: Pair; answer: unknown }
  | { ask: "growth"; first: number; last: number; answer: unknown }
  | { ask: "next_birth" | "next_death"; event: number; answer: unknown };

const FOLDER = new URL("../../../tests/liveness/cases/", import.meta.url);
const CASES = readdirSync(new URL("analysis/", FOLDER)).filter((name) => name.endsWith(".json"));
const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));

function answer(r: Recording, q: Question): unknown {
  switch (q.ask) {
    case "growth":
      return growthBetween(r, q.first, q.last).map((g) => [
        g.line,
        g.runs,
        g.types,
        g.nbytes,
        g.piles,
      ]);
    case "next_birth":
      return nextBirth(r, q.event);
    case "next_death":
      return nextDeath(r, q.event);
    case "if_weak": {
      const edges = edgesOf(r, q.edge);
      expect(edges).toHaveLength(1);
      return fallsOf(r, edges[0]!);
    }
  }
  const event = endOfStep(r, q.step);
  switch (q.ask) {
    case "why":
      return whyOf(r, find(r, q.object), event);
    case "retained":
      return Object.fromEntries(
        [...retainedAt(r, event)]
          .filter(([object]) => isShown(r.objects.kind[object]!))
          .map(([object, { objects, nbytes }]) => [labelOf(r, object), [objects, nbytes]]),
      );
    case "cut":
      return told(
        r,
        cut(
          r,
          event,
          q.edges.flatMap((pair) => edgesOf(r, pair, event)),
        ),
      );
    case "dies":
      return told(r, lossOf(r, event, find(r, q.object)));
    case "pinned":
      return pinnedAt(r, event).map(({ owner, views, nbytes, used }) => [
        labelOf(r, owner),
        views.map((view) => labelOf(r, view)),
        nbytes,
        used,
      ]);
    case "islands":
      return islandsAt(r, event).map((island) => island.map((object) => labelOf(r, object)));
  }
}

const find = (r: Recording, label: string): number => {
  const object = r.objects.born.findIndex((_, o) => labelOf(r, o) === label);
  expect(object, label).toBeGreaterThanOrEqual(0);
  return object;
};

function edgesOf(r: Recording, pair: Pair, event?: number): number[] {
  if (typeof pair === "number") return [pair];
  const [holder, name] = pair;
  return r.edges.name
    .map((_, edge) => edge)
    .filter(
      (edge) =>
        r.edges.name[edge] === name &&
        labelOf(r, r.edges.holder[edge]!) === holder &&
        (event === undefined || edgeHolds(r, edge, event)),
    );
}

const told = (r: Recording, { byCount, byCollector }: Loss) => ({
  by_count: byCount.map((object) => labelOf(r, object)),
  by_collector: byCollector.map((object) => labelOf(r, object)),
  nbytes: bytesOfAll(r, [...byCount, ...byCollector]),
});

function fallsOf(r: Recording, edge: number) {
  const steps = weakening(r, edge);
  let next = steps.next();
  while (!next.done) next = steps.next();
  return next.value
    .map(({ object, step, cause }) => [labelOf(r, object), step, cause] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function whyOf(r: Recording, object: number, event: number) {
  const ways = retentions(r, event, object);
  return {
    sentence: marked(whyText(texts.en, r, object, event)),
    ways: ways.map(({ edges }) =>
      edges.map((edge) => [
        labelOf(r, r.edges.holder[edge]!),
        r.edges.name[edge],
        labelOf(r, r.edges.held[edge]!),
        lineAt(r, r.edges.from[edge]!),
      ]),
    ),
    cures: ways.map((way) => {
      const cure = cureOf(r, way);
      return [cure.rule, marked(cureText(texts.en, cure))];
    }),
  };
}

describe.each(CASES)("%s", (name) => {
  const { of, trace, questions } = read(`analysis/${name}`) as {
    of?: string;
    trace?: object;
    questions: Question[];
  };
  const r = readTrace(JSON.stringify(of ? read(of).trace : trace));
  it.each(questions.map((q, i) => [`${i}: ${q.ask}`, q] as const))("question %s", (_, q) => {
    expect(answer(r, q)).toEqual(q.answer);
  });

  it("says in Korean what it says in English, wherever it is asked why", () => {
    for (const q of questions) {
      if (q.ask !== "why") continue;
      const event = endOfStep(r, q.step);
      const object = find(r, q.object);
      const said = marked(whyText(texts.ko, r, object, event));
      const names = (text: string): string[] => (text.match(/`[^`]+`/g) ?? []).sort();
      expect(names(said)).toEqual(names(marked(whyText(texts.en, r, object, event))));
      // A particle that depends on the last sound never follows a name.
      expect(said).not.toMatch(/`[은는이가을를와과로]/);
    }
  });

  it("frees no byte twice and loses none that the object owns", () => {
    for (const q of questions) {
      if (q.ask !== "why" || !retentions(r, endOfStep(r, q.step), find(r, q.object)).length)
        continue;
      const object = find(r, q.object);
      const { byCount, byCollector } = lossOf(r, endOfStep(r, q.step), object);
      expect(byCount).toContain(object);
      expect(new Set([...byCount, ...byCollector]).size).toBe(byCount.length + byCollector.length);
      expect(bytesOfAll(r, byCount)).toBeGreaterThanOrEqual(bytesOf(r, object));
    }
  });
});
