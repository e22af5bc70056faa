/** Fetches the runtime's files, once for all workers, and counts their bytes. */
import { Failure } from "./faults";
import { open } from "./files";
import type { Packed } from "./inflater";
import Inflater from "./inflater?worker";
import type { LaterFiles, RuntimeFiles, Stage } from "./messages";

/** `done` of `total` bytes of a stage have arrived. */
export type OnProgress = (stage: Stage, done: number, total: number) => void;

/** The runtime's files, in the order in which a start needs them. */
export interface Runtime {
  first: RuntimeFiles;
  /** The memory of a Python that has imported numpy and livegrad; null: start the long way. */
  snapshot: Promise<ArrayBuffer | null>;
  later: Promise<LaterFiles>;
  /** Every file as it arrived, by address, when the last one has: for whoever keeps them. */
  all: Promise<Map<string, Blob>>;
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

/** A file of the manifest that has arrived. */
type Arrived = readonly [file: Listed, content: Blob];
type Listed = Manifest["files"][number];

/**
 * Fetch every file that `manifest` (an address) names: those that a start needs all at
 * once, the others after them. Resolves with the smaller ones, which a start begins with.
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
  for (const one of files.filter(isFirst)) total[ROLES[one.role].stage] += one.size;

  const arrived = new Map<string, Blob>();
  const fetchAll = (which: (one: Listed) => boolean): Promise<Arrived[]> =>
    Promise.all(
      files.filter(which).map(async (one) => {
        const { type, stage } = ROLES[one.role];
        const address = new URL(one.file, manifest).href;
        const blob = await download(address, type, (bytes) => {
          if (!isFirst(one)) return;
          done[stage] += bytes;
          onProgress(stage, done[stage], total[stage]);
        });
        if (blob.size !== one.size) throw new Failure({ code: "file", file: one.name });
        arrived.set(address, blob);
        return [one, blob] as const;
      }),
    );
  const packed = fetchAll((one) => one.role === "snapshot");
  const others = fetchAll((one) => isFirst(one) && one.role !== "snapshot");
  const image = files.find(({ role }) => role === "snapshot");
  const snapshot = image
    ? unpack(
        image,
        packed.then(([arrived]) => arrived![1]),
        inflate,
      )
    : Promise.resolve(null);
  const later = Promise.all([packed, others])
    .then(() => fetchAll((one) => !isFirst(one)))
    .then(sortLater);
  const all = later.then(() => arrived);
  for (const promise of [snapshot, later, all]) promise.catch(() => {}); // whoever waits is told
  return { first: sortFirst(await others), snapshot, later, all };
}

const isFirst = ({ role }: Listed): boolean => !LATER.has(role);

async function unpack(
  { file }: Listed,
  packed: Promise<Blob>,
  inflate: typeof inflateInWorker,
): Promise<ArrayBuffer | null> {
  try {
    return await inflate(packed, /-(\w+)\.\w+$/.exec(file)?.[1] ?? "");
  } catch (error) {
    await packed; // one that did not arrive is another matter
    console.warn("The snapshot of Python cannot be unpacked:", error);
    return null;
  }
}

function sortFirst(files: Arrived[]): RuntimeFiles {
  const one = (wanted: string) => files.find(([{ role }]) => role === wanted)?.[1];
  const [script, wasm, lock] = [one("script"), one("wasm"), one("lock")];
  if (!script || !wasm || !lock) throw incomplete();
  return { script, wasm, lock, libraries: named(files.filter(([{ role }]) => role === "library")) };
}

function sortLater(files: Arrived[]): LaterFiles {
  const stdlib = files.find(([{ role }]) => role === "stdlib")?.[1];
  if (!stdlib) throw incomplete();
  return { stdlib, wheels: named(files.filter(([{ role }]) => role !== "stdlib")) };
}

const named = (files: Arrived[]): Record<string, Blob> =>
  Object.fromEntries(files.map(([{ name }, blob]) => [name, blob]));

const incomplete = (): Error => new Failure({ code: "file", file: "manifest.json" });

/** The worker starts while the bytes are still on their way. */
async function inflateInWorker(packed: Promise<Blob>, hash: string): Promise<ArrayBuffer> {
  const worker = new Inflater();
  try {
    const bytes = await (await packed).arrayBuffer();
    return await new Promise<ArrayBuffer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) =>
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
    response = await open(url);
  } catch {
    throw new Failure({ code: "fetch", file: name, status: null });
  }
  if (!response.ok) {
    throw new Failure({ code: "fetch", file: name, status: response.status });
  }
  return response;
}
