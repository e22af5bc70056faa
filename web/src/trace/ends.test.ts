import { expect, test } from "vitest";
import { append } from "./decode";
import { readEnd, readHeader } from "./ends";
import { Recording } from "./recording";

const header = {
  python: "3.14.2",
  numpy: null,
  platform: "emscripten",
  probe: "python",
  outputs: "weak",
  main: "main.py",
};
const end = {
  status: "failed",
  event: 4,
  message: "NameError",
  traceback: "…",
  line: 2,
  limit: null,
};

test("header and end are read with nothing but their own fields", () => {
  expect(readHeader({ ...header, extra: 1 })).toEqual(header);
  expect(readEnd({ ...end, extra: 1 })).toEqual(end);
});

test.each([
  { ...header, python: 3 },
  { ...header, numpy: {} },
  { ...header, outputs: "constructor" },
  { ...header, main: ["main.py"] },
  {},
])("%# a header that is not one is damaged", (value) => {
  expect(() => readHeader(value)).toThrow("damaged");
});

test.each([
  { ...end, status: "toString" },
  { ...end, event: -1 },
  { ...end, message: { split: "x" } },
  { ...end, line: "2" },
  {},
])("%# an end that is not one is damaged", (value) => {
  expect(() => readEnd(value)).toThrow("damaged");
});

test.each([
  { start: 0, strings: 7 },
  { start: 0, strings: ["A"], objects: { event: [1], kind: ["element"], type: [0], stack: [-1] } },
  { start: 0, objects: 3 },
  { start: 0, output: { event: [1], stream: ["__proto__"], text: ["x"] } },
  { start: 0, islands: { event: [1], members: [3] } },
])("%# a chunk of another shape is damaged", (chunk) => {
  expect(() => append(new Recording(), "chunk", JSON.stringify(chunk))).toThrow("damaged");
});
