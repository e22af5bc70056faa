/**
 * A module worker of the tests: Pyodide with the runtime of the built site, and
 * pytest in it. Takes {id, type: "start", base} or {id, type: "run", file};
 * answers {id, json} or {id, error}.
 */
let runFile;

self.onmessage = async ({ data: { id, type, base, file } }) => {
  try {
    const json = type === "start" ? await start(base) : runFile(file);
    self.postMessage({ id, json });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message || error).slice(-4000) });
  }
};

async function start(base) {
  const runtime = `${base}runtime/`;
  const manifest = await (await fetch(`${runtime}manifest.json`)).json();
  const script = manifest.files.find((entry) => entry.role === "script");
  const { loadPyodide } = await import(`${base}tests/pyodide.mjs`);
  const { default: createPyodideModule } = await import(runtime + script.name);
  const pyodide = await loadPyodide({ indexURL: runtime, createPyodideModule });
  await pyodide.loadPackage(["numpy", "livegrad"], { messageCallback: () => {} });
  for (const [name, extractDir] of [
    ["packages", pyodide.runPython("import site; site.getsitepackages()[0]")],
    ["project", "/home/pyodide"],
  ]) {
    const archive = await (await fetch(`${base}tests/${name}.zip`)).arrayBuffer();
    pyodide.unpackArchive(archive, "zip", { extractDir });
  }
  runFile = pyodide.pyimport("inner").run_file;
  return JSON.stringify({ python: pyodide.runPython("import sys; sys.version") });
}
