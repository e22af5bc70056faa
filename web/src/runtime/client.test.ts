import { expect, test, vi } from "vitest";
import type { Runtime } from "./assets";
import { createClient, Stopped } from "./client";
import { PROTOCOL, type Reply, type Request } from "./messages";

/** A worker whose answers the test gives by hand. */
class FakeWorker {
  onmessage: ((event: { data: Reply }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  requests: Request[] = [];
  terminated = false;
  postMessage(request: Request) {
    this.requests.push(request);
  }
  terminate() {
    this.terminated = true;
  }
  get last(): Request {
    const request = this.requests.at(-1);
    if (!request) throw new Error("nothing was asked");
    return request;
  }
  answer(reply: Record<string, unknown>) {
    this.onmessage?.({ data: { v: PROTOCOL, id: this.last.id, ...reply } as unknown as Reply });
  }
}

const files = { first: {}, later: new Promise(() => {}) } as unknown as Runtime;
const program = { source: "x = 1", filename: "main.py", outputs: "weak" } as const;
const ignore = () => {};

function setUp(load = vi.fn(async () => files)) {
  const workers: FakeWorker[] = [];
  const onReady = vi.fn();
  const client = createClient({
    assets: "https://example.org/sub/runtime/",
    onReady,
    load,
    spawn: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker as unknown as Worker;
    },
  });
  const worker = async (n: number): Promise<FakeWorker> =>
    vi.waitUntil(() => (workers[n]?.requests.length ? workers[n] : undefined));
  const ready = async (n: number): Promise<FakeWorker> => {
    const one = await worker(n);
    one.answer({ type: "ready", python: "3.14.2", numpy: "2.4.3" });
    await client.ready;
    return one;
  };
  /** The worker once the program has reached it. */
  const running = async (n: number): Promise<FakeWorker> => {
    const one = await ready(n);
    await vi.waitUntil(() => one.last.type === "run");
    return one;
  };
  return { client, workers, worker, ready, running, onReady, load };
}

test("a worker that has loaded makes the client ready", async () => {
  const { client, ready, onReady } = setUp();
  await ready(0);
  expect(await client.ready).toEqual({ python: "3.14.2", numpy: "2.4.3" });
  expect(onReady).toHaveBeenCalledOnce();
});

test("a program asked for while Python loads runs when it is ready, and its parts arrive in order", async () => {
  const { client, running } = setUp();
  const parts: string[] = [];
  const run = client.run(program, (part, json) => parts.push(`${part} ${json}`));
  const worker = await running(0);
  expect(worker.last).toMatchObject({ type: "run", ...program });
  worker.answer({ type: "trace", part: "header", json: "{}" });
  worker.answer({ type: "trace", part: "chunk", json: "[]" });
  worker.answer({ type: "trace", part: "end", json: "1" });
  await run;
  expect(parts).toEqual(["header {}", "chunk []", "end 1"]);
});

test("stop ends the worker, rejects the run with Stopped, and the next worker starts without a fetch", async () => {
  const { client, workers, running, ready, load } = setUp();
  const run = client.run(program, ignore);
  await running(0);
  client.stop();
  await expect(run).rejects.toBeInstanceOf(Stopped);
  expect(workers[0]?.terminated).toBe(true);
  await ready(1);
  expect(load).toHaveBeenCalledOnce();
});

test("a program may be run right after stop, in the same turn", async () => {
  const { client, running } = setUp();
  const first = client.run(program, ignore);
  await running(0);
  client.stop();
  const second = client.run(program, ignore);
  await expect(first).rejects.toBeInstanceOf(Stopped);
  (await running(1)).answer({ type: "trace", part: "end", json: "1" });
  await second;
});

test("stop while Python loads ends the waiting run", async () => {
  const { client, worker, ready } = setUp();
  const run = client.run(program, ignore);
  await worker(0);
  client.stop();
  await expect(run).rejects.toBeInstanceOf(Stopped);
  await ready(1);
});

test("stop with nothing running keeps the worker", async () => {
  const { client, workers, ready } = setUp();
  await ready(0);
  client.stop();
  expect(workers).toHaveLength(1);
  expect(workers[0]?.terminated).toBe(false);
});

test("a worker that reports its death fails the run with that sentence, and the next one starts", async () => {
  const { client, workers, running, ready } = setUp();
  const run = client.run(program, ignore);
  (await running(0)).answer({ type: "error", message: "Python died at line 3." });
  await expect(run).rejects.toThrow("Python died at line 3.");
  expect(workers[0]?.terminated).toBe(true);
  await ready(1);
});

test("a worker whose script fails rejects ready and the run", async () => {
  const { client, worker } = setUp();
  const run = client.run(program, ignore);
  const { ready } = client;
  (await worker(0)).onerror?.({ message: "", preventDefault: ignore });
  await expect(run).rejects.toThrow("its script did not load");
  await expect(ready).rejects.toThrow("its script did not load");
});

test("files that could not be fetched reject ready, and the next run fetches them again", async () => {
  const load = vi.fn(async () => files).mockRejectedValueOnce(new Error("no connection"));
  const { client, running } = setUp(load);
  await expect(client.ready).rejects.toThrow("no connection");
  const run = client.run(program, ignore);
  (await running(1)).answer({ type: "trace", part: "end", json: "1" });
  await run;
  expect(load).toHaveBeenCalledTimes(2);
});

test("a second run while one is running is refused", async () => {
  const { client, running } = setUp();
  const first = client.run(program, ignore);
  const worker = await running(0);
  await expect(client.run(program, ignore)).rejects.toThrow("already");
  worker.answer({ type: "trace", part: "end", json: "1" });
  await first;
});

test("a reader that throws fails the run", async () => {
  const { client, running } = setUp();
  const run = client.run(program, () => {
    throw new Error("unreadable trace");
  });
  (await running(0)).answer({ type: "trace", part: "header", json: "{}" });
  await expect(run).rejects.toThrow("unreadable trace");
});

test("messages of another protocol are not listened to", async () => {
  const { client, worker, onReady } = setUp();
  const one = await worker(0);
  one.answer({ v: 0, type: "error", message: "from another page" });
  one.answer({ type: "ready", python: "3.14.2", numpy: "2.4.3" });
  await client.ready;
  expect(onReady).toHaveBeenCalledOnce();
});
