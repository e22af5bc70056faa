/**
 * Makes a memory image of Python with our packages imported, and with that very Python
 * the recordings of a program that a page shows before it has one. Node runs it:
 *
 *     node snapshot.mjs SCRIPT WASM SITE-PACKAGES PROGRAM CODE IMAGE WEAK STRONG
 *
 * SCRIPT and WASM are Pyodide's two halves, SITE-PACKAGES a folder, PROGRAM a text; the others
 * are written. web/src/runtime/snapshot.ts reads CODE and IMAGE, WEAK and STRONG are traces. Equal
 * inputs give equal bytes, whichever Node it is: time stands still, chance is a constant,
 * and this machine has no say.
 */
import crypto from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadPyodide } from "../node_modules/pyodide/pyodide.mjs";

const [SCRIPT, WASM, PACKAGES, PROGRAM, CODE, IMAGE, WEAK, STRONG] = process.argv.slice(2);
/** What a page starts with at once. */
const IMPORTS = "import numpy, numpy.random, livegrad.lab";
/** Bytes: pages as a start has them anyway are left out. Larger ones would hold more of them. */
const PAGE = 1024;

standStill();
const { default: createModule } = await import(pathToFileURL(SCRIPT).href);
let memory;
/** What the WebAssembly itself puts there, before anything has run. */
let initial;
const pyodide = await loadPyodide({
  _makeSnapshot: true,
  createPyodideModule: createAndKeepMemory,
  fsInit: copyPackages,
});
const module = pyodide._module;
const trampoline = settleTrampoline();
const firstSlot = module.wasmTable.length;
pyodide.runPython(`${IMPORTS}
import gc, sys
gc.collect()
sys.path.remove("")  # a start puts it there`);
clearFreeMemory();
const libraries = loadedLibraries();
writeFileSync(CODE, withHeader(...code()));
writeFileSync(IMAGE, withHeader(...image(freeze(), module.HEAPU8)));
const lab = pyodide.pyimport("livegrad.lab");
lab.prepare();
writeFileSync(WEAK, record("weak"));
writeFileSync(STRONG, record("strong"));

/** The same moment, the same chance and the same machine each time. */
function standStill() {
  const now = Date.UTC(2026, 0, 1);
  Date.now = () => now;
  performance.now = () => 0;
  Math.random = () => 0.5;
  crypto.randomFillSync = (view) => view.fill(7);
  process.getuid = () => 0;
  process.umask = () => 0o022;
  process.env.TZ = "UTC";
  process.argv[1] = "snapshot.mjs"; // which Emscripten puts into the environment
  const navigator = { userAgent: "Livegrad" };
  Object.defineProperty(globalThis, "navigator", { value: navigator });
}

function createAndKeepMemory(settings) {
  const instantiate = settings.instantiateWasm;
  settings.instantiateWasm = (imports, receive) =>
    instantiate(imports, (instance, wasm) => {
      memory = instance.exports.memory;
      initial = new Uint8Array(memory.buffer).slice();
      receive(instance, wasm);
    });
  return createModule(settings);
}

function copyPackages(FS, { sitePackages }) {
  for (const name of readdirSync(PACKAGES, { recursive: true }).sort()) {
    const path = join(PACKAGES, name);
    if (statSync(path).isDirectory()) continue;
    const inside = `${sitePackages}/${name.replaceAll("\\", "/")}`;
    FS.mkdirTree(dirname(inside));
    FS.writeFile(inside, readFileSync(path));
  }
}

/**
 * CPython calls through a small function in the table, where the engine can compile
 * it (Node 20 cannot, nor can iOS): its slot is kept free, and each start fills it.
 * Gives the address where CPython looks for the slot.
 */
function settleTrampoline() {
  const offset = module.HEAP32[module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET / 4];
  const address = module.__PyRuntime + offset;
  if (module.HEAP32[address / 4] === 0) module.wasmTable.grow(1);
  return address;
}

/** Zeros for what the dead left behind, below the stack's top and where malloc has room. */
function clearFreeMemory() {
  module.HEAPU8.fill(0, module._emscripten_stack_get_end(), module._emscripten_stack_get_current());
  memory.grow = () => {
    throw new Error("no more than there is");
  };
  const taken = [];
  for (let size = 1 << 20; size >= 32; size /= 2) {
    for (let at = module._malloc(size); at; at = module._malloc(size)) {
      module.HEAPU8.fill(0, at, at + size);
      taken.push(at);
    }
  }
  for (const at of taken) module._free(at);
  delete memory.grow;
}

/** What a start needs to know besides the memory. */
function freeze() {
  const functions = addedFunctions();
  const slots = module.wasmTable.length;
  module.HEAP32[trampoline / 4] = 0;
  for (const name of Object.keys(pyodide.loadedPackages)) delete pyodide.loadedPackages[name];
  const bytes = pyodide.makeMemorySnapshot();
  const [, , length] = new Uint32Array(bytes.buffer, 0, 4);
  const state = JSON.parse(new TextDecoder().decode(bytes.subarray(48, 48 + length)));
  return {
    build: pyodide._api.config.BUILD_ID,
    state,
    trampoline,
    slots,
    libraries: libraries.map(({ exports, ...rest }) => rest),
    functions,
  };
}

/** In the order in which they are to be loaded. */
function loadedLibraries() {
  return Object.entries(module.LDSO.loadedLibsByHandle)
    .filter(([handle]) => handle !== "0")
    .map(([handle, library]) => describe(Number(handle), library))
    .sort((one, other) => one.tableBase - other.tableBase);
}

/** A loaded library, as Emscripten's dynlink.c keeps it at its handle. */
function describe(handle, { name, exports }) {
  const [memoryBase, , tableBase, tableSize] = module.HEAPU32.subarray(handle / 4 + 3);
  return { name, handle, memoryBase, tableBase, tableSize, exports };
}

/** [slot, index of its library, name] for functions that loading put into the table. */
function addedFunctions() {
  const found = [];
  for (let slot = firstSlot; slot < module.wasmTable.length; slot++) {
    if (libraries.some((l) => slot >= l.tableBase && slot < l.tableBase + l.tableSize)) continue;
    const entry = module.wasmTable.get(slot);
    const owner = libraries.findIndex((l) => Object.values(l.exports).includes(entry));
    if (owner < 0) throw new Error(`Slot ${slot} of the table belongs to no library.`);
    const [name] = Object.entries(libraries[owner].exports).find(([, f]) => f === entry);
    found.push([slot, owner, name]);
  }
  return found;
}

/** Length of the header, the header as JSON, the parts. */
function withHeader(header, parts) {
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32LE(text.length);
  return Buffer.concat([prefix, text, ...parts]);
}

/** All WebAssembly that a start needs: the main module's, the libraries'. */
function code() {
  const files = libraries.map(({ name }) => join(PACKAGES, name.split("/site-packages/")[1]));
  const parts = [WASM, ...files].map((file) => readFileSync(file));
  return [{ sizes: parts.map(({ length }) => length) }, parts];
}

/** The pages that differ from a start's. */
function image(header, heap) {
  const words = new BigUint64Array(heap.buffer);
  const before = new BigUint64Array(initial.buffer);
  const length = initial.findLastIndex((byte) => byte !== 0) + 1;
  const changed = (page) =>
    words
      .subarray((page * PAGE) / 8, ((page + 1) * PAGE) / 8)
      .some((word, i) => word !== (before[(page * PAGE) / 8 + i] ?? 0n));
  const runs = [];
  for (let page = 0; page < heap.length / PAGE; page++) {
    if (!changed(page)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === page * PAGE) last[1] += PAGE;
    else runs.push([page * PAGE, PAGE]);
  }
  const pages = runs.map(([at, size]) => heap.subarray(at, at + size));
  return [{ ...header, size: heap.length, initial: length, runs }, pages];
}

/** A run of the program, as the page asks for it; a trace as liveness.record writes it. */
function record(outputs) {
  const trace = { format: "livegrad-trace", version: 1, header: {}, chunks: [], end: {} };
  lab.run(readFileSync(PROGRAM, "utf8"), "main.py", outputs, (part, json) => {
    if (part === "chunk") trace.chunks.push(JSON.parse(json));
    else trace[part] = JSON.parse(json);
  });
  if (trace.end.status !== "finished") throw new Error(`${PROGRAM}: ${trace.end.message}`);
  return JSON.stringify(trace);
}
