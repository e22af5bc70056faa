/** How the reader looks at the graph: changed by their hand alone, never by time. */
import type { Kind } from "../trace/format";

export interface Lens {
  /** 1 is as large as fits. */
  readonly zoom: number;
  /** Kinds that are not drawn and not listed. */
  readonly hidden: readonly Kind[];
  /** Only the chosen object and what is near it. */
  readonly near: boolean;
  /** The field to search in is open, and what stands in it. */
  readonly finding: boolean;
  readonly query: string;
  /** Keys of the folds that the reader has opened. */
  readonly opened: readonly string[];
}

export const PLAIN: Lens = {
  zoom: 1,
  hidden: [],
  near: false,
  finding: false,
  query: "",
  opened: [],
};

const LEAST = 0.25;
const MOST = 4;
/** One press of + or −. */
export const STEP = 1.25;

export const zoomed = (zoom: number, by: number): number => {
  const wanted = Math.max(LEAST, Math.min(MOST, zoom * by));
  // Presses there and back end where they began.
  return Math.abs(wanted - 1) < 0.02 ? 1 : wanted;
};
