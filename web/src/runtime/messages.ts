/**
 * Every message between the page and the worker that runs Python. The page
 * starts requests; the worker answers under the same id. A worker that dies
 * answers nothing more: its client then fails whatever waits.
 *
 * What comes from the worker may be forged by the program in it: it is read by
 * replies.ts and by nothing else.
 */
import type { Fault } from "./faults";

export const PROTOCOL = 4;

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
  script: ArrayBuffer;
  /** All WebAssembly: Pyodide's other half, and the libraries that the snapshot has loaded. */
  code: ArrayBuffer;
  /** The site's own pyodide-lock.json. */
  lock: string;
  /** The memory that snapshot.ts reads; null if there is none: start the long way. */
  snapshot: ArrayBuffer | null;
  /** What else can be imported; a start with a snapshot does not wait for it. */
  later: LaterFiles;
}

/** Files that are on their way. */
export type Arriving = { readonly [K in keyof RuntimeFiles]: Promise<RuntimeFiles[K]> };

/** One that is here. */
export type Arrived = {
  [K in keyof RuntimeFiles]: { name: K; content: RuntimeFiles[K] };
}[keyof RuntimeFiles];

/** What everything else is imported from; an interpreter without a snapshot starts from it too. */
export interface LaterFiles {
  /** Python's standard library, a zip. */
  stdlib: ArrayBuffer;
  /** Wheels by the name that the lock gives them. */
  wheels: Record<string, ArrayBuffer>;
}

/** Why an interpreter is not fit for the next program: parts of it changed, its memory grew large. */
export type Wear = "changed" | "full";

interface Enveloped {
  v: typeof PROTOCOL;
  id: number;
}

/** What can be asked for. */
export type Ask =
  /** Start the interpreter, numpy and livegrad, from the files that come. */
  | { type: "load" }
  /** One of them, as soon as it is here: each lets the start go a step further. No answer. */
  | ({ type: "file" } & Arrived)
  /** Run a program under the recorder, or `wait` until everything can be imported, and then run it. */
  | { type: "run"; source: string; filename: string; outputs: Outputs; wait: boolean }
  /** A statement or an expression, in what the last program left; or how its last name may go on. */
  | { type: "console"; text: string; complete: boolean };
export type Request = Enveloped & Ask;

/**
 * A part of a trace: the header first, chunks while the program runs, the end last. Of an input
 * of the console: chunks, and an end that takes the place of the one before.
 */
export type Part = "header" | "chunk" | "end";

export type Answer =
  /** The answer to load. */
  | { type: "ready"; python: string; numpy: string }
  /** Answers to run, and to console: the trace as JSON text. */
  | { type: "trace"; part: Part; json: string }
  /**
   * The last answer to run: why may no other program run here, has this one left something, and
   * did it need what had not arrived yet, and must be run again?
   */
  | { type: "done"; worn: Wear | null; open: boolean; early: boolean }
  /** The last answer to console, as JSON text: see console.ts. */
  | { type: "told"; json: string }
  /** The worker failed, not the user's program, and is of no more use. */
  | { type: "fault"; fault: Fault };
export type Reply = Enveloped & Answer;
