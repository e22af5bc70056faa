import { useEffect, useMemo, useState } from "preact/hooks";

/** Milliseconds of work between two looks at what else there is to do: half a frame. */
const SLICE = 8;

/**
 * The result of work that yields, done a slice at a time: null until it is there. What fits into
 * one slice is there at once. A change of `key` drops the work and begins anew.
 */
export function useGradual<T>(
  work: () => Generator<void, T, void>,
  key: readonly unknown[],
): T | null {
  const begun = useMemo(() => {
    const steps = work();
    return { steps, first: slice(steps) };
  }, key);
  const [done, setDone] = useState<{ of: object; value: T } | null>(null);
  useEffect(() => {
    if (begun.first !== null) return;
    let timer = setTimeout(function more() {
      const got = slice(begun.steps);
      if (got === null) timer = setTimeout(more);
      else setDone({ of: begun, value: got.value });
    });
    return () => clearTimeout(timer);
  }, [begun]);
  if (begun.first !== null) return begun.first.value;
  return done?.of === begun ? done.value : null;
}

function slice<T>(steps: Generator<void, T, void>): { value: T } | null {
  const until = performance.now() + SLICE;
  do {
    const next = steps.next();
    if (next.done) return { value: next.value };
  } while (performance.now() < until);
  return null;
}
