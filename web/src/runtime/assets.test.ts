import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchRuntime } from "./assets";
import type { Stage } from "./messages";

const FILES = {
  "pyodide.asm.mjs": { role: "script", text: "export default 1;" },
  code: { role: "code", text: "\0asm" },
  python: { role: "snapshot", text: "packed" },
  "python_stdlib.zip": { role: "stdlib", text: "PK".repeat(500) },
  "numpy-2.4.3.whl": { role: "numpy", text: "n".repeat(3000) },
  "livegrad-0.1.0.whl": { role: "livegrad", text: "l" },
};
const manifest = {
  lock: { packages: {} },
  files: Object.entries(FILES).map(([name, { role, text }]) => ({
    file: `hashed-${name}`,
    name,
    role,
    size: text.length,
  })),
};

let server: Server;
let address: string;
let answer: (name: string, response: ServerResponse) => void;

const decode = (bytes: ArrayBuffer) => new TextDecoder().decode(bytes);
const inflater = { inflate: async (packed: ArrayBuffer) => packed, end: () => {} };

/** A host that knows no types at all. */
function serve(name: string, response: ServerResponse): void {
  response.setHeader("content-type", "text/plain");
  if (name === "manifest-1.json") response.end(JSON.stringify(manifest));
  else if (name in FILES) response.end(FILES[name as keyof typeof FILES].text);
  else response.writeHead(404).end();
}

beforeEach(async () => {
  answer = serve;
  server = createServer((request, response) => {
    answer((request.url ?? "").replace(/^\/sub\/runtime\/(hashed-)?/, ""), response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  address = `http://127.0.0.1:${port}/sub/runtime/manifest-1.json`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test("every file arrives whole", async () => {
  const { arriving, all } = await fetchRuntime(address, () => {}, inflater);
  expect(decode(await arriving.script)).toBe("export default 1;");
  expect(decode(await arriving.code)).toBe("\0asm");
  expect(await arriving.lock).toBe('{"packages":{}}');
  expect(decode((await arriving.snapshot)!)).toBe("packed");
  const later = await arriving.later;
  expect(decode(later.stdlib)).toBe("PK".repeat(500));
  expect(Object.keys(later.wheels)).toEqual(["numpy-2.4.3.whl", "livegrad-0.1.0.whl"]);
  const kept = [...(await all).values()].map(({ byteLength }) => byteLength);
  expect(kept.sort()).toEqual(manifest.files.map(({ size }) => size).sort());
});

test("what a start does not wait for is asked for after what it waits for", async () => {
  const asked: string[] = [];
  answer = (name, response) => {
    asked.push(name);
    serve(name, response);
  };
  const { arriving } = await fetchRuntime(address, () => {}, inflater);
  await arriving.later;
  expect(asked.slice(0, 4).sort()).toEqual(
    ["manifest-1.json", ...Object.keys(FILES).slice(0, 3)].sort(),
  );
  expect(asked.slice(4).sort()).toEqual(Object.keys(FILES).slice(3).sort());
});

test("a snapshot that cannot be unpacked is told to the console, and the rest goes on", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const end = vi.fn();
  const picky = async (packed: ArrayBuffer) => {
    if (decode(packed) === "packed") throw new Error("rotten");
    return packed;
  };
  const { arriving, all } = await fetchRuntime(address, () => {}, { inflate: picky, end });
  expect(await arriving.snapshot).toBeNull();
  expect(decode(await arriving.code)).toBe("\0asm");
  await all;
  expect(warn).toHaveBeenCalledOnce();
  expect(end).toHaveBeenCalledOnce();
  warn.mockRestore();
});

test("progress counts unpacked bytes up to the stage's total, also when the server compresses", async () => {
  answer = (name, response) => {
    if (name !== "python") return serve(name, response);
    response.setHeader("content-encoding", "gzip").end(gzipSync(FILES[name].text));
  };
  const last = new Map<Stage, [number, number]>();
  const onProgress = (stage: Stage, done: number, total: number) => {
    expect(done).toBeGreaterThan(last.get(stage)?.[0] ?? 0);
    last.set(stage, [done, total]);
  };
  await (await fetchRuntime(address, onProgress, inflater)).all;
  expect(last.get("numpy")).toEqual([6, 6]);
  expect(last.get("runtime")).toEqual([21, 21]);
});

test("a missing file, a short file and no connection each are a fault of their own", async () => {
  const wanted = async () => (await fetchRuntime(address, () => {}, inflater)).all;
  answer = (name, response) => serve(name === "code" ? "gone" : name, response);
  await expect(wanted()).rejects.toMatchObject({
    fault: { code: "fetch", file: "hashed-code", status: 404 },
  });
  answer = (name, response) => {
    if (name === "livegrad-0.1.0.whl") response.end();
    else serve(name, response);
  };
  await expect(wanted()).rejects.toMatchObject({
    fault: { code: "file", file: "livegrad-0.1.0.whl" },
  });
  answer = serve;
  const inflate = () => Promise.reject(new Error("rotten"));
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const damaged = await fetchRuntime(address, () => {}, { ...inflater, inflate });
  await expect(damaged.all).rejects.toMatchObject({
    fault: { code: "file", file: "code" },
  });
  warn.mockRestore();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(wanted()).rejects.toMatchObject({
    fault: { code: "fetch", file: "manifest-1.json", status: null },
  });
});
