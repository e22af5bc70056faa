/** Where the interpreter says that it collects, and how often it did. */
import type { Facts, Samples } from "./facts";
import type { Finder } from "./finder";

export interface Collector {
  /** In the interpreter's state: 1 while the collector runs. */
  collecting: number;
  /** In the interpreter's state: for each generation, collections, collected, uncollectable. */
  stats: number;
  generations: number;
  /** Bytes from one generation's counters to the next's. */
  stride: number;
}

/** How far into the interpreter's state we look. */
const WORDS = 8_000;

export function findCollector(find: Finder, facts: Facts, samples: Samples): Collector {
  const { memory } = find;
  const { module } = memory;
  const state = module._PyInterpreterState_Get() >>> 0;
  const words = (): Uint32Array => module.HEAPU32.slice(state >>> 2, (state >>> 2) + WORDS);
  const loop = facts.types.loop!.at;
  let during: Uint32Array | null = null;
  const tracer = module.addFunction((object, event) => {
    if (event && memory.u32((object! >>> 0) + 4) === loop) during = words();
    return 0;
  }, "iiii");
  const deathIn = (run: () => void): Uint32Array => {
    during = null;
    run();
    find.need(during !== null, "the deaths of objects");
    return during!;
  };
  let candidates: number[] | null = null;
  module._PyRefTracer_SetTracer(tracer, 0);
  try {
    for (let round = 0; round < 3; round++) {
      const outside = words();
      const inside = deathIn(() => samples.collect());
      const counting = deathIn(() => samples.drop());
      const after = words();
      const fits = (i: number): boolean =>
        outside[i] === 0 && inside[i] === 1 && counting[i] === 0 && after[i] === 0;
      candidates = candidates
        ? candidates.filter(fits)
        : Array.from(outside.keys()).filter((i) => fits(i));
    }
  } finally {
    module._PyRefTracer_SetTracer(0, 0);
    module.removeFunction(tracer);
  }
  find.need(candidates!.length === 1, "that it collects");

  const known: number[][] = JSON.parse(samples.stats());
  const now = words();
  const generations = known.length;
  const starts = (stride: number): number[] =>
    Array.from(now.keys()).filter((i) =>
      known.every((row, g) => row.every((value, n) => now[i + (g * stride) / 4 + n] === value)),
    );
  for (const stride of [12, 16, 20, 24]) {
    const [start] = starts(stride);
    if (start !== undefined && known.some((row) => row[0]! > 1))
      return { collecting: candidates![0]! * 4, stats: start * 4, generations, stride };
  }
  throw find.need(false, "the collector's counters");
}
