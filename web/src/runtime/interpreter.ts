/**
 * Starts Python from bytes that are handed in: no network, no evaluated text, and
 * nothing that a worker must be, module or classic, of an origin or of none.
 */
import { loadPyodide, type PyodideInterface } from "pyodide";
import type { RuntimeFiles } from "./messages";

export type Pyodide = PyodideInterface;

/** Pyodide asks for its files under this address; nothing is ever fetched from it. */
const BASE = "https://runtime.invalid/";

/**
 * An interpreter with numpy and livegrad, which can be imported.
 *
 * `onLine` gets each line that Python prints by itself: programs print into their
 * traces, so this is what an interpreter says when it dies.
 */
export async function startInterpreter(
  files: RuntimeFiles,
  onLine: (line: string) => void,
): Promise<Pyodide> {
  const script = URL.createObjectURL(files.script);
  const network = self.fetch;
  self.fetch = async (input) => new Response(fileAt(String(input), files));
  try {
    const { default: createPyodideModule } = await import(/* @vite-ignore */ script);
    const pyodide = await loadPyodide({
      indexURL: BASE,
      packageBaseUrl: BASE,
      lockFileContents: await files.lock.text(),
      createPyodideModule,
      stdout: onLine,
      stderr: onLine,
      stdin: () => null,
    });
    await pyodide.loadPackage(["numpy", "livegrad"], { messageCallback: () => {} });
    return pyodide;
  } finally {
    self.fetch = network;
    URL.revokeObjectURL(script);
  }
}

function fileAt(address: string, files: RuntimeFiles): Blob {
  const name = address.slice(BASE.length);
  if (name === "pyodide.asm.wasm") return files.wasm;
  if (name === "python_stdlib.zip") return files.stdlib;
  const wheel = files.wheels[decodeURIComponent(name)];
  if (!address.startsWith(BASE) || !wheel)
    throw new Error(`The site has no file ${name}; build it again.`);
  return wheel;
}
