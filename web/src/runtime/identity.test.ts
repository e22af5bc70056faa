import { afterEach, expect, test } from "vitest";
import { keepIdentity } from "./identity";

const { Instance, instantiate } = WebAssembly;
afterEach(() => Object.assign(WebAssembly, { Instance, instantiate }));

const numbered = (name: string): (() => void) =>
  Object.defineProperty(() => {}, "name", { value: name });

/** A table of a browser that makes twins: what it holds is not what was exported. */
function twins(...names: string[]) {
  const held: unknown[] = names.map(numbered);
  return {
    held,
    length: held.length,
    get: (slot: number) => held[slot],
    set: (slot: number, one: unknown) => (held[slot] = one),
  };
}

function brokenBrowser(exports: object): void {
  const instance = { exports };
  Object.assign(WebAssembly, {
    Instance: function Instance() {
      return instance;
    },
    instantiate: async (code: unknown) =>
      code instanceof Uint8Array ? { module: {}, instance } : instance,
  });
  keepIdentity(true);
}

const CODE = {} as WebAssembly.Module;

test("a browser that does as the standard says is left alone", () => {
  keepIdentity();
  expect(WebAssembly.Instance).toBe(Instance);
  expect(WebAssembly.instantiate).toBe(instantiate);
});

test.each([CODE, new Uint8Array()])(
  "what the main module exports is in its table",
  async (code) => {
    const table = twins("0", "1", "2");
    const f = numbered("1");
    brokenBrowser({ __indirect_function_table: table, f });
    await WebAssembly.instantiate(code as WebAssembly.Module, {});
    expect(table.held.indexOf(f)).toBe(1);
    expect(table.held.map((one) => (one as { name: string }).name)).toEqual(["0", "1", "2"]);
  },
);

test("a library changes its own part of the table alone", () => {
  const table = twins("5", "5");
  const [first] = table.held;
  const f = numbered("5");
  brokenBrowser({ f });
  const env = { __indirect_function_table: table, __table_base: 1 };
  new WebAssembly.Instance(CODE, { env } as unknown as WebAssembly.Imports);
  expect(table.held).toEqual([first, f]);
});

test("any other module changes none", () => {
  const table = twins("0");
  const [first] = table.held;
  brokenBrowser({ f: numbered("0") });
  const env = { __indirect_function_table: table };
  new WebAssembly.Instance(CODE, { env } as unknown as WebAssembly.Imports);
  expect(table.held).toEqual([first]);
});
