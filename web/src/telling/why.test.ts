/** Why things died, in both languages, on the recording of every way to die. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { texts } from "../i18n";
import { readTrace } from "../trace/decode";
import { labelOf } from "../trace/replay";
import { causeText, marked } from "./why";

const { trace } = JSON.parse(
  readFileSync(
    new URL("../../../tests/liveness/cases/analysis/causes.json", import.meta.url),
    "utf-8",
  ),
);
const r = readTrace(JSON.stringify(trace));

it.each([
  [
    "Node#1",
    "the name `a` was rebound or deleted",
    "`a` 이름이 다른 객체에 묶였거나 삭제되었습니다",
  ],
  [
    "Node#3",
    "the attribute `b` of `Node#2` was set anew or deleted",
    "`Node#2`의 `b` 속성이 바뀌었거나 삭제되었습니다",
  ],
  [
    "Node#7",
    "the item `kept[2]` was removed or replaced",
    "`kept[2]` 항목이 제거되었거나 바뀌었습니다",
  ],
  ["Node#5", "the list `kept` was cleared", "`kept` 리스트가 비워졌습니다"],
  [
    "Node#8",
    "the item `kept[0]` was removed or replaced",
    "`kept[0]` 항목이 제거되었거나 바뀌었습니다",
  ],
  ["Node#9", "the dict `by` was cleared", "`by` 딕셔너리가 비워졌습니다"],
  ["f#1", "the frame of `f` was left", "`f` 함수의 프레임이 끝났습니다"],
  [
    "Node#11",
    "the frame of `f` was left, where `own` held it",
    "`f` 함수의 프레임이 끝나면서 마지막 참조이던 `own` 지역 이름이 사라졌습니다",
  ],
  [
    "Node#2",
    "the collector found that nothing reached it",
    "어디에서도 닿지 않는 것을 수집기가 찾아냈습니다",
  ],
])("%s", (label, en, ko) => {
  const row = r.deaths.object.findIndex((object) => labelOf(r, object) === label);
  expect(marked(causeText(texts.en, r, row))).toBe(en);
  expect(marked(causeText(texts.ko, r, row))).toBe(ko);
});
