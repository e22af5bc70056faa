import { describe, expect, it } from "vitest";
import { texts } from "../i18n";
import { kindOfLimit, tellLimit } from "./limit";

const sentence = (reason: string) =>
  `The recording ended at line 7: ${reason}; the program ran on unrecorded.`;
const REASONS = [
  "its limit of 100000 executed lines was reached",
  "its limit of 2000000 events was reached",
  "its limit of 200000000 bytes of trace was reached",
  "its limit of 50000 objects looked at in one step was reached",
  "the recorder itself failed (TypeError: a; b)",
];

describe.each(["en", "ko"] as const)("in %s", (language) => {
  const say = (text: string) => tellLimit(texts[language], text);

  it.each(REASONS)("%s: its line, its number or words, and nothing left to translate", (reason) => {
    const said = say(sentence(reason));
    expect(said).toMatch(/\b7/);
    expect(said).toContain(
      /\((.*)\)/.exec(reason)?.[1] ?? Number(/\d+/.exec(reason)).toLocaleString("en"),
    );
    if (language === "ko") expect(said).not.toMatch(/recording|limit|program/);
    const others = REASONS.filter((other) => other !== reason).map((other) => say(sentence(other)));
    expect(others).not.toContain(said);
  });

  it.each(["", "Some other recorder's words."])("%j is shown as it stands", (text) => {
    expect(say(text)).toBe(text);
  });
});

it("has a word for each limit, and none for what is no limit", () => {
  const kinds = REASONS.map((reason) => kindOfLimit(sentence(reason)));
  expect(kinds).toEqual(["lines", "events", "bytes", "objects", "failed"]);
  expect(kindOfLimit("Some other recorder's words.")).toBeNull();
});
