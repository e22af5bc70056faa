import { expect, test } from "vitest";
import { lockDown } from "./lockdown";

test("what is not kept is taken away, from the scope and from what it inherits", () => {
  const base = { fetch: 1, setTimeout: 2 };
  const scope = Object.assign(Object.create(base), { close: 3, Array: 4 });
  expect(lockDown(scope, new Set(["setTimeout", "Array", ...OBJECTS]))).toEqual([]);
  expect("fetch" in scope).toBe(false);
  expect("close" in scope).toBe(false);
  expect([scope.setTimeout, scope.Array]).toEqual([2, 4]);
});

test("what cannot be taken away is told", () => {
  const scope = Object.defineProperty({}, "open", { value: 1, configurable: false });
  expect(lockDown(scope, new Set(OBJECTS))).toEqual(["open"]);
});

/** Object.prototype is every scope's and also this test's: nothing may be taken from it here. */
const OBJECTS = Object.getOwnPropertyNames(Object.prototype);
