import { expect, test } from "vitest";
import { faultOf, inOneLine, lastWordsIn } from "./death";

test("last words tell why the interpreter died", () => {
  const why = (error: unknown) => faultOf(error, 7);
  expect(why(new RangeError("Maximum call stack size exceeded"))).toEqual({
    code: "died",
    why: "depth",
    line: 7,
    detail: "Maximum call stack size exceeded",
  });
  expect(why(new RangeError("Array buffer allocation failed"))).toMatchObject({ why: "memory" });
  expect(why(new Error("Program terminated with exit(3)"))).toMatchObject({ why: "exit" });
  expect(why(new Error("null function.\nat wasm"))).toMatchObject({
    why: "other",
    detail: "null function",
  });
});

test("where Python has said why it gives up, that is the cause", () => {
  const words = lastWordsIn(
    "Fatal Python error: _Py_CheckRecursiveCall: Unrecoverable stack overflow (used 57 kB)",
  );
  expect(lastWordsIn("Python runtime state: initialized")).toBe("");
  expect(faultOf(new Error("unreachable"), 4, words)).toMatchObject({ why: "depth", line: 4 });
  expect(faultOf(new Error("unreachable"), 4, "")).toMatchObject({ why: "exit" });
  const memory = lastWordsIn("Fatal Python error: _PyObject_GC_New: out of memory");
  expect(faultOf(new Error("unreachable"), 4, memory)).toMatchObject({ why: "memory" });
});

test("an exception of Python's that leaves the recorder is a recorder that was changed", () => {
  const error = new Error("Traceback (most recent call last):\n  File ...\nNameError: no len\n");
  error.name = "PythonError";
  expect(faultOf(error, null)).toEqual({ code: "broken", line: null, detail: "NameError: no len" });
});

test("whatever is thrown fits in one line", () => {
  const traceback = "Traceback (most recent call last):\n  File ...\nImportError: no livegrad\n";
  const pythons = Object.assign(new Error(traceback), { name: "PythonError" });
  expect(inOneLine(pythons)).toBe("ImportError: no livegrad");
  expect(inOneLine(new Error("one\ntwo"))).toBe("one");
  expect(inOneLine(new RangeError())).toBe("RangeError");
  expect(inOneLine("text")).toBe("text");
});
