import { expect, test } from "vitest";
import { Arrivals } from "./arrivals";

test("files are there in whatever order they come, before and after they are asked for", async () => {
  const arrivals = new Arrivals();
  arrivals.take({ name: "snapshot", content: null });
  const code = arrivals.files.code;
  arrivals.take({ name: "code", content: new ArrayBuffer(3) });
  arrivals.take({ name: "lock", content: "{}" });
  expect(await arrivals.files.snapshot).toBeNull();
  expect((await code).byteLength).toBe(3);
  expect(await arrivals.files.lock).toBe("{}");
});
