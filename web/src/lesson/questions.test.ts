import { describe, expect, it } from "vitest";
import { readTrace } from "../trace/decode";
import { Recording } from "../trace/recording";
import { sampleTrace } from "../trace/sample";
import { type Answer, answer, choicesWith, isRight, type Question, stepAt } from "./questions";

const r = readTrace(JSON.stringify(sampleTrace()));
const right = (question: Record<string, unknown>): unknown =>
  (answer(r, { choices: [], ...question } as unknown as Question) as Answer).right;

describe("answer", () => {
  it("reads deaths, causes and their order", () => {
    expect(right({ ask: "line of death", of: { name: "a" } })).toEqual([3]);
    expect(right({ ask: "cause", of: { name: "a" } })).toEqual(["refcount"]);
    expect(right({ ask: "cause", of: { label: "Thing#1" } })).toEqual(["gc"]);
    expect(right({ ask: "first to die", among: ["a"] })).toEqual(["a"]);
    expect(right({ ask: "collected", at: { line: 4 } })).toEqual([2]);
    expect(right({ ask: "deaths", at: { line: 3 } })).toEqual([2]);
  });

  it("reads a moment: counts, holders, the living, bytes", () => {
    const at = { line: 2 };
    expect(right({ ask: "count", of: { name: "a" }, at })).toEqual([2]);
    expect(right({ ask: "holder", of: { name: "a" }, at })).toEqual(["a", "kept[0]"]);
    expect(right({ ask: "alive", at })).toEqual([2]);
    expect(right({ ask: "unreachable", at: { line: 3 } })).toEqual([2]);
    expect(right({ ask: "bytes", at })).toEqual([80]);
    expect(right({ ask: "peak" })).toEqual([80]);
  });

  it("says what is missing in a recording that is about something else", () => {
    const of = { name: "nobody" };
    expect(answer(r, { ask: "cause", of, choices: [] })).toEqual({ missing: "object" });
    expect(answer(r, { ask: "bytes", at: { line: 9 }, choices: [] })).toEqual({ missing: "line" });
    expect(answer(new Recording(), { ask: "peak", choices: [] })).toEqual({ missing: "steps" });
    // Dead by then: nobody holds it.
    expect(answer(r, { ask: "count", of: { name: "a" }, at: { line: 4 }, choices: [] })).toEqual({
      missing: "object",
    });
  });

  it("accepts any of several holders", () => {
    const question: Question = {
      ask: "holder",
      of: { name: "a" },
      at: { line: 2 },
      choices: ["a", "b", "kept[0]"],
    };
    const found = answer(r, question) as Answer;
    expect(question.choices.map((choice) => isRight(found, choice))).toEqual([true, false, true]);
  });
});

describe("stepAt", () => {
  it("finds passes from the front, the last one, and the end", () => {
    expect([{ line: 2 }, { line: 2, pass: 1 }, {}].map((at) => stepAt(r, at))).toEqual([1, 1, 3]);
    expect(stepAt(r, { line: 2, pass: 2 })).toBe(-1);
  });
});

describe("choicesWith", () => {
  const question: Question = { ask: "peak", choices: [8, 800] };

  it("leaves the choices as they are where the answer is among them, or is not known", () => {
    expect(choicesWith({ ...question, choices: [8, 80] }, answer(r, question))).toEqual([8, 80]);
    expect(choicesWith(question, null)).toEqual([8, 800]);
  });

  it("puts an answer that a changed program gave in its place", () => {
    expect(choicesWith(question, answer(r, question))).toEqual([8, 80, 800]);
  });
});
