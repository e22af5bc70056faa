/** Starts the interpreter as the page's worker does, and answers with a numpy result. */
import { startInterpreter } from "../../../web/src/runtime/interpreter";
import type { LaterFiles, RuntimeFiles } from "../../../web/src/runtime/messages";
import { RESULT } from "./result";

const later = Promise.withResolvers<LaterFiles>();

self.onmessage = async ({ data }: MessageEvent<{ first?: RuntimeFiles; later?: LaterFiles }>) => {
  if (data.later) later.resolve(data.later);
  if (!data.first) return;
  const { python, restored, whole } = await startInterpreter(data.first, later.promise, () => {});
  self.postMessage({ sum: python.runPython(RESULT), restored });
  await whole;
  self.postMessage({});
};
