/** Starts the interpreter as the page's worker does, and answers with a numpy result. */
import { startInterpreter } from "../../../web/src/runtime/interpreter";
import type { LaterFiles, RuntimeFiles } from "../../../web/src/runtime/messages";
import { RESULT } from "./result";

const snapshot = Promise.withResolvers<ArrayBuffer | null>();
const later = Promise.withResolvers<LaterFiles>();

interface Message {
  first?: RuntimeFiles;
  snapshot?: ArrayBuffer | null;
  later?: LaterFiles;
}

self.onmessage = async ({ data }: MessageEvent<Message>) => {
  if (data.snapshot !== undefined) snapshot.resolve(data.snapshot);
  if (data.later) later.resolve(data.later);
  if (!data.first) return;
  const { python, restored, whole } = await startInterpreter(
    data.first,
    snapshot.promise,
    later.promise,
    () => {},
  );
  self.postMessage({ sum: python.runPython(RESULT), restored });
  await whole;
  self.postMessage({});
};
