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

/** So many tuples in each other, hashed from the outermost, and the exceptions set meanwhile. */
function hashes(depth: number) {
  const HEAPU32 = new Uint32Array(100);
  HEAPU32[(TYPE + 16) >>> 2] = 12;
  HEAPU32[(TYPE + 60) >>> 2] = SLOT;
  HEAPU32[20 >>> 2] = 77;
  const raised: [number, string][] = [];
  const table: unknown[] = [];
  const hash = (object: number): number =>
    object < depth ? (table[SLOT] as typeof hash)(object + 1) : object;
  table[SLOT] = hash;
  const texts: string[] = [];
  const module = {
    HEAPU32,
    wasmTable: {
      get: (i: number) => table[i],
      set: (i: number, hash: unknown) => (table[i] = hash),
    },
    addFunction: (hash: unknown) => table.push(hash) - 1,
    stringToNewUTF8: (text: string) => texts.push(text) - 1,
    _PyExc_RecursionError: 20,
    _PyErr_SetString: (type: number, words: number) => raised.push([type, texts[words]!]),
  } as unknown as EmscriptenModule;
  new Stack(module).guardHashes(JSON.stringify([[TYPE, 12]]));
  return { hash: () => (table[SLOT] as typeof hash)(1), raised };
}

test("a hash is what it was, as deep as there is room", () => {
  const { hash, raised } = hashes(500);
  expect([hash(), hash()]).toEqual([500, 500]);
  expect(raised).toEqual([]);
});

test("beyond it the hash raises", () => {
  const { hash, raised } = hashes(501);
  expect([hash(), hash()]).toEqual([-1, -1]);
  expect(raised).toEqual(Array(2).fill([77, "maximum recursion depth exceeded in a hash"]));
});
