import { describe, expect, it } from "vitest";
import { texts } from "../i18n";
import type { Fault } from "../runtime/faults";
import { tellFault } from "./fault";

const died = { code: "died", line: 7, detail: "its words" } as const;
const FAULTS: Fault[] = [
  { code: "fetch", file: "numpy.whl", status: null },
  { code: "fetch", file: "numpy.whl", status: 404 },
  { code: "file", file: "numpy.whl" },
  { code: "browser", lacks: "WebAssembly" },
  { code: "start", detail: "its words" },
  { ...died, why: "depth" },
  { ...died, why: "memory" },
  { ...died, why: "exit" },
  { ...died, why: "other" },
  { ...died, why: "exit", line: null },
  { code: "broken", line: 7, detail: "its words" },
  { code: "link" },
  { code: "trace", flaw: { code: "foreign" } },
  { code: "trace", flaw: { code: "version", version: "9" } },
  { code: "trace", flaw: { code: "damaged", detail: "it is not JSON" } },
  { code: "trace", flaw: { code: "unread" } },
  { code: "flood" },
  { code: "nonsense" },
];

describe.each(["en", "ko"] as const)("in %s", (language) => {
  it.each(FAULTS)("$code is told in sentences of its own", (fault) => {
    const said = tellFault(texts[language], fault);
    expect(said).toMatch(/\.$/);
    expect(said).not.toMatch(/undefined|null|\[object/);
    expect(/[가-힣]/.test(said)).toBe(language === "ko");
    const others = FAULTS.filter((f) => f !== fault).map((f) => tellFault(texts[language], f));
    expect(others).not.toContain(said);
  });

  it("a death names its line and its cause", () => {
    expect(tellFault(texts[language], { ...died, why: "other" })).toContain("its words");
    expect(tellFault(texts[language], { ...died, why: "exit" })).toContain("7");
  });
});

it("English, word for word", () => {
  expect(tellFault(texts.en, { ...died, why: "depth" })).toBe(
    "Python died at line 7 because calls were nested deeper than the browser allows; the next run has a fresh one.",
  );
});
