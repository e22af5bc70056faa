/** Starts the interpreter as the page's worker does, and answers with a numpy result. */
import { Arrivals } from "../../../web/src/runtime/arrivals";
import { startInterpreter } from "../../../web/src/runtime/interpreter";
import type { Arrived } from "../../../web/src/runtime/messages";
import { RESULT } from "./result";

const arrivals = new Arrivals();
self.onmessage = ({ data }: MessageEvent<Arrived>) => arrivals.take(data);

startInterpreter(arrivals.files, () => {}).then(async ({ python, restored, whole }) => {
  self.postMessage({ sum: python.runPython(RESULT), restored });
  await whole;
  self.postMessage({});
});
