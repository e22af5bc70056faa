import { describe, expect, it } from "vitest";
import { texts } from "../i18n";
import type { Inline, LessonPage } from "../lesson/page";
import { lessons } from "./lessons";

const words = ({ paragraphs, tries }: LessonPage): Inline[] => [
  ...paragraphs.flat(),
  ...tries.flatMap(({ text }) => text),
];

/** Of a page: each word that explains itself, with the text before it. */
function termsOf(page: LessonPage): { of: string; text: string; before: string }[] {
  const found = [];
  let before = "";
  for (const part of words(page)) {
    const text = typeof part === "string" ? part : part.text;
    const isCode = typeof part !== "string" && part.mark === "code";
    if (typeof part !== "string" && part.mark === "term") found.push({ of: part.of, text, before });
    before += isCode ? "`" : text;
  }
  return found;
}

describe.each(lessons)("the text of $id", ({ page }) => {
  const terms = { en: termsOf(page.en), ko: termsOf(page.ko) };

  it("has words that explain themselves, each known and once", () => {
    for (const language of ["en", "ko"] as const) {
      const names = terms[language].map(({ of }) => of);
      expect(names).not.toEqual([]);
      expect(names.filter((name) => !(name in texts[language].terms))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it("explains the same in both languages", () => {
    const sorted = (language: "en" | "ko") => terms[language].map(({ of }) => of).sort();
    expect(sorted("ko")).toEqual(sorted("en"));
  });

  it("explains a word where it first stands", () => {
    for (const { text, before } of [...terms.en, ...terms.ko]) expect(before).not.toContain(text);
  });
});
