/** How much of a heap a question walks: what hangs from the object, not the whole of it. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { readTrace } from "../trace/decode";
import type { Recording } from "../trace/recording";
import { sampleTrace } from "../trace/sample";
import { cut, lossOf } from "./cuts";
import { fallOf, placeOf } from "./falls";
import { Graph } from "./graph";
import { peakWithout, weakening } from "./weakening";

const WIDE = 10_000;

/** A module that holds 10,000 objects, the last of which holds a chain of three. */
function wideHeap(): Recording {
  const trace = sampleTrace();
  const n = WIDE + 4;
  const ones = Array.from({ length: n - 1 }, () => 1);
  const zeros = Array.from({ length: n - 1 }, () => 0);
  const held = Array.from({ length: n - 1 }, (_, i) => i + 1);
  const holder = held.map((object) => (object <= WIDE ? 0 : object - 1));
  return readTrace(
    JSON.stringify({
      ...trace,
      chunks: [
        {
          start: 0,
          strings: ["main.py", "<module>", "Thing", "x"],
          files: { name: [0], text: [-1] },
          locations: { file: [0], function: [1], line: [1] },
          stacks: { location: [0], parent: [-1] },
          steps: { location: [0], depth: [0], last: [n] },
          objects: {
            event: [0, ...ones],
            kind: ["module", ...ones.map(() => "instance")],
            type: [1, ...ones.map(() => 2)],
            stack: [-1, ...zeros],
          },
          edges: {
            event: ones,
            holder,
            held,
            name: zeros.map(() => 3),
            strength: ones.map(() => "strong"),
          },
          counts: { event: ones, object: held, count: ones, weak: zeros, unexplained: zeros },
        },
      ],
      end: { ...trace.end, event: n },
    }),
  );
}

describe("a question about one object of ten thousand", () => {
  afterEach(() => vi.restoreAllMocks());

  it("walks what hangs from it, and backwards to a root", () => {
    const r = wideHeap();
    const walked = vi.spyOn(Graph.prototype, "out");
    const asked = vi.spyOn(Graph.prototype, "into");
    const first = WIDE;
    expect(lossOf(r, r.lastEvent, first)).toEqual({
      byCount: [WIDE, WIDE + 1, WIDE + 2, WIDE + 3],
      byCollector: [],
    });
    expect(cut(r, r.lastEvent, [WIDE]).byCount).toEqual([WIDE + 1, WIDE + 2, WIDE + 3]);
    expect(walked.mock.calls.length + asked.mock.calls.length).toBeLessThan(100);
  });
});

describe("a fall", () => {
  const r = readTrace(JSON.stringify(sampleTrace()));

  it("is what died with an object, in order; and what a collection freed together", () => {
    expect(fallOf(r, 2)).toEqual([2, 1]);
    expect(fallOf(r, 1)).toEqual([2, 1]);
    expect(fallOf(r, 6)).toEqual([5, 6]);
    expect(fallOf(r, 0)).toEqual([]);
    expect([2, 1, 5, 6].map((object) => placeOf(r, object))).toEqual([1, 2, 1, 2]);
  });
});

describe("a reference that were weak", () => {
  const r = readTrace(JSON.stringify(sampleTrace()));
  const run = (edge: number) => {
    const steps = weakening(r, edge);
    let next = steps.next();
    while (!next.done) next = steps.next();
    return next.value;
  };

  it("takes with it only what nothing else holds, and the bytes", () => {
    // `kept[0]` holds the Variable beside the name `a`: the name goes in the same line.
    expect(run(3)).toEqual([]);
    // Its data is held by nothing but it.
    const falls = run(0);
    expect(falls).toEqual([{ object: 1, step: 0, event: 5, cause: "refcount" }]);
    expect(peakWithout(r, falls)).toBe(80);
    expect(peakWithout(r, [{ ...falls[0]!, event: 1 }])).toBe(0);
  });
});
