/** Fetches the runtime's files, once for all workers, and counts their bytes. */
import { Failure } from "./faults";
import { open } from "./files";
import { startInflater } from "./inflate";
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
  code: "runtime",
  snapshot: "numpy",
  stdlib: "runtime",
  numpy: "numpy",
  livegrad: "livegrad",
} as const satisfies Record<string, Stage>;

/** For a start from the snapshot these can come later. */
const LATER = new Set<string>(["stdlib", "numpy", "livegrad"]);
/**
 * Milliseconds from the last file that a start needs to the request for others: it takes
 * about so long, and keeps two cores busy.
 */
const PAUSE = 300;

type Listed = Manifest["files"][number];

/**
 * Fetch every file that `manifest` (an address) names: those that a start needs all at
 * once, the others after them.
 */
export async function fetchRuntime(
  manifest: string,
  onProgress: OnProgress,
  inflater = startInflater(),
): Promise<Runtime> {
  const { files, lock } = await readManifest(manifest).catch((error: unknown) => {
    inflater.end();
    throw error;
  });
  const fetcher = new Fetcher(manifest, files, onProgress);
  /** One that does not arrive is another matter than one that is `damaged`. */
  const unpack = <T>(one: Listed, damaged: (error: unknown) => T): Promise<ArrayBuffer | T> =>
    fetcher.fetch(one).then((packed) => inflater.inflate(packed, hashIn(one)).catch(damaged));

  const script = fetcher.fetch(theOnly("script", files));
  const code = unpack(theOnly("code", files), (): never => {
    throw new Failure({ code: "file", file: "code" });
  });
  const image = files.find(({ role }) => role === "snapshot");
  const withoutSnapshot = (error: unknown): null => {
    console.warn("The snapshot of Python cannot be unpacked:", error);
    return null;
  };
  const snapshot = image ? unpack(image, withoutSnapshot) : Promise.resolve(null);
  const unpacked = Promise.allSettled([code, snapshot]);
  unpacked.then(() => inflater.end());

  const later = Promise.all([script, code, snapshot]).then(async ([, , memory]) => {
    if (memory) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    return fetchLater(files, fetcher);
  });
  const arriving = { script, code, lock: Promise.resolve(JSON.stringify(lock)), snapshot, later };
  const all = Promise.all(Object.values(arriving)).then(() => fetcher.kept);
  for (const promise of [all, ...Object.values(arriving)]) promise.catch(() => {}); // whoever waits is told
  return { arriving, all };
}

async function fetchLater(files: Listed[], fetcher: Fetcher): Promise<LaterFiles> {
  const wheels = [theOnly("numpy", files), theOnly("livegrad", files)];
  const [stdlib, ...packages] = await Promise.all(
    [theOnly("stdlib", files), ...wheels].map((one) => fetcher.fetch(one)),
  );
  const named = wheels.map(({ name }, i) => [name, packages[i]!] as const);
  return { stdlib: stdlib!, wheels: Object.fromEntries(named) };
}

async function readManifest(address: string): Promise<Manifest> {
  return (await get(address)).json();
}

function theOnly(wanted: Listed["role"], files: Listed[]): Listed {
  const one = files.find(({ role }) => role === wanted);
  if (one) return one;
  throw new Failure({ code: "file", file: "manifest.json" });
}

/** How the SHA-256 of the file begins, which its name ends with. */
const hashIn = ({ file }: Listed): string => /-(\w+)\.\w+$/.exec(file)?.[1] ?? "";

/**
 * Sizes come from the manifest: a server that compresses tells the compressed
 * length, or none, and the bytes that arrive here are the unpacked ones.
 */
class Fetcher {
  /** What has arrived, by address. */
  readonly kept = new Map<string, ArrayBuffer>();
  readonly #done: Record<Stage, number> = { runtime: 0, numpy: 0, livegrad: 0 };
  readonly #total: Record<Stage, number> = { runtime: 0, numpy: 0, livegrad: 0 };

  constructor(
    private readonly manifest: string,
    files: Listed[],
    private readonly onProgress: OnProgress,
  ) {
    for (const { role, size } of files) if (!LATER.has(role)) this.#total[STAGES[role]] += size;
  }

  async fetch(one: Listed): Promise<ArrayBuffer> {
    const address = new URL(one.file, this.manifest).href;
    const bytes = await download(address, one, (count) => this.#count(one, count));
    this.kept.set(address, bytes);
    return bytes;
  }

  #count({ role }: Listed, bytes: number): void {
    if (LATER.has(role)) return;
    const stage = STAGES[role];
    this.#done[stage] += bytes;
    this.onProgress(stage, this.#done[stage], this.#total[stage]);
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
