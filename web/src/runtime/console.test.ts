import { describe, expect, it } from "vitest";
import { readCompletions, readTold } from "./console";

describe("readTold", () => {
  it("reads an answer", () => {
    const last = { type: "Variable", count: 2, names: ["y"], objects: 3, nbytes: 8000 };
    const told = { more: false, output: "variable(1.0)\n", failed: false, last };
    expect(readTold(JSON.stringify(told))).toEqual(told);
  });

  it("takes what it does not know for nothing", () => {
    for (const json of ["null", "{", "1", "[]", "{}", '{"output": 1}']) {
      expect(readTold(json)).toBeNull();
    }
    const odd = { output: "x", more: 1, failed: "yes", last: { type: "T", count: -1, names: [1] } };
    expect(readTold(JSON.stringify(odd))).toEqual({
      more: false,
      output: "x",
      failed: false,
      last: { type: "T", count: null, names: [], objects: 0, nbytes: 0 },
    });
  });
});

it("readCompletions reads texts alone", () => {
  expect(readCompletions('["a", 1, "b"]')).toEqual(["a", "b"]);
  expect(readCompletions("{}")).toEqual([]);
});
