import { expect, test } from "vitest";
import type { EmscriptenModule } from "../probe/memory";
import { Stack } from "./stack";

const TYPE = 64;
const SLOT = 3;

/** A memory in which the object at 4 n holds the object at 4 (n + 1), and what became of them. */
function chain(length: number, size = 12) {
  const HEAPU32 = new Uint32Array(length + 1000);
  HEAPU32[(TYPE + 16) >>> 2] = 12;
  HEAPU32[(TYPE + 24) >>> 2] = SLOT;
  const table: unknown[] = [];
  const freed: number[] = [];
  let depth = 0;
  let deepest = 0;
  const dealloc = (object: number): void => {
    deepest = Math.max(deepest, ++depth);
    freed.push(object);
    if (freed.length < length) (table[SLOT] as (object: number) => void)(object + 4);
    depth--;
  };
  table[SLOT] = dealloc;
  const module = {
    HEAPU32,
    wasmTable: {
      get: (i: number) => table[i],
      set: (i: number, free: unknown) => (table[i] = free),
    },
    addFunction: (free: unknown) => table.push(free) - 1,
  } as unknown as EmscriptenModule;
  new Stack(module).guardFrees(
    JSON.stringify([
      [TYPE, size],
      [TYPE, size],
    ]),
  );
  return {
    HEAPU32,
    freed,
    free: () => (table[SLOT] as (object: number) => void)(1000),
    deepest: () => deepest,
  };
}

test("a chain is freed from its head to its end, nested to a bounded depth", () => {
  const { free, freed, deepest } = chain(100_000);
  free();
  expect(freed).toEqual(Array.from({ length: 100_000 }, (_, i) => 1000 + 4 * i));
  expect(deepest()).toBe(100);
});

test("where a type has another form its frees are left alone", () => {
  const { free, deepest } = chain(200, 16);
  free();
  expect(deepest()).toBe(200);
});
