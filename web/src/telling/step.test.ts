/** Narration of recordings that Python's tests made: what each line did, in both languages. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { texts } from "../i18n";
import { plain } from "../i18n/rich";
import { readTrace } from "../trace/decode";
import { isFrame } from "../trace/holders";
import { marksOf } from "../trace/questions";
import type { Recording } from "../trace/recording";
import { edgeHolds, endOfStep, labelOf, lineOfStep, stepCount } from "../trace/replay";
import { tellStep } from "./step";
import { marked } from "./why";

const FOLDER = new URL("../../../tests/liveness/cases/", import.meta.url);
const read = (name: string): Recording => {
  const { trace } = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as { trace: object };
  return readTrace(JSON.stringify(trace));
};
const stepsOf = (r: Recording): number[] => Array.from({ length: stepCount(r) }, (_, step) => step);

/** What is said after the n-th run of a line; -1 is the last. */
function said(r: Recording, line: number, time = 1): string {
  const runs = stepsOf(r).filter((step) => lineOfStep(r, step) === line);
  const step = runs.at(time > 0 ? time - 1 : time)!;
  return tellStep(texts.en, r, step, endOfStep(r, step)).sentences.map(plain).join(" ");
}

describe("a line", () => {
  it.each([
    ["a-graph-dies.json", 1, "Modules were imported; nothing that is watched was born or died."],
    ["a-graph-dies.json", 10, "y was bound to the new Variable#2. 3 objects were born, 8 B."],
    [
      "a-graph-dies.json",
      14,
      "y let go of Variable#2. 8 objects lost their last holder and died, 32 B freed.",
    ],
    ["a-graph-dies.json", 15, "The collector ran and found nothing."],
    ["an-island.json", 4, "The body of the class Thing runs here, once."],
    [
      "an-island.json",
      11,
      "Thing#2 is now held by b of Thing#1. The reference count of Thing#2 went from 1 to 2.",
    ],
    [
      "an-island.json",
      16,
      "a let go of Thing#1. The reference count of Thing#1 went from 2 to 1. " +
        "No name reaches 3 objects any more, yet each is still held by another.",
    ],
    ["an-island.json", 17, "The collector freed 3 objects."],
    [
      "a-growing-list.json",
      6,
      "The loop checked whether to go on; nothing that is watched was born or died.",
    ],
    [
      "a-growing-list.json",
      9,
      "Variable#2 is now held by losses[0] in <module>. " +
        "The reference count of Variable#2 went from 1 to 2.",
    ],
    ["names-in-functions.json", 5, "f was defined. Nothing runs in it before it is called."],
    [
      "names-in-functions.json",
      11,
      "f returned and let go of what was local to it. " +
        "The reference count of Thing#1 went from 3 to 1.",
    ],
    [
      "analysis/leak-closure.json",
      5,
      "y, which an inner function uses too, was bound to Variable#2. 3 objects were born, 8 B.",
    ],
    [
      "analysis/leak-traceback.json",
      7,
      "ValueError#1 was raised; its traceback keeps the frames it passed, with their locals.",
    ],
    ["a-growing-list.json", 5, "Nothing that is watched was born, died or changed hands."],
  ])("%s, line %i", (name, line, sentence) => {
    expect(said(read(name), line)).toBe(sentence);
  });
});

describe("the middle of a line", () => {
  const r = read("a-graph-dies.json");
  const step = stepsOf(r).find((s) => lineOfStep(r, s) === 14)!;
  it("tells what has just died, and how far the line is", () => {
    const marks = marksOf(r, step);
    expect(marks.length).toBeGreaterThan(3);
    const [first] = marks;
    const { sentences, tally } = tellStep(texts.en, r, step, first!);
    const dead = r.objects.died.indexOf(first!);
    expect(plain(sentences[0]!)).toBe(`${labelOf(r, dead)} just died.`);
    expect(plain(sentences[1]!)).toMatch(`event 1 of ${marks.length}: `);
    expect(tally).toEqual(["† 1 died"]);
  });
});

/** Whether a name holds what has this label. */
function isBound(r: Recording, name: string, label: string, event: number): boolean {
  const { holder, held, name: names } = r.edges;
  return names.some((one, edge) => {
    if (one !== name || !isFrame(r, holder[edge]!) || !edgeHolds(r, edge, event)) return false;
    return labelOf(r, held[edge]!) === label;
  });
}

/** What a sentence says of a name or an argument, as name and label. */
function boundBy(sentence: string): [string, string][] {
  const name = /^(\S+) (?:was bound to|moved from \S+ to) (?:the new )?(\S+)\.$/.exec(sentence);
  if (name) return [[name[1]!, name[2]!]];
  if (!/ was called: /.test(sentence)) return [];
  const args = sentence
    .slice(sentence.indexOf(":") + 1)
    .matchAll(/(\w+) is (?:the new )?([^,]+#\d+)/g);
  return [...args].map(([, argument, label]) => [argument!, label!]);
}

describe("every step of every case", () => {
  const names = ["", "analysis/"].flatMap((folder) =>
    readdirSync(new URL(folder, FOLDER))
      .filter((name) => name.endsWith(".json"))
      .map((name) => folder + name),
  );
  it.each(names)("%s is told in few sentences, in both languages", (name) => {
    const { trace } = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as { trace?: object };
    if (!trace) return; // asks about another file's recording
    const r = readTrace(JSON.stringify(trace));
    for (const step of stepsOf(r)) {
      for (const event of [...marksOf(r, step), endOfStep(r, step)]) {
        for (const language of ["en", "ko"] as const) {
          const { sentences } = tellStep(texts[language], r, step, event);
          expect(sentences.length).toBeGreaterThan(0);
          expect(sentences.length).toBeLessThan(6);
          for (const text of sentences) {
            if (language === "en" && event === endOfStep(r, step)) {
              for (const [bound, label] of boundBy(plain(text)))
                expect(isBound(r, bound, label, event), plain(text)).toBe(true);
            }
            expect(plain(text)).toMatch(/[.:]$/);
            expect(plain(text)).not.toMatch(/undefined|NaN|\[object|(^| )-1( |$)/);
            if (language === "ko") expect(marked(text)).not.toMatch(/`[은는이가을를와과로]/);
          }
        }
      }
    }
  });
});
