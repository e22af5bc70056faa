/** Running totals: rises and falls, as chunks bring them, merged into curves that know their peak. */
import type { PeakedCurve } from "./recording";

/** What happened to a total: at this event, by this much. */
export type Change = [event: number, by: number];

/** Merge rises and falls, each in order of events, into a running total. */
export function extend(curve: PeakedCurve, up: Change[], down: Change[]): void {
  let total = curve.total.at(-1) ?? 0;
  let peak = curve.peak.at(-1) ?? 0;
  let i = 0;
  let j = 0;
  while (i < up.length || j < down.length) {
    const rising = j >= down.length || (i < up.length && up[i]![0] <= down[j]![0]);
    const [event, by] = rising ? up[i++]! : down[j++]!;
    total += by;
    curve.event.push(event);
    curve.total.push(total);
    peak = Math.max(peak, total);
    curve.peak.push(peak);
  }
}
