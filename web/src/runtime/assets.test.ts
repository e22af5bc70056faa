import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fetchRuntime } from "./assets";
import type { Stage } from "./messages";

const FILES = {
  "pyodide.asm.mjs": { role: "script", text: "export default 1;" },
  "pyodide.asm.wasm": { role: "wasm", text: "\0asm" },
  "python_stdlib.zip": { role: "stdlib", text: "PK".repeat(500) },
  "pyodide-lock.json": { role: "lock", text: "{}" },
  "numpy-2.4.3.whl": { role: "numpy", text: "n".repeat(3000) },
  "livegrad-0.1.0.whl": { role: "livegrad", text: "l" },
};
const manifest = {
  files: Object.entries(FILES).map(([name, { role, text }]) => ({ name, role, size: text.length })),
};

let server: Server;
let assets: string;
let answer: (name: string, response: ServerResponse) => void;

/** A host that knows no types at all. */
function serve(name: string, response: ServerResponse): void {
  response.setHeader("content-type", "text/plain");
  if (name === "manifest.json") response.end(JSON.stringify(manifest));
  else if (name in FILES) response.end(FILES[name as keyof typeof FILES].text);
  else response.writeHead(404).end();
}

beforeEach(async () => {
  answer = serve;
  server = createServer((request, response) => {
    answer((request.url ?? "").replace("/sub/runtime/", ""), response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  assets = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sub/runtime`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test("every file arrives whole, with the type that browsers insist on", async () => {
  const files = await fetchRuntime(assets, () => {});
  expect(await files.script.text()).toBe("export default 1;");
  expect(files.script.type).toBe("text/javascript");
  expect(files.wasm.type).toBe("application/wasm");
  expect(Object.keys(files.wheels)).toEqual(["numpy-2.4.3.whl", "livegrad-0.1.0.whl"]);
});

test("progress counts unpacked bytes up to the stage's total, also when the server compresses", async () => {
  answer = (name, response) => {
    if (name !== "numpy-2.4.3.whl") return serve(name, response);
    response.setHeader("content-encoding", "gzip").end(gzipSync(FILES[name].text));
  };
  const last = new Map<Stage, [number, number]>();
  await fetchRuntime(assets, (stage, done, total) => {
    expect(done).toBeGreaterThan(last.get(stage)?.[0] ?? 0);
    last.set(stage, [done, total]);
  });
  expect(last.get("numpy")).toEqual([3000, 3000]);
  expect(last.get("runtime")).toEqual([1023, 1023]);
  expect(last.get("livegrad")).toEqual([1, 1]);
});

test("a missing file, a short file and no connection each give one clear sentence", async () => {
  answer = (name, response) => serve(name === "python_stdlib.zip" ? "gone" : name, response);
  await expect(fetchRuntime(assets, () => {})).rejects.toThrow(
    "python_stdlib.zip could not be fetched (status 404); reload the page.",
  );
  answer = (name, response) => {
    if (name === "livegrad-0.1.0.whl") response.end();
    else serve(name, response);
  };
  await expect(fetchRuntime(assets, () => {})).rejects.toThrow(
    "livegrad-0.1.0.whl arrived incomplete",
  );
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(fetchRuntime(assets, () => {})).rejects.toThrow(
    "manifest.json could not be fetched; check the connection and reload the page.",
  );
});
