import { describe, expect, it } from "vitest";
import { texts } from "../i18n";
import sentences from "../i18n/engine.ko.json";
import { tellMeaning, tellRaised } from "./fault";

const GAP = /\{\d+\}/g;

describe("an exception of the engine", () => {
  it.each(Object.keys(sentences))(
    "is found by its sentence, whatever fills its gaps: %s",
    (english) => {
      const line = `TypeError: ${english.replace(GAP, (gap) => `<${gap[1]}>`)}`;
      const korean = (sentences as Record<string, string>)[english]!;
      expect(tellRaised(texts.ko, line)).toBe(
        `TypeError: ${korean.replace(GAP, (gap) => `<${gap[1]}>`)}`,
      );
      expect(tellRaised(texts.en, line)).toBe(line);
    },
  );

  it("ends in the other language too where its end is a sentence of its own", () => {
    const line =
      "ValueError: MatMul can not take shape (2, 3) and (2, 3): the last axis of x must be as long as the last but one of W; transpose or reshape one (and multiply by a number with *)";
    expect(tellRaised(texts.ko, line)).toBe(
      "ValueError: MatMul 연산에 넘길 수 없는 형상입니다: (2, 3), (2, 3). x의 마지막 축과 W의 끝에서 두 번째 축의 길이가 같아야 합니다. 한쪽을 transpose나 reshape로 맞추세요(숫자를 곱할 때는 *).",
    );
  });

  it("keeps Python's words, and says nothing below a traceback that needs none", () => {
    const line = "ZeroDivisionError: division by zero";
    expect(tellRaised(texts.ko, line)).toBe(line);
    expect(tellMeaning(texts.ko, `Traceback\n${line}\n`)).toBeNull();
    expect(tellMeaning(texts.en, "TypeError: Thing has no forward: define it\n")).toBeNull();
    expect(tellMeaning(texts.ko, "TypeError: Thing has no forward: define it\n")).toBe(
      "Thing 클래스에 forward 메서드가 없습니다. 정의하세요.",
    );
  });

  it("is not looked for in a text without end", () => {
    const line = `ValueError: ${" has no ".repeat(100_000)}`;
    expect(tellRaised(texts.ko, line)).toBe(line);
  });
});
