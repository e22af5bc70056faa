import { describe, expect, it } from "vitest";
import { texts } from "../i18n";
import { tellFlaw } from "../telling/fault";
import { append, readTrace } from "./decode";
import type { Flaw, TraceError } from "./errors";
import type { Trace } from "./format";
import { Recording } from "./recording";
import { sampleTrace } from "./sample";

const broken = (change: (trace: Trace) => void): (() => Recording) => {
  const trace = sampleTrace();
  change(trace);
  return () => readTrace(JSON.stringify(trace));
};

describe("readTrace", () => {
  it("undoes deltas and closes intervals", () => {
    const r = readTrace(JSON.stringify(sampleTrace()));
    expect(r.steps.last).toEqual([5, 9, 15, 20]);
    expect(r.objects.born).toEqual([0, 1, 2, 6, 7, 10, 10]);
    expect(r.objects.died[2]).toBe(13);
    expect(r.edges.to[1]).toBe(12);
    // Nobody dropped the weak reference: its target's death did.
    expect(r.edges.to[5]).toBe(13);
    expect(r.buffers.freed[0]).toBe(14);
    expect(r.bytes).toEqual({ event: [1, 14], total: [80, 0], peak: [80, 80] });
    expect(r.living.total).toEqual([1, 2, 3, 4, 3, 2, 1, 0]);
  });

  it("reads parts as the worker sends them, several chunks with their own start", () => {
    const trace = sampleTrace();
    const r = new Recording();
    append(r, "header", JSON.stringify(trace.header));
    append(r, "chunk", JSON.stringify(trace.chunks[0]));
    append(
      r,
      "chunk",
      JSON.stringify({
        start: 20,
        strings: ["late"],
        objects: { event: [2], kind: ["instance"], type: [15], stack: [-1] },
      }),
    );
    append(r, "end", JSON.stringify(trace.end));
    expect(r.objects.born.at(-1)).toBe(22);
    expect(r.objects.type.at(-1)).toBe("late");
    expect(r.end?.status).toBe("finished");
    expect(r.version).toBe(4);
  });

  it.each([
    ["no JSON", () => readTrace("{")],
    ["another file", () => readTrace('{"format": "heapsnapshot"}')],
    ["a later version", broken((t) => Object.assign(t, { version: 2 }))],
    ["columns of two lengths", broken((t) => t.chunks[0]!.steps!.depth.pop())],
    ["an edge from nowhere", broken((t) => (t.chunks[0]!.edges!.holder[0] = 99))],
    ["a negative place", broken((t) => (t.chunks[0]!.edges!.held[0] = -1))],
    [
      "a place that is no number",
      broken((t) => Object.assign(t.chunks[0]!.edges!.held, { 0: "1" })),
    ],
    ["a fraction", broken((t) => (t.chunks[0]!.objects!.event[1] = 0.5))],
    ["time that runs back", broken((t) => (t.chunks[0]!.objects!.event[1] = -3))],
    ["a drop of an unknown edge", broken((t) => (t.chunks[0]!.drops!.edge[0] = 8))],
    ["a second death", broken((t) => (t.chunks[0]!.deaths!.object[1] = 2))],
    ["a stack that holds itself", broken((t) => (t.chunks[0]!.stacks!.parent[1] = 1))],
    ["an array without its memory", broken((t) => (t.chunks[0]!.arrays!.buffer[0] = 1))],
  ])("refuses %s with a sentence that says what to do", (_, read) => {
    let flaw: Flaw | null = null;
    try {
      read();
    } catch (error) {
      flaw = (error as TraceError).flaw;
    }
    expect(tellFlaw(texts.en, flaw!)).toMatch(/\. (Run|Record|Choose) .*\.$/);
  });
});
