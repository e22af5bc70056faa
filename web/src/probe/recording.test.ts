/** What the probe keeps follows what lives, not how much has happened. */
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Recording } from "./recording";
import { isBuilt, type Started, start } from "./testing/interpreter";

/** Makes and drops objects of many kinds and sizes in each turn. */
const CHURN = (turns: number): string => `import gc
import numpy as np
gc.set_threshold(100, 2, 0)
class Thing:
    def __init__(self, value): self.value = value
def produce(x):
    yield x
    yield Thing(x)
kept = [Thing(i) for i in range(50)]
for i in range(${turns}):
    kept[i % 50] = Thing([Thing(i), {"k": i}])
    maker = produce(i); next(maker)
    rows = [Thing(j) for j in range(i % 7 * 8)]
    table = {j: kept[j] for j in range(i % 5 * 10)}
    code = compile("def f(a): return a", "<made>", "exec"); scope = {}
    exec(code, scope)
    numbers = np.zeros(i % 9, dtype=[("a", "f4"), ("b", "i2")]); view = numbers[1:]
    loop = Thing(None); loop.value = loop; loop = None
`;

describe.skipIf(!isBuilt)("a long recording", () => {
  let started: Started;
  beforeAll(async () => {
    started = await start();
  }, 60_000);
  afterEach(() => vi.restoreAllMocks());

  it("keeps no more than a short one", () => {
    const line = Recording.prototype.line;
    const most: Record<string, number> = {};
    let events = 0;
    vi.spyOn(Recording.prototype, "line").mockImplementation(function (this: Recording, ...args) {
      line.apply(this, args);
      events = this.writer.event;
      for (const [name, size] of Object.entries(this.sizes))
        most[name] = Math.max(most[name] ?? 0, size);
    });
    const measured = (turns: number): Record<string, number> => {
      for (const name of Object.keys(most)) delete most[name];
      const end = started.record(CHURN(turns));
      expect([end.traceback, end.limit]).toEqual([null, null]);
      return { ...most };
    };
    const short = measured(100);
    const before = events;
    const long = measured(320);
    expect(events).toBeGreaterThan(3 * before);
    for (const [name, size] of Object.entries(long))
      expect(size, name).toBeLessThanOrEqual(1.1 * short[name]! + 20);
  }, 60_000);
});
