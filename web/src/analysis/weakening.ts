/** What would have died earlier, and when, had a reference been weak from the beginning. */
import type { Recording } from "../trace/recording";
import { lost } from "./cuts";
import { Graph } from "./graph";
import { stepAt } from "./hops";

/** A death that would come earlier. */
export interface Fall {
  readonly object: number;
  /** At whose end the object would be dead, or out of reach. */
  readonly step: number;
  readonly event: number;
  /** Whether the count or only the collector would end it. */
  readonly cause: "refcount" | "gc";
}

/**
 * Deaths in the order of the steps. An object that the program later takes from the reference
 * and keeps elsewhere is dead by then, and so is told here.
 *
 * A long recording has thousands of moments to look at, so this yields after each one: who shows
 * it does the work in slices (see parts/gradual.ts), and a test runs it to its end.
 */
export function* weakening(r: Recording, edge: number): Generator<void, Fall[], void> {
  const first = stepAt(r, r.edges.from[edge]!);
  const last = Math.min(stepAt(r, r.edges.to[edge]!), r.steps.last.length);
  const loses = losingSteps(r);
  const fallen = new Map<number, Fall>();
  let without = [edge];
  for (let step = first; step < last; step++) {
    if (step !== first && !loses[step]) continue;
    const event = r.steps.last[step]!;
    without = without.filter((e) => event < r.edges.to[e]!);
    const gone = without.filter(
      (e) => r.edges.from[e]! <= event && r.edges.strength[e] === "strong",
    );
    const { byCount, byCollector } = lost(new Graph(r, event), new Set(gone));
    const fall = (object: number, cause: Fall["cause"]): void => {
      if (fallen.has(object)) return;
      fallen.set(object, { object, step, event, cause });
      for (const e of r.objects.holds[object]!) without.push(e);
    };
    for (const object of byCount) fall(object, "refcount");
    for (const object of byCollector) fall(object, "gc");
    yield;
  }
  return [...fallen.values()];
}

/** The highest sum of bytes that the whole recording would have had. */
export function peakWithout(r: Recording, falls: readonly Fall[]): number {
  const changes = new Map<number, number>();
  const change = (event: number, by: number): void => {
    changes.set(event, (changes.get(event) ?? 0) + by);
  };
  for (const { object, event } of falls) {
    const array = r.objects.array[object]!;
    const buffer = array < 0 ? -1 : r.arrays.buffer[array]!;
    if (buffer < 0 || r.buffers.owner[buffer] !== object) continue;
    change(event, -r.buffers.nbytes[buffer]!);
    change(r.buffers.freed[buffer]!, r.buffers.nbytes[buffer]!);
  }
  r.bytes.event.forEach((event, i) => {
    change(event, r.bytes.total[i]! - (i ? r.bytes.total[i - 1]! : 0));
  });
  let total = 0;
  let peak = 0;
  for (const [, by] of [...changes].sort(([a], [b]) => a - b)) {
    total += by;
    peak = Math.max(peak, total);
  }
  return peak;
}

const kept = new WeakMap<Recording, { version: number; loses: Uint8Array }>();

/** Marks the steps after which something may be out of reach that was not before. */
function losingSteps(r: Recording): Uint8Array {
  const known = kept.get(r);
  if (known?.version === r.version) return known.loses;
  const loses = new Uint8Array(r.steps.last.length + 1);
  const happens = new Uint8Array(r.lastEvent + 2);
  for (const column of [r.ended.event, r.deaths.event, r.islands.from]) {
    for (const event of column) if (event < happens.length) happens[event] = 1;
  }
  let event = 0;
  r.steps.last.forEach((end, step) => {
    for (; event <= end; event++) if (happens[event]) loses[step] = 1;
  });
  kept.set(r, { version: r.version, loses });
  return loses;
}
