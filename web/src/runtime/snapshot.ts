/**
 * Brings back an interpreter whose memory was written down by web/build/snapshot.mjs.
 *
 * The memory holds addresses of functions, which are slots of a table, and of the data of
 * libraries: main module and libraries are put back where they were, then the memory
 * is written over whatever their own start left in it. A sixth of the memory is as the main
 * module's own file has it, and taken from there. Each assumption is checked, and
 * a snapshot that does not fit is an error: its caller starts Python the long way.
 */

/** A library (a numpy .so) that was loaded, and where. */
export interface Library {
  name: string;
  handle: number;
  memoryBase: number;
  tableBase: number;
  tableSize: number;
}

export interface Snapshot {
  /** Of the Pyodide that it was made with. */
  build: string;
  /** Pyodide's own, handed back to it. */
  state: unknown;
  /** Bytes of memory. */
  size: number;
  /** Bytes of memory that the main module's file fills; beyond is zero. */
  initial: number;
  /** [address, bytes] of what became different, in order; the bytes follow one another in `bytes`. */
  runs: [number, number][];
  bytes: Uint8Array;
  libraries: Library[];
  /** Length of the table of functions. */
  slots: number;
  /** [slot, index of its library, name] of functions outside of the libraries' own parts. */
  functions: [number, number, string][];
  /** Address of the slot of CPython's trampoline, which depends on the browser. */
  trampoline: number;
}

/** What this needs of Pyodide's Emscripten module. */
export interface EmscriptenModule {
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  wasmTable: WebAssembly.Table;
  freeTableIndexes: number[];
  API: { config: { BUILD_ID: string }; restoreSnapshot(image: unknown): unknown };
  growMemory(bytes: number): 1 | undefined;
  newDSO(name: string, handle: number, exports: unknown): Loaded;
  loadWebAssemblyModule(
    module: WebAssembly.Module,
    flags: Record<string, boolean>,
    name: string,
    scope: object,
    handle: number,
  ): Record<string, unknown>;
  /** Added by the build: where the next library's data go. */
  memoryBase?: number;
}

/** Emscripten's instantiateWasm. */
export type Start = (
  imports: WebAssembly.Imports,
  receive: (instance: WebAssembly.Instance, code: WebAssembly.Module) => void,
) => object;

interface Loaded {
  refcount: number;
  global: boolean;
  exports: Record<string, unknown>;
}

/** Length of the header (32 bits), the header as JSON, the bytes. */
function readFile<Header>(file: ArrayBuffer, sizesIn: (header: Header) => number[]) {
  const length = new DataView(file).getUint32(0, true);
  const header: Header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, length)));
  const bytes = new Uint8Array(file, 4 + length);
  const sizes = sizesIn(header);
  check(
    "bytes",
    bytes.length,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  return { header, sizes, bytes };
}

export function readSnapshot(file: ArrayBuffer): Snapshot {
  const { header, bytes } = readFile<Snapshot>(file, ({ runs }) => runs.map(([, size]) => size));
  return { ...header, bytes };
}

/** WebAssembly of the main module, and of the libraries in the snapshot's order. */
export function readCode(
  file: ArrayBuffer,
): [Uint8Array<ArrayBuffer>, ...Uint8Array<ArrayBuffer>[]] {
  const { sizes, bytes } = readFile<{ sizes: number[] }>(file, ({ sizes }) => sizes);
  let end = 0;
  const [main, ...libraries] = sizes.map((size) => {
    end += size;
    return bytes.subarray(end - size, end);
  });
  if (!main) throw new Error("There is no main module.");
  return [main, ...libraries];
}

/** More than a main module's file fills of memory, in bytes. */
const MOST_INITIAL = 2 ** 23;

/** How a module starts, with its memory kept as it is before anything has run. */
export function keepInitial(start: Start, keep: (initial: Uint8Array) => void): Start {
  return (imports, receive) =>
    start(imports, (instance, code) => {
      const { buffer } = instance.exports.memory as WebAssembly.Memory;
      keep(new Uint8Array(buffer).slice(0, MOST_INITIAL));
      receive(instance, code);
    });
}

/** Give a module that has not run yet the memory of the one that was written down. */
export function restore(
  module: EmscriptenModule,
  snapshot: Snapshot,
  libraries: WebAssembly.Module[],
  initial: Uint8Array,
): void {
  check("build", module.API.config.BUILD_ID, snapshot.build);
  check("enough of the initial memory", snapshot.initial <= initial.length, true);
  const trampoline = module.HEAP32[snapshot.trampoline >> 2]!;
  if (module.HEAPU8.length < snapshot.size) module.growMemory(snapshot.size);
  if (module.HEAPU8.length < snapshot.size) throw new Error("There is not enough memory.");
  const slots = new Set(snapshot.functions.map(([slot]) => slot));
  const loaded = snapshot.libraries.map((library, i) => {
    reach(module, library.tableBase, slots);
    // What is undefined is looked for once, after the last: each time takes 3 ms.
    const last = i === libraries.length - 1;
    return load(module, library, libraries[i]!, { loadAsync: false, allowUndefined: !last });
  });
  const table = module.wasmTable;
  check("table", table.length, snapshot.slots);
  for (const [slot, library, name] of snapshot.functions) {
    check(`slot ${slot}`, table.get(slot), loaded[library]?.[name]);
  }
  copy(snapshot, initial, module.HEAPU8);
  module.HEAP32[snapshot.trampoline >> 2] = trampoline;
}

/** Lengthen the table; what was in the new slots is put there by loading, or by the browser. */
function reach(module: EmscriptenModule, length: number, slots: Set<number>): void {
  const table = module.wasmTable;
  while (table.length < length) {
    const slot = table.grow(1);
    if (slots.has(slot)) module.freeTableIndexes.push(slot);
  }
}

function load(
  module: EmscriptenModule,
  { name, handle, memoryBase, tableBase }: Library,
  code: WebAssembly.Module,
  flags: Record<string, boolean>,
): Record<string, unknown> {
  check(`table base of ${name}`, module.wasmTable.length, tableBase);
  const library = module.newDSO(name, handle, "loading");
  library.refcount = 1;
  library.global = false;
  module.memoryBase = memoryBase;
  library.exports = module.loadWebAssemblyModule(code, flags, name, {}, 0);
  delete module.memoryBase;
  return library.exports;
}

function copy({ runs, bytes }: Snapshot, initial: Uint8Array, memory: Uint8Array): void {
  let from = 0;
  let end = 0;
  const leave = (until: number): void => {
    memory.set(initial.subarray(end, until), end);
    memory.fill(0, Math.max(end, initial.length), until);
  };
  for (const [at, size] of runs) {
    leave(at);
    memory.set(bytes.subarray(from, from + size), at);
    from += size;
    end = at + size;
  }
  leave(memory.length);
}

function check(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${what} is ${found}, not ${expected}`);
}
