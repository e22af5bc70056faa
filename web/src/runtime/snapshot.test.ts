import { expect, test } from "vitest";
import { type EmscriptenModule, readCode, readSnapshot, restore } from "./snapshot";

const PAGE = 65_536;
const header = {
  build: "b1",
  state: { hiwireKeys: [] },
  size: 2 * PAGE,
  initial: 24,
  runs: [
    [16, 4],
    [PAGE, 4],
  ],
  libraries: [],
  slots: 3,
  functions: [],
  trampoline: 32,
};

function fileOf(told: object, bytes: number[]): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(told));
  const file = new Uint8Array(4 + text.length + bytes.length);
  new DataView(file.buffer).setUint32(0, text.length, true);
  file.set(text, 4);
  file.set(bytes, 4 + text.length);
  return file.buffer;
}

const BYTES = [1, 2, 3, 4, 5, 6, 7, 8];
/** What the main module's file fills of memory. */
const INITIAL = new Uint8Array(PAGE).fill(7, 0, 24);

/** A module that has begun: one page of memory with something in it, and its trampoline at slot 2. */
function begun(build = "b1"): EmscriptenModule {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = {
    wasmTable: new WebAssembly.Table({ initial: 3, element: "anyfunc" }),
    freeTableIndexes: [],
    API: { config: { BUILD_ID: build } },
    growMemory(size: number) {
      memory.grow((size - memory.buffer.byteLength) / PAGE);
      module.HEAPU8 = new Uint8Array(memory.buffer);
      module.HEAP32 = new Int32Array(memory.buffer);
    },
    HEAPU8: new Uint8Array(memory.buffer),
    HEAP32: new Int32Array(memory.buffer),
  };
  module.HEAPU8.fill(9);
  module.HEAP32[8] = 2;
  return module as unknown as EmscriptenModule;
}

test("memory is as it was written down, but for the trampoline, which is this browser's", () => {
  const module = begun();
  restore(module, readSnapshot(fileOf(header, BYTES)), [], INITIAL);
  expect(module.HEAPU8.length).toBe(2 * PAGE);
  expect([...module.HEAPU8.subarray(12, 28)]).toEqual([
    7, 7, 7, 7, 1, 2, 3, 4, 7, 7, 7, 7, 0, 0, 0, 0,
  ]);
  expect([...module.HEAPU8.subarray(PAGE - 1, PAGE + 5)]).toEqual([0, 5, 6, 7, 8, 0]);
  expect(module.HEAP32[8]).toBe(2);
});

test("a file of another length is refused", () => {
  expect(() => readSnapshot(fileOf(header, BYTES.slice(1)))).toThrow("bytes is 7, not 8");
});

test("code is the main module and the libraries, in order", () => {
  const file = fileOf({ sizes: [3, 0, 5] }, BYTES);
  expect(readCode(file).map((code) => [...code])).toEqual([[1, 2, 3], [], [4, 5, 6, 7, 8]]);
  expect(() => readCode(fileOf({ sizes: [3, 6] }, BYTES))).toThrow("bytes is 8, not 9");
  expect(() => readCode(fileOf({ sizes: [] }, []))).toThrow("no main module");
});

test("the snapshot of another Pyodide, or of another table, is refused", () => {
  const snapshot = readSnapshot(fileOf(header, BYTES));
  expect(() => restore(begun("b2"), snapshot, [], INITIAL)).toThrow("build is b2, not b1");
  const longer = { ...snapshot, slots: 4 };
  expect(() => restore(begun(), longer, [], INITIAL)).toThrow("table is 3, not 4");
});

test("more initial memory than was kept is refused", () => {
  const snapshot = readSnapshot(fileOf(header, BYTES));
  expect(() => restore(begun(), snapshot, [], INITIAL.slice(0, 23))).toThrow("initial memory");
});

test("a function at another place is refused", () => {
  const snapshot = readSnapshot(fileOf({ ...header, functions: [[1, 0, "f"]] }, BYTES));
  const library = { name: "l", handle: 1, memoryBase: 0, tableBase: 3, tableSize: 0 };
  const module = Object.assign(begun(), {
    newDSO: () => ({}),
    loadWebAssemblyModule: () => ({ f: () => {} }),
  });
  const other = { ...snapshot, libraries: [library] };
  expect(() => restore(module, other, [{}], INITIAL)).toThrow("slot 1");
});
