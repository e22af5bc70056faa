/** The part of the axis that is shown: pure moves. */
import type { Span } from "../../layout/curves";

const LEAST = 1e-4;

/** The same part, moved as far as it must be to show a place. */
export function showing(span: Span, place: number): Span {
  const part = span.to - span.from;
  if (place >= span.from && place <= span.to) return span;
  const from = Math.max(0, Math.min(1 - part, place - part / 2));
  return { from, to: from + part };
}

/** Larger or smaller around a place that stays where it is. */
export function zoomedAt({ from, to }: Span, by: number, place: number): Span {
  const part = Math.max(LEAST, Math.min(1, (to - from) / by));
  const share = (place - from) / (to - from);
  const start = Math.max(0, Math.min(1 - part, place - share * part));
  return { from: start, to: start + part };
}
