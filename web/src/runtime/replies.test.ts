import { expect, test } from "vitest";
import { PROTOCOL } from "./messages";
import { readReply } from "./replies";

const head = { v: PROTOCOL, id: 3 };

test("replies of ours are read, with nothing but their own fields", () => {
  const trace = { ...head, type: "trace", part: "chunk", json: "{}" };
  expect(readReply({ ...trace, onclick: "x" })).toEqual(trace);
  const ready = { ...head, type: "ready", python: "3.14.2", numpy: "2.4.3" };
  expect(readReply(ready)).toEqual(ready);
  expect(readReply({ ...head, type: "done", worn: "full", open: true, early: false })).toEqual({
    ...head,
    type: "done",
    worn: "full",
    open: true,
    early: false,
  });
  const died = { code: "died", why: "depth", line: null, detail: "" } as const;
  expect(readReply({ ...head, type: "fault", fault: { ...died, more: 1 } })).toEqual({
    ...head,
    type: "fault",
    fault: died,
  });
});

test.each([
  null,
  undefined,
  7,
  "ready",
  [],
  new Map(),
  {},
  { ...head },
  { ...head, v: 1, type: "done", worn: null, open: true, early: false },
  { ...head, id: -1, type: "done", worn: null, open: true, early: false },
  { ...head, id: "3", type: "done", worn: null, open: true, early: false },
  { ...head, type: "done", worn: "yes", open: true, early: false },
  { ...head, type: "done", worn: null },
  { ...head, type: "done", worn: null, open: true },
  { ...head, type: "constructor" },
  { ...head, type: "__proto__" },
  { ...head, type: "ready", python: "3.14.2" },
  { ...head, type: "ready", python: { toString: "x" }, numpy: "2" },
  { ...head, type: "trace", part: "middle", json: "{}" },
  { ...head, type: "trace", part: ["end"], json: "{}" },
  { ...head, type: "trace", part: "end", json: new ArrayBuffer(8) },
  { ...head, type: "fault", fault: "died" },
  { ...head, type: "fault", fault: { code: "died", why: "constructor", line: 1, detail: "" } },
  { ...head, type: "fault", fault: { code: "died", why: "exit", line: 1.5, detail: "" } },
  { ...head, type: "fault", fault: { code: "fetch", file: "x", status: 1, detail: "" } },
  { ...head, type: "fault", fault: { code: "broken", line: "<b>", detail: "" } },
])("%# what is not exactly a reply is none", (data) => {
  expect(readReply(data)).toBeNull();
});

test("texts that are shown are cut", () => {
  const long = "x".repeat(1e6);
  const fault = { code: "start", detail: long };
  const read = readReply({ ...head, type: "fault", fault });
  expect(JSON.stringify(read).length).toBeLessThan(1000);
});

test("a prototype in the data stays data", () => {
  const data = JSON.parse(
    `{"v":${PROTOCOL},"id":1,"type":"done","worn":null,"open":true,"early":false,"__proto__":{"x":1}}`,
  );
  expect(readReply(data)).toEqual({
    v: PROTOCOL,
    id: 1,
    type: "done",
    worn: null,
    open: true,
    early: false,
  });
  expect(({} as { x?: number }).x).toBeUndefined();
});
