/** Fetches the runtime's files, once for all workers, and counts their bytes. */
import { Failure } from "./faults";
import type { Packed } from "./inflater";
import type { LaterFiles, RuntimeFiles, Stage } from "./messages";

/** `done` of `total` bytes of a stage have arrived. */
export type OnProgress = (stage: Stage, done: number, total: number) => void;

/** The runtime's files: those that a start waits for, and those that follow. */
export interface Runtime {
  first: RuntimeFiles;
  later: Promise<LaterFiles>;
}

/** The manifest: the files beside it, with what each is for and the bytes that arrive. */
export interface Manifest {
  files: {
    /** Its file, with a hash in its name. */
    file: string;
    /** What it is called inside Python. */
    name: string;
    role: keyof typeof ROLES;
    size: number;
  }[];
}

/**
 * Types are given here and never taken from the server: simple hosts send
 * .mjs and .wasm as text/plain, and the browser then refuses them.
 */
const ROLES = {
  script: { type: "text/javascript", stage: "runtime" },
  wasm: { type: "application/wasm", stage: "runtime" },
  lock: { type: "application/json", stage: "runtime" },
  snapshot: { type: "application/zstd", stage: "numpy" },
  library: { type: "application/wasm", stage: "numpy" },
  stdlib: { type: "application/zip", stage: "runtime" },
  numpy: { type: "application/zip", stage: "numpy" },
  livegrad: { type: "application/zip", stage: "livegrad" },
} as const satisfies Record<string, { type: string; stage: Stage }>;

/** For a start from the snapshot these can come later. */
const LATER = new Set<string>(["stdlib", "numpy", "livegrad"]);

/**
 * Fetch every file that `manifest` (an address) names: those that a start needs all at
 * once, the others after them.
 *
 * Sizes come from the manifest: a server that compresses tells the compressed
 * length, or none, and the bytes that arrive here are the unpacked ones.
 */
export async function fetchRuntime(
  manifest: string,
  onProgress: OnProgress,
  inflate: typeof inflateInWorker = inflateInWorker,
): Promise<Runtime> {
  const { files } = (await (await get(manifest)).json()) as Manifest;
  const total: Record<Stage, number> = { runtime: 0, numpy: 0, livegrad: 0 };
  const done: Record<Stage, number> = { runtime: 0, numpy: 0, livegrad: 0 };
  const [first, later] = [files.filter(isFirst), files.filter((one) => !isFirst(one))];
  for (const { role, size } of first) total[ROLES[role].stage] += size;

  const fetchAll = (these: typeof files, count: boolean): Promise<[string, string, Blob][]> =>
    Promise.all(
      these.map(async ({ file, name, role, size }) => {
        const { type, stage } = ROLES[role];
        const blob = await download(new URL(file, manifest).href, type, (bytes) => {
          if (!count) return;
          done[stage] += bytes;
          onProgress(stage, done[stage], total[stage]);
        });
        if (blob.size !== size) throw new Failure({ code: "file", file: name });
        return [role, name, blob];
      }),
    );
  const image = files.find(({ role }) => role === "snapshot")?.file ?? "";
  const hash = /-(\w+)\.\w+$/.exec(image)?.[1] ?? "";
  const start = await sortFirst(await fetchAll(first, true), (packed) => inflate(packed, hash));
  const rest = fetchAll(later, false).then(sortLater);
  rest.catch(() => {}); // whoever waits for it is told
  return { first: start, later: rest };
}

const isFirst = ({ role }: Manifest["files"][number]): boolean => !LATER.has(role);

async function sortFirst(
  files: [string, string, Blob][],
  inflate: (packed: Blob) => Promise<Blob>,
): Promise<RuntimeFiles> {
  const one = (wanted: string) => files.find(([role]) => role === wanted)?.[2];
  const [script, wasm, lock, packed] = [one("script"), one("wasm"), one("lock"), one("snapshot")];
  if (!script || !wasm || !lock) throw incomplete();
  const libraries = named(files.filter(([role]) => role === "library"));
  const started = { script, wasm, lock, libraries };
  if (!packed) return started;
  try {
    return { ...started, snapshot: await inflate(packed) };
  } catch (error) {
    console.warn("The snapshot of Python cannot be unpacked:", error);
    return started;
  }
}

function sortLater(files: [string, string, Blob][]): LaterFiles {
  const stdlib = files.find(([role]) => role === "stdlib")?.[2];
  if (!stdlib) throw incomplete();
  return { stdlib, wheels: named(files.filter(([role]) => role !== "stdlib")) };
}

const named = (files: [string, string, Blob][]): Record<string, Blob> =>
  Object.fromEntries(files.map(([, name, blob]) => [name, blob]));

const incomplete = (): Error => new Failure({ code: "file", file: "manifest.json" });

async function inflateInWorker(packed: Blob, hash: string): Promise<Blob> {
  const worker = new Worker(new URL("./inflater.ts", import.meta.url), { type: "module" });
  try {
    const bytes = await packed.arrayBuffer();
    return await new Promise<Blob>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Blob | string>) =>
        typeof data === "string" ? reject(new Error(data)) : resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      const message: Packed = { bytes, hash };
      worker.postMessage(message, [bytes]);
    });
  } finally {
    worker.terminate();
  }
}

async function download(
  url: string,
  type: string,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const { body } = await get(url);
  if (!body) return new Blob([], { type });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts, { type });
    parts.push(value);
    onBytes(value.byteLength);
  }
}

async function get(url: string): Promise<Response> {
  const name = url.slice(url.lastIndexOf("/") + 1);
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new Failure({ code: "fetch", file: name, status: null });
  }
  if (!response.ok) {
    throw new Failure({ code: "fetch", file: name, status: response.status });
  }
  return response;
}
