import { expect, test } from "vitest";
import { deathSentence, inOneLine, lineOf } from "./death";

const words = [
  "Thread 0x00000001 (most recent call first):",
  '  File "/lib/python3.14/copy.py", line 131 in deepcopy',
  '  File "main.py", line 7 in f',
  '  File "main.py", line 12 in <module>',
];

test("the line is that of the program's innermost frame", () => {
  expect(lineOf(words, "main.py")).toBe(7);
});

test("without a frame of the program there is no line", () => {
  expect(lineOf(words, "other.py")).toBeUndefined();
  expect(lineOf([], "main.py")).toBeUndefined();
});

test("each death is one sentence that says why and where", () => {
  const deep = new RangeError("Maximum call stack size exceeded");
  expect(deathSentence(deep, 7)).toBe(
    "Python died at line 7 because calls were nested deeper than the browser allows; it starts again by itself.",
  );
  expect(deathSentence(new RangeError("Array buffer allocation failed"), undefined)).toBe(
    "Python died because the browser had no more memory for it; it starts again by itself.",
  );
  expect(deathSentence(new Error("Program terminated with exit(3)"), 2)).toContain(
    "at line 2 because the program ended the interpreter itself",
  );
  expect(deathSentence(new Error("null function.\nat wasm"), 2)).toBe(
    "Python died at line 2 (null function); it starts again by itself.",
  );
});

test("whatever is thrown fits in one line", () => {
  const traceback = "Traceback (most recent call last):\n  File ...\nImportError: no livegrad\n";
  expect(inOneLine(new Error(traceback))).toBe("ImportError: no livegrad");
  expect(inOneLine(new Error("one\ntwo"))).toBe("one");
  expect(inOneLine(new RangeError())).toBe("RangeError");
  expect(inOneLine("text")).toBe("text");
});
