/** Fetches the runtime's files, once for all workers, and counts their bytes. */
import type { RuntimeFiles, Stage } from "./messages";

/** `done` of `total` bytes of a stage have arrived. */
export type OnProgress = (stage: Stage, done: number, total: number) => void;

/** dist/runtime/manifest.json: the files there, with what each is for and its size in bytes. */
interface Manifest {
  files: {
    name: string;
    role: "script" | "wasm" | "stdlib" | "lock" | "numpy" | "livegrad";
    size: number;
  }[];
}

/**
 * Types are given here and never taken from the server: simple hosts send
 * .mjs and .wasm as text/plain, and the browser then refuses them.
 */
const TYPES = {
  script: "text/javascript",
  wasm: "application/wasm",
  stdlib: "application/zip",
  lock: "application/json",
  numpy: "application/zip",
  livegrad: "application/zip",
} as const;

const STAGES = {
  script: "runtime",
  wasm: "runtime",
  stdlib: "runtime",
  lock: "runtime",
  numpy: "numpy",
  livegrad: "livegrad",
} as const satisfies Record<keyof typeof TYPES, Stage>;

/**
 * Fetch every file that the manifest in `assets` names, all at once.
 *
 * Sizes come from the manifest: a server that compresses tells the compressed
 * length, or none, and the bytes that arrive here are the unpacked ones.
 */
export async function fetchRuntime(assets: string, onProgress: OnProgress): Promise<RuntimeFiles> {
  const base = assets.endsWith("/") ? assets : `${assets}/`;
  const manifest = (await (await get(`${base}manifest.json`)).json()) as Manifest;
  const total: Record<Stage, number> = { runtime: 0, numpy: 0, livegrad: 0 };
  const done: Record<Stage, number> = { runtime: 0, numpy: 0, livegrad: 0 };
  for (const file of manifest.files) total[STAGES[file.role]] += file.size;

  const blobs: Partial<Record<keyof typeof TYPES, Blob>> = {};
  const wheels: Record<string, Blob> = {};
  await Promise.all(
    manifest.files.map(async ({ name, role, size }) => {
      const stage = STAGES[role];
      const blob = await download(base + name, TYPES[role], (bytes) => {
        done[stage] += bytes;
        onProgress(stage, done[stage], total[stage]);
      });
      if (blob.size !== size) throw new Error(`${name} arrived incomplete; reload the page.`);
      if (role === "numpy" || role === "livegrad") wheels[name] = blob;
      else blobs[role] = blob;
    }),
  );
  const { script, wasm, stdlib, lock } = blobs;
  if (!script || !wasm || !stdlib || !lock) {
    throw new Error("The site's runtime folder is incomplete; build the site again.");
  }
  return { script, wasm, stdlib, lock, wheels };
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
    throw new Error(`${name} could not be fetched; check the connection and reload the page.`);
  }
  if (!response.ok) {
    throw new Error(`${name} could not be fetched (status ${response.status}); reload the page.`);
  }
  return response;
}
