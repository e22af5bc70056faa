/** Any text for a recording: it is read, or refused with one sentence; what was read can be asked. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { texts } from "../i18n";
import { tellFlaw } from "../telling/fault";
import { readTrace } from "./decode";
import { TraceError } from "./errors";
import { billOf, holdersOf, wayFromRoot } from "./holders";
import { factsOf } from "./questions";
import type { Recording } from "./recording";
import { countOf, endOfStep, isAlive, labelOf, stateOf, stepCount, totalAt } from "./replay";
import { sampleTrace } from "./sample";

const WRITTEN = JSON.stringify(sampleTrace());

function read(json: string): Recording | null {
  try {
    return readTrace(json);
  } catch (error) {
    expect(error).toBeInstanceOf(TraceError);
    const message = tellFlaw(texts.en, (error as TraceError).flaw);
    expect(message).toMatch(/\. (Run|Record|Choose) .*\.$/);
    expect(message).not.toContain("\n");
    expect(message.length).toBeLessThan(300);
    return null;
  }
}

/** What the page asks at every step. */
function ask(r: Recording): void {
  for (let step = 0; step < stepCount(r); step++) {
    const event = endOfStep(r, step);
    factsOf(r, step);
    expect(totalAt(r.bytes, event)).not.toBeNaN();
    for (const object of r.shown) {
      expect(labelOf(r, object)).toContain("#");
      stateOf(r, object, event);
      countOf(r, object, event);
      if (!isAlive(r, object, event)) continue;
      holdersOf(r, object, event);
      billOf(r, object, event);
      wayFromRoot(r, object, event);
    }
  }
}

const piece = fc.oneof(
  fc.constantFrom(
    ...'"\\[]{},:-0',
    "-1",
    "null",
    "true",
    "1e999",
    "1.5",
    "9".repeat(5000),
    "9007199254740993",
    "[".repeat(3000),
    '{"a":'.repeat(3000),
    `[${"[],".repeat(3000)}[]]`,
    '"\\ud800"',
    '"strings":[],',
    "\0",
  ),
  fc.string({ maxLength: 3 }),
);

it("reads or refuses edited text", () => {
  const edit = fc.tuple(
    fc.nat(WRITTEN.length),
    fc.oneof(fc.nat(3), fc.nat(400)),
    fc.oneof(piece, fc.constant("")),
  );
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = WRITTEN;
      for (const [at, length, put] of edits)
        text = text.slice(0, at) + put + text.slice(at + length);
      const r = read(text);
      if (r) ask(r);
    }),
    { numRuns: 500 },
  );
});

it("refuses text that is cut", () => {
  fc.assert(
    fc.property(fc.nat(WRITTEN.length - 1), (length) => {
      expect(read(WRITTEN.slice(0, length))).toBeNull();
    }),
  );
});

/** Every place in a value: the object or list, and the key in it. */
function placesOf(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== "object" || value === null) return [];
  const here = value as Record<string, unknown>;
  return Object.keys(here).flatMap((key) => [
    [here, key] as [Record<string, unknown>, string],
    ...placesOf(here[key]),
  ]);
}

it("reads or refuses a trace with other values in it", () => {
  const change = fc.tuple(
    fc.nat(),
    fc.oneof(
      fc.integer({ min: -2, max: 40 }),
      fc.maxSafeInteger(),
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(undefined, {}, [], { toString: 1 }, { length: 4e9 }),
    ),
  );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const trace = sampleTrace();
      for (const [number, value] of changes) {
        const places = placesOf(trace);
        if (!places.length) break;
        const [holder, key] = places[number % places.length]!;
        holder[key] = structuredClone(value); // one that is drawn twice must not hold itself
      }
      const r = read(JSON.stringify(trace));
      if (r) ask(r);
    }),
    { numRuns: 1000 },
  );
});
