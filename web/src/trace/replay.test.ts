import { describe, expect, it } from "vitest";
import { readTrace } from "./decode";
import { firstNameOf, holdersOf, namesOf, wayFromRoot } from "./holders";
import { factsOf, lineCosts, marksOf, stepWithCollection, stepWithDeath } from "./questions";
import type { Recording } from "./recording";
import {
  bytesOf,
  countOf,
  deathOf,
  labelOf,
  lineOfStack,
  passOf,
  peakUpTo,
  stateOf,
  stepOf,
  totalAt,
} from "./replay";
import { sampleTrace } from "./sample";

const sample = (): Recording => readTrace(JSON.stringify(sampleTrace()));

describe("state at an event", () => {
  const r = sample();

  it("follows an object from birth to death", () => {
    expect([1, 2, 12, 13].map((e) => stateOf(r, 2, e))).toEqual([
      "unborn",
      "alive",
      "alive",
      "dead",
    ]);
    expect([10, 14, 15, 18].map((e) => stateOf(r, 5, e))).toEqual([
      "alive",
      "alive",
      "unreachable",
      "dead",
    ]);
  });

  it("gives the newest count at or before the event, and 0 for the dead", () => {
    expect([2, 4, 8, 9].map((e) => countOf(r, 2, e).count)).toEqual([0, 1, 2, 2]);
    expect(countOf(r, 2, 9).weak).toBe(1);
    expect(countOf(r, 2, 13)).toEqual({ count: 0, weak: 0, unexplained: 0 });
  });

  it("says who killed it and where", () => {
    expect(deathOf(r, 2)).toMatchObject({ by: "refcount", line: 3, edge: 3 });
    expect(deathOf(r, 5)).toMatchObject({ by: "gc", line: 4, generation: 2 });
    expect(deathOf(r, 0)).toBeNull();
    expect(lineOfStack(r, r.objects.stack[2]!)).toBe(1);
  });

  it("counts labels by type, bytes by owner, passes by line", () => {
    expect([2, 5, 6].map((o) => labelOf(r, o))).toEqual(["Variable#1", "Thing#1", "Thing#2"]);
    expect([bytesOf(r, 1), bytesOf(r, 2)]).toEqual([80, 0]);
    expect(passOf(r, 2)).toEqual({ pass: 1, of: 1 });
    expect([totalAt(r.bytes, 13), totalAt(r.bytes, 14), peakUpTo(r.bytes, 20)]).toEqual([
      80, 0, 80,
    ]);
    expect([1, 5, 6, 20].map((e) => stepOf(r, e))).toEqual([0, 0, 1, 3]);
  });
});

describe("holders", () => {
  const r = sample();

  it("walks through containers and weak references to the first holder that is neither", () => {
    const told = holdersOf(r, 2, 9).map(({ path, holder, strength }) => [
      path,
      labelOf(r, holder),
      strength,
    ]);
    expect(told).toEqual([
      ["a", "<module>#1", "strong"],
      ["kept[0]", "<module>#1", "strong"],
      ["w", "<module>#1", "weak"],
    ]);
    expect(
      holdersOf(r, 1, 9).map(({ path, holder }) => `${path} of ${labelOf(r, holder)}`),
    ).toEqual(["data of Variable#1"]);
  });

  it("knows names, and the first one of the dead", () => {
    expect(namesOf(r, 2, 9)).toEqual(["a"]);
    expect(namesOf(r, 2, 12)).toEqual([]);
    expect(firstNameOf(r, 2, 20)).toBe("a");
  });

  it("finds a way from a name, and none into an island", () => {
    expect(wayFromRoot(r, 1, 9)?.map(({ path }) => path)).toEqual(["a", "data"]);
    expect(wayFromRoot(r, 5, 15)).toBeNull();
  });
});

describe("facts of a step", () => {
  const r = sample();

  it("counts births, deaths, bytes, names and what went out of reach", () => {
    const facts = factsOf(r, 2);
    expect(facts).toMatchObject({
      born: [5, 6],
      died: [2, 1],
      byCollector: 0,
      freed: 80,
      lost: [5, 6],
    });
    expect(facts.bindings).toMatchObject([{ frame: 0, name: "a", before: 2, after: -1 }]);
    expect(factsOf(r, 3)).toMatchObject({ died: [5, 6], byCollector: 2, collections: [0] });
    expect(factsOf(r, 1).printed).toBe(true);
  });

  it("finds the next death and collection in both directions", () => {
    expect(stepWithDeath(r, 0, 1)).toBe(2);
    expect(stepWithDeath(r, 2, -1)).toBe(-1);
    expect(stepWithCollection(r, 0, 1)).toBe(3);
  });

  it("has the cost of each line at its last run, and the marks within a step", () => {
    expect([...lineCosts(r, 2)]).toEqual([
      [1, { allocated: 80, freed: 0 }],
      [2, { allocated: 0, freed: 0 }],
      [3, { allocated: 0, freed: 80 }],
    ]);
    expect(marksOf(r, 2)).toEqual([12, 13, 14]);
  });
});
