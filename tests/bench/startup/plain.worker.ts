/** Starts Pyodide as its documentation says, and answers with a numpy result. */
import { loadPyodide } from "../../../web/node_modules/pyodide";
import { RESULT } from "./result";

self.onmessage = async ({ data: indexURL }: MessageEvent<string>) => {
  const python = await loadPyodide({ indexURL, packageBaseUrl: indexURL });
  await python.loadPackage("numpy", { messageCallback: () => {} });
  self.postMessage({ sum: python.runPython(RESULT), restored: false });
  self.postMessage({});
};
