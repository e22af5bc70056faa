/** Fetches the runtime's files, once for all workers, and counts their bytes. */
import { Failure } from "./faults";
import { open } from "./files";
import type { Packed } from "./inflater";
import Inflater from "./inflater?worker";
import type { Arriving, LaterFiles, Stage } from "./messages";

/** `done` of `total` bytes of a stage have arrived. */
export type OnProgress = (stage: Stage, done: number, total: number) => void;

/** The runtime's files: asked for, and here one after the other. */
export interface Runtime {
  arriving: Arriving;
  /** Every file as it arrived, by address, when the last one has: for whoever keeps them. */
  all: Promise<Map<string, ArrayBuffer>>;
}

/** The manifest: the files beside it, with what each is for and the bytes that arrive. */
export interface Manifest {
  /** The site's own pyodide-lock.json. */
  lock: object;
  files: {
    /** Its file, with a hash in its name. */
    file: string;
    /** What it is called inside Python. */
    name: string;
    role: keyof typeof STAGES;
    size: number;
  }[];
}

/** Of the files by what they are for. */
const STAGES = {
  script: "runtime",
  wasm: "runtime",
  snapshot: "numpy",
  stdlib: "runtime",
  numpy: "numpy",
  livegrad: "livegrad",
} as const satisfies Record<string, Stage>;

/** For a start from the snapshot these can come later. */
const LATER = new Set<string>(["stdlib", "numpy", "livegrad"]);

type Listed = Manifest["files"][number];

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
  const { files, lock } = (await (await get(manifest)).json()) as Manifest;
  const total: Record<Stage, number> = { runtime: 0, numpy: 0, livegrad: 0 };
  const done: Record<Stage, number> = { runtime: 0, numpy: 0, livegrad: 0 };
  for (const one of files.filter(isFirst)) total[STAGES[one.role]] += one.size;
  const kept = new Map<string, ArrayBuffer>();

  const fetchOne = async (one: Listed): Promise<ArrayBuffer> => {
    const stage = STAGES[one.role];
    const address = new URL(one.file, manifest).href;
    const bytes = await download(address, one, (count) => {
      if (!isFirst(one)) return;
      done[stage] += count;
      onProgress(stage, done[stage], total[stage]);
    });
    kept.set(address, bytes);
    return bytes;
  };
  const find = (wanted: Listed["role"]): Listed => {
    const one = files.find(({ role }) => role === wanted);
    if (one) return one;
    throw new Failure({ code: "file", file: "manifest.json" });
  };

  const script = fetchOne(find("script"));
  const image = files.find(({ role }) => role === "snapshot");
  const snapshot = image ? unpack(image, fetchOne(image), inflate) : Promise.resolve(null);
  const wasm = fetchOne(find("wasm"));
  const fetchLater = async (): Promise<LaterFiles> => {
    await Promise.all([script, wasm, snapshot]); // two cores have enough to do with these
    const wheels = [find("numpy"), find("livegrad")];
    const [stdlib, ...packages] = await Promise.all([find("stdlib"), ...wheels].map(fetchOne));
    return { stdlib: stdlib!, wheels: Object.fromEntries(wheels.map(({ name }, i) => [name, packages[i]!])) };
  };
  const rest = { lock: Promise.resolve(JSON.stringify(lock)), later: fetchLater() };
  const arriving: Arriving = { script, snapshot, wasm, ...rest };
  const all = Promise.all(Object.values(arriving)).then(() => kept);
  for (const promise of [all, ...Object.values(arriving)]) promise.catch(() => {}); // whoever waits is told
  return { arriving, all };
}

const isFirst = ({ role }: Listed): boolean => !LATER.has(role);

async function unpack(
  { file }: Listed,
  packed: Promise<ArrayBuffer>,
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

/** The worker starts while the bytes are still on their way. */
async function inflateInWorker(packed: Promise<ArrayBuffer>, hash: string): Promise<ArrayBuffer> {
  const worker = new Inflater();
  try {
    const bytes = await packed;
    return await new Promise<ArrayBuffer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) =>
        typeof data === "string" ? reject(new Error(data)) : resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      const message: Packed = { bytes: bytes.slice(), hash };
      worker.postMessage(message, [message.bytes]);
    });
  } finally {
    worker.terminate();
  }
}

async function download(
  url: string,
  { name, size }: Listed,
  onBytes: (count: number) => void,
): Promise<ArrayBuffer> {
  const reader = (await get(url)).body?.getReader();
  const bytes = new Uint8Array(size);
  let at = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done && at === size) return bytes.buffer;
    if (!value || at + value.byteLength > size) throw new Failure({ code: "file", file: name });
    bytes.set(value, at);
    at += value.byteLength;
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
