import { expect, test, vi } from "vitest";
import type { Runtime } from "./assets";
import { createClient, Stopped } from "./client";
import { PROTOCOL, type Request } from "./messages";

/** A box whose answers the test gives by hand. */
class FakeBox {
  onFailure: ((words: string) => void) | null = null;
  requests: Request[] = [];
  closed = false;
  port = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (request: Request) => this.requests.push(request),
  };
  close() {
    this.closed = true;
  }
  get last(): Request {
    const request = this.requests.at(-1);
    if (!request) throw new Error("nothing was asked");
    return request;
  }
  answer(answer: Record<string, unknown>) {
    this.post({ v: PROTOCOL, id: this.last.id, ...answer });
  }
  post(data: unknown) {
    this.port.onmessage?.({ data });
  }
  finish() {
    this.answer({ type: "trace", part: "end", json: "1" });
    this.answer({ type: "done", worn: null, open: true, early: false });
  }
}

const never = new Promise(() => {});
const files = { arriving: {}, all: never } as unknown as Runtime;
const program = { source: "x = 1", filename: "main.py", outputs: "weak", wait: false } as const;
const ignore = () => {};
const died = { code: "died", why: "exit", line: 3, detail: "" };

function setUp({ load = vi.fn(async () => files), spare = false } = {}) {
  const boxes: FakeBox[] = [];
  const onReady = vi.fn();
  const client = createClient({
    assets: "https://example.org/sub/runtime/",
    onReady,
    load,
    spare,
    whenIdle: (act) => act(),
    open: () => {
      const box = new FakeBox();
      boxes.push(box);
      return box as never;
    },
  });
  const box = async (n: number): Promise<FakeBox> =>
    vi.waitUntil(() => (boxes[n]?.requests.length ? boxes[n] : undefined));
  /** The n-th box, once it has loaded. */
  const loaded = async (n: number): Promise<FakeBox> => {
    const one = await box(n);
    one.answer({ type: "ready", python: "3.14.2", numpy: "2.4.3" });
    return one;
  };
  const ready = async (n: number): Promise<FakeBox> => {
    const one = await loaded(n);
    await client.ready;
    return one;
  };
  /** The box once the program has reached it. */
  const reached = async (one: FakeBox): Promise<FakeBox> => {
    await vi.waitUntil(() => one.last.type === "run");
    return one;
  };
  const running = async (n: number): Promise<FakeBox> => reached(await ready(n));
  return { client, boxes, box, loaded, ready, reached, running, onReady, load };
}

test("an interpreter that has loaded makes the client ready", async () => {
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
  worker.finish();
  await run;
  expect(parts).toEqual(["header {}", "chunk []", "end 1"]);
});

test("stop ends the worker, rejects the run with Stopped, and the next worker starts without a fetch", async () => {
  const { client, boxes, running, ready, load } = setUp();
  const run = client.run(program, ignore);
  await running(0);
  client.stop();
  await expect(run).rejects.toBeInstanceOf(Stopped);
  expect(boxes[0]?.closed).toBe(true);
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
  (await running(1)).finish();
  await second;
});

test("stop while Python loads ends the waiting run", async () => {
  const { client, box, ready } = setUp();
  const run = client.run(program, ignore);
  await box(0);
  client.stop();
  await expect(run).rejects.toBeInstanceOf(Stopped);
  await ready(1);
});

test("stop with nothing running keeps the worker", async () => {
  const { client, boxes, ready } = setUp();
  await ready(0);
  client.stop();
  expect(boxes).toHaveLength(1);
  expect(boxes[0]?.closed).toBe(false);
});

test("a worker that reports its death fails the run with that fault, and the next one starts", async () => {
  const { client, boxes, running, ready } = setUp();
  const run = client.run(program, ignore);
  (await running(0)).answer({ type: "fault", fault: died });
  await expect(run).rejects.toMatchObject({ fault: died });
  expect(boxes[0]?.closed).toBe(true);
  await ready(1);
});

test("a worker whose script fails rejects ready and the run", async () => {
  const { client, box } = setUp();
  const run = client.run(program, ignore);
  const { ready } = client;
  (await box(0)).onFailure?.("its script did not load");
  const fault = { code: "start", detail: "its script did not load" };
  await expect(run).rejects.toMatchObject({ fault });
  await expect(ready).rejects.toMatchObject({ fault });
});

test("files that could not be fetched reject ready, and the next run fetches them again", async () => {
  const load = vi.fn(async () => files).mockRejectedValueOnce(new Error("no connection"));
  const { client, running } = setUp({ load });
  await expect(client.ready).rejects.toThrow("no connection");
  const run = client.run(program, ignore);
  (await running(1)).finish();
  await run;
  expect(load).toHaveBeenCalledTimes(2);
});

test("a second run while one is running is refused", async () => {
  const { client, running } = setUp();
  const first = client.run(program, ignore);
  const worker = await running(0);
  await expect(client.run(program, ignore)).rejects.toThrow("already");
  worker.finish();
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

test("what is no reply of ours ends the worker", async () => {
  const { client, boxes, running } = setUp();
  const run = client.run(program, ignore);
  (await running(0)).post({ v: PROTOCOL, id: 2, type: "trace", part: "chunk", json: {} });
  await expect(run).rejects.toMatchObject({ fault: { code: "nonsense" } });
  expect(boxes[0]?.closed).toBe(true);
});

test("a flood of replies ends the worker, and what comes after is not looked at", async () => {
  const { client, boxes, running } = setUp();
  let seen = 0;
  const run = client.run(program, () => seen++);
  const one = await running(0);
  for (let i = 0; i < 5000; i++) one.answer({ type: "trace", part: "chunk", json: "[]" });
  await expect(run).rejects.toMatchObject({ fault: { code: "flood" } });
  expect(seen).toBeLessThan(1500);
  expect(boxes[0]?.closed).toBe(true);
});

test("replies to what nobody asked change nothing", async () => {
  const { client, ready, onReady } = setUp();
  const one = await ready(0);
  one.post({ v: PROTOCOL, id: 77, type: "done", worn: "changed", open: true, early: false });
  one.post({ v: PROTOCOL, id: 1, type: "ready", python: "9", numpy: "9" });
  expect(await client.ready).toEqual({ python: "3.14.2", numpy: "2.4.3" });
  expect(onReady).toHaveBeenCalledOnce();
});

test("with a spare, Run works at once after stop, and another spare starts", async () => {
  const { client, boxes, ready, loaded, reached } = setUp({ spare: true });
  await ready(0);
  const spare = await loaded(1);
  const first = client.run(program, ignore);
  await reached(boxes[0]!);
  client.stop();
  await expect(first).rejects.toBeInstanceOf(Stopped);
  const second = client.run(program, ignore);
  (await reached(spare)).finish();
  await second;
  await loaded(2);
  expect(boxes.map(({ closed }) => closed)).toEqual([true, false, false]);
});

test("a spare that dies or cannot start is no loss, and none is tried again", async () => {
  const { client, boxes, ready, box, running } = setUp({ spare: true });
  await ready(0);
  (await box(1)).answer({ type: "fault", fault: { code: "start", detail: "out of memory" } });
  await vi.waitUntil(() => boxes[1]?.closed);
  const first = client.run(program, ignore);
  await vi.waitUntil(() => boxes[0]!.last.type === "run");
  client.stop();
  await expect(first).rejects.toBeInstanceOf(Stopped);
  const second = client.run(program, ignore);
  (await running(2)).finish();
  await second;
  expect(boxes).toHaveLength(3);
});

test("an interpreter that a program has worn is replaced at once", async () => {
  const { client, boxes, running, ready } = setUp();
  const first = client.run(program, ignore);
  (await running(0)).answer({ type: "done", worn: "changed", open: true, early: false });
  expect(await first).toEqual({ worn: "changed", open: true, early: false });
  expect(boxes[0]?.closed).toBe(true);
  await ready(1);
});

test("an interpreter that dies of what the last program left makes room, and the next one runs", async () => {
  const { client, running, reached, ready } = setUp();
  const first = client.run(program, ignore);
  const old = await running(0);
  old.finish();
  await first;
  const parts: string[] = [];
  const second = client.run(program, (part) => parts.push(part));
  await vi.waitUntil(() => old.requests.filter(({ type }) => type === "run").length === 2);
  old.answer({ type: "fault", fault: died });
  (await reached(await ready(1))).finish();
  expect(await second).toEqual({ worn: null, open: true, early: false });
  expect(parts).toEqual(["end"]);
});

test("one that dies after the program has begun is told, and so is one that runs its first", async () => {
  const { client, running, reached, ready } = setUp();
  const first = client.run(program, ignore);
  (await running(0)).answer({ type: "fault", fault: died });
  await expect(first).rejects.toMatchObject({ fault: died });
  const second = client.run(program, ignore);
  const next = await reached(await ready(1));
  next.finish();
  await second;
  const third = client.run(program, ignore);
  await vi.waitUntil(() => next.requests.filter(({ type }) => type === "run").length === 2);
  next.answer({ type: "trace", part: "header", json: "{}" });
  next.answer({ type: "fault", fault: died });
  await expect(third).rejects.toMatchObject({ fault: died });
});
