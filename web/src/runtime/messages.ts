/**
 * Every message between the page and the worker that runs Python. The page
 * starts requests; the worker answers under the same id. A worker that dies
 * answers nothing more: its client then fails whatever waits.
 */
export const PROTOCOL = 1;

/** What is being loaded, for the reader. */
export type Stage = "runtime" | "numpy" | "livegrad";

/** How functions hold their outputs when a program starts. */
export type Outputs = "weak" | "strong";

/**
 * What an interpreter starts from. The page fetches it, not the worker: the next
 * worker then starts without a request, and no worker needs the network.
 */
export interface RuntimeFiles {
  /** Pyodide's JavaScript half (pyodide.asm.mjs), with the build's one change. */
  script: Blob;
  /** Pyodide's WebAssembly half (pyodide.asm.wasm). */
  wasm: Blob;
  /** The site's own pyodide-lock.json. */
  lock: Blob;
  /** The memory of a Python that has imported numpy and livegrad, see snapshot.ts. */
  snapshot?: Blob;
  /** The libraries that the snapshot has loaded, by file name. */
  libraries: Record<string, Blob>;
}

/** What everything else is imported from; an interpreter without a snapshot starts from it too. */
export interface LaterFiles {
  /** Python's standard library, a zip. */
  stdlib: Blob;
  /** Wheels by the name that the lock gives them. */
  wheels: Record<string, Blob>;
}

export type Request =
  /** Start the interpreter, numpy and livegrad. */
  | { v: typeof PROTOCOL; id: number; type: "load"; files: RuntimeFiles }
  /** What load goes on with, as soon as it is here; programs wait for it. No answer. */
  | { v: typeof PROTOCOL; id: number; type: "later"; files: LaterFiles }
  /** Run a program under the recorder. */
  | {
      v: typeof PROTOCOL;
      id: number;
      type: "run";
      source: string;
      filename: string;
      outputs: Outputs;
    };

/** A part of a trace: the header first, chunks while the program runs, the end last. */
export type Part = "header" | "chunk" | "end";

export type Reply =
  /** The answer to load. */
  | { v: typeof PROTOCOL; id: number; type: "ready"; python: string; numpy: string }
  /** Answers to run: the trace as JSON text; after the end comes nothing more. */
  | { v: typeof PROTOCOL; id: number; type: "trace"; part: Part; json: string }
  /** The worker failed, not the user's program, and is of no more use: one sentence for the reader. */
  | { v: typeof PROTOCOL; id: number; type: "error"; message: string };
