/** The passes of a program's longest loop, which the timeline counts. */
import type { Recording } from "../trace/recording";

/** The location whose executions are the passes of the outermost loop, or -1. */
export function loopOf(r: Recording): number {
  let best = -1;
  r.locations.steps.forEach((steps, location) => {
    if (steps.length < 3 || r.steps.depth[steps[0]!] !== 0) return;
    if (best < 0 || steps.length > r.locations.steps[best]!.length) best = location;
  });
  return best;
}
