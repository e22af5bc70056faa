/**
 * Starts Python from bytes that are handed in: no network, no evaluated text, and
 * nothing that a worker must be, module or classic, of an origin or of none.
 *
 * The short way restores a snapshot of a Python that has imported numpy and livegrad;
 * what else may be imported comes right after. The long way loads and imports everything,
 * where there is no snapshot or it does not fit.
 */
import { loadPyodide, type PyodideConfig, type PyodideInterface } from "pyodide";
import { keepIdentity } from "./identity";
import type { Arriving, LaterFiles } from "./messages";
import {
  type EmscriptenModule,
  keepInitial,
  readCode,
  readSnapshot,
  restore,
  type Start,
} from "./snapshot";

export type Pyodide = PyodideInterface;

export interface Interpreter {
  /** numpy and livegrad.lab can be imported, nothing else for sure. */
  python: Pyodide;
  /** It came from a snapshot. */
  restored: boolean;
  /** From then on everything can be. */
  whole: Promise<void>;
}

/** What Pyodide starts its module with. */
interface Settings {
  instantiateWasm: Start;
}

/** Pyodide asks for its files under this address; nothing is ever fetched from it. */
const BASE = "https://runtime.invalid/";

const NEVER = new Promise<never>(() => {});

/** Stands for the module that is compiled already. */
const COMPILED = "pyodide.asm.wasm";

/**
 * `onLine` gets each line that Python prints by itself: programs print into their
 * traces, so this is what an interpreter says when it dies.
 */
export async function startInterpreter(
  files: Arriving,
  onLine: (line: string) => void,
): Promise<Interpreter> {
  keepIdentity();
  // All at once, and not while they stream: a thread that is busy with the script, as this
  // one will be, would keep the others waiting.
  const compiled = files.code.then((code) => readCode(code).map((one) => WebAssembly.compile(one)));
  const main = compiled.then(([main]) => main!);
  const libraries = compiled.then(([, ...libraries]) => Promise.all(libraries));
  libraries.catch(() => {}); // noticed when they are used
  const broken = main.then(() => NEVER);
  try {
    return await Promise.race([startShort(files, main, libraries, onLine), broken]);
  } catch (error) {
    await main;
    console.warn("Python starts without its snapshot:", error);
  }
  return startLong(files, main, onLine);
}

async function startShort(
  files: Arriving,
  code: Promise<WebAssembly.Module>,
  libraries: Promise<WebAssembly.Module[]>,
  onLine: (line: string) => void,
): Promise<Interpreter> {
  const create = await importScript(await files.script);
  let initial!: Uint8Array;
  const createPyodideModule = async (settings: Settings): Promise<EmscriptenModule> => {
    settings.instantiateWasm = keepInitial(settings.instantiateWasm, (bytes) => (initial = bytes));
    const module = await create(settings);
    const image = await files.snapshot;
    if (!image) throw new Error("there is none");
    const snapshot = readSnapshot(image);
    const codes = await libraries;
    module.API.restoreSnapshot = () => {
      restore(module, snapshot, codes, initial);
      return snapshot.state;
    };
    return module;
  };
  const nothing: LaterFiles = { stdlib: new ArrayBuffer(), wheels: {} };
  const snapshotOptions = { _loadSnapshot: new ArrayBuffer(0), createPyodideModule };
  const python = await load(files, nothing, code, onLine, snapshotOptions as object);
  return { python, restored: true, whole: bringRest(python, files.later) };
}

async function startLong(
  files: Arriving,
  code: Promise<WebAssembly.Module>,
  onLine: (line: string) => void,
): Promise<Interpreter> {
  const later = await files.later;
  const createPyodideModule = await importScript(await files.script);
  const python = await load(files, later, code, onLine, { createPyodideModule } as object, [
    "numpy",
    "livegrad",
  ]);
  return { python, restored: false, whole: Promise.resolve() };
}

/** loadPyodide and loadPackage, whatever they ask for given to them. */
async function load(
  files: Arriving,
  later: LaterFiles,
  code: Promise<WebAssembly.Module>,
  onLine: (line: string) => void,
  options: PyodideConfig,
  packages: string[] = [],
): Promise<Pyodide> {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = async (input) => new Response(fileAt(String(input), later));
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await code.catch(() => NEVER); // which is told by `broken`
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  try {
    const python = await loadPyodide({
      indexURL: BASE,
      packageBaseUrl: BASE,
      lockFileContents: await files.lock,
      stdout: onLine,
      stderr: onLine,
      stdin: () => null,
      ...options,
    });
    await python.loadPackage(packages, { messageCallback: () => {} });
    return python;
  } finally {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}

/** What a restored Python has in its memory alone: the standard library, all of numpy, livegrad. */
async function bringRest(python: Pyodide, later: Promise<LaterFiles>): Promise<void> {
  const { stdlib, wheels } = await later;
  // What waits for numpy alone goes first.
  await new Promise((resolve) => setTimeout(resolve));
  const zip: string = python.FS.readdir("/lib").find((name: string) => name.endsWith(".zip"));
  const [, major, minor] = /^python(\d)(\d+)\.zip$/.exec(zip)!;
  const extractDir = `/lib/python${major}.${minor}/site-packages`;
  python.FS.writeFile(`/lib/${zip}`, new Uint8Array(stdlib));
  for (const wheel of Object.values(wheels)) python.unpackArchive(wheel, "zip", { extractDir });
}

/** The type is given here and not by the server: simple hosts send .mjs as text/plain. */
async function importScript(
  script: ArrayBuffer,
): Promise<(settings: object) => Promise<EmscriptenModule>> {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ address)).default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function fileAt(address: string, { stdlib, wheels }: LaterFiles): ArrayBuffer | null {
  const name = address.slice(BASE.length);
  if (name === COMPILED) return null;
  if (name === "python_stdlib.zip") return stdlib;
  const wheel = wheels[decodeURIComponent(name)];
  if (!address.startsWith(BASE) || !wheel)
    throw new Error(`The site has no file ${name}; build it again.`);
  return wheel;
}
