/**
 * Every message between the page and the worker that runs Python. The page
 * starts requests; the worker answers under the same id. A worker that dies
 * answers nothing more: its client then fails whatever waits.
 */
export const PROTOCOL = 1;

/** How functions hold their outputs when a program starts. */
export type Outputs = "weak" | "strong";

export type Request =
  /** Load the interpreter, numpy and livegrad from `assets`, an absolute address. */
  | { v: typeof PROTOCOL; id: number; type: "load"; assets: string }
  /** Run a program under the recorder. */
  | { v: typeof PROTOCOL; id: number; type: "run"; source: string; filename: string; outputs: Outputs };

export type Reply =
  /** Loading: bytes are counted where the server tells how many there will be. */
  | { v: typeof PROTOCOL; id: number; type: "progress"; stage: Stage; done: number; total: number }
  | { v: typeof PROTOCOL; id: number; type: "ready"; python: string; numpy: string }
  /** A part of the trace, as JSON text: the header first, chunks while the program runs, the end last. */
  | { v: typeof PROTOCOL; id: number; type: "trace"; part: "header" | "chunk" | "end"; json: string }
  /** The worker failed, not the user's program: one sentence for the reader. */
  | { v: typeof PROTOCOL; id: number; type: "error"; message: string };

export type Stage = "runtime" | "numpy" | "livegrad";
