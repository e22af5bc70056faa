/**
 * Two ways to a numpy result, for a page of the bench: our own and Pyodide's.
 * Each gives milliseconds from the first request on.
 */
import { handOver } from "../../../web/src/runtime/arrivals";
import { fetchRuntime } from "../../../web/src/runtime/assets";

interface Took {
  /** To the result. */
  result: number;
  /** To everything that can be imported. */
  whole: number;
  /** It came from the snapshot. */
  restored: boolean;
}

async function loadOurs(manifest: string): Promise<Took> {
  const begun = performance.now();
  const worker = new Worker(new URL("./ours.worker.ts", import.meta.url), { type: "module" });
  const answers = listen(worker);
  const { arriving } = await fetchRuntime(manifest, () => {});
  for (const [name, file] of Object.entries(arriving))
    file.then((content: unknown) => {
      const [copy, transfer] = handOver(content);
      worker.postMessage({ name, content: copy }, transfer);
    });
  return settle(begun, worker, answers);
}

async function loadPlain(folder: string): Promise<Took> {
  const begun = performance.now();
  const worker = new Worker(new URL("./plain.worker.ts", import.meta.url), { type: "module" });
  const answers = listen(worker);
  worker.postMessage(folder);
  return settle(begun, worker, answers);
}

/** Two answers of a worker, in turn: its numpy result, then that all is there. */
function listen(worker: Worker): Promise<{ data: { sum: number; restored: boolean } }>[] {
  const [first, second] = [Promise.withResolvers<never>(), Promise.withResolvers<never>()];
  worker.onerror = (event) => first.reject(new Error(event.message));
  worker.onmessage = (event) => {
    first.resolve(event as never);
    worker.onmessage = (next) => second.resolve(next as never);
  };
  return [first.promise, second.promise];
}

async function settle(
  begun: number,
  worker: Worker,
  [first, second]: ReturnType<typeof listen>,
): Promise<Took> {
  const { data } = await first!;
  const result = performance.now() - begun;
  if (data.sum !== 10) throw new Error(`The result is ${data.sum}.`);
  await second;
  const whole = performance.now() - begun;
  worker.terminate();
  return { result, whole, restored: data.restored };
}

Object.assign(globalThis, { loadOurs, loadPlain });
