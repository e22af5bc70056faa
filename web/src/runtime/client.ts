/**
 * The page's side of the interpreters: the present one, and where memory allows
 * it a spare that has loaded too, so that after Stop or a death Run works at once.
 *
 *     loading ──ready──▶ idle ──run──▶ running ──done──▶ idle, or worn
 *        │                 │              │
 *        └──────── fault, stop, worn ─────┴──▶ the spare, or the next one, loading
 *
 * Whatever happens to an interpreter, each promise given out settles.
 */
import { fetchRuntime, type OnProgress, type Runtime } from "./assets";
import { type Box, openBox } from "./box/box";
import { Failure } from "./faults";
import type { Outputs } from "./messages";
import { lackOf } from "./needs";
import { type Info, type OnPart, type Outcome, Session } from "./session";

export type { Outputs, Part, Stage } from "./messages";
export type { Info, OnPart, Outcome } from "./session";

export interface Program {
  source: string;
  filename: string;
  outputs: Outputs;
  /** Run it when everything can be imported, and not before. */
  wait: boolean;
}

export interface Options {
  /** Absolute address of the manifest of the runtime's files. */
  assets: string;
  onProgress?: OnProgress;
  /** Called for each present interpreter that becomes ready. */
  onReady?: (info: Info) => void;
  /** Whether a second interpreter may wait; see spare.ts. */
  spare?: boolean;
  /** Where boxes and files come from, and when there is time for a spare; tests give their own. */
  open?: () => Box;
  load?: typeof fetchRuntime;
  whenIdle?: (act: () => void, rest: number) => void;
}

export interface Client {
  /** Of the present interpreter; a new promise after each stop or death. */
  readonly ready: Promise<Info>;
  /** The runtime's files by address, when all have arrived. */
  readonly arrived: Promise<Map<string, ArrayBuffer>>;
  /**
   * Run a program as soon as Python is ready. Resolves after the end of the
   * trace; an interpreter that is not fit for the next has been replaced. Rejects with Stopped,
   * with a Failure, or with what `onPart` threw.
   */
  run(program: Program, onPart: OnPart): Promise<Outcome>;
  /**
   * Ask the console of the last program; what it does to what was left goes on with the trace.
   * Null where the interpreter that ran it is gone.
   */
  console(text: string, complete: boolean, onPart: OnPart): Promise<string | null>;
  /** End the running program, with its interpreter; the next one takes its place. */
  stop(): void;
}

/** A run ended because someone asked for it. */
export class Stopped extends Error {
  override name = "Stopped";
  constructor() {
    super("The program was stopped.");
  }
}

export function createClient(options: Options): Client {
  const { assets, onProgress = () => {}, onReady = () => {}, whenIdle = idle } = options;
  const open = options.open ?? openBox;
  const load = options.load ?? fetchIfUsable;
  let mayHaveSpare = options.spare ?? false;
  let files: Promise<Runtime> | undefined;
  let spare: Session | undefined;
  let running: Session | undefined;
  /** Which has run the last program, and keeps what it left. */
  let last: Session | undefined;
  let present = begin();

  function start(): Session {
    // A fetch that failed is tried again by the next start; bytes that are here are used again.
    if (!files) {
      const wanted = load(assets, onProgress);
      wanted
        .then(({ all }) => all)
        .catch(() => {
          if (files === wanted) files = undefined;
        });
      files = wanted;
    }
    return new Session(open(), files);
  }

  /** An interpreter to be the present one, and when it is ready one to wait behind it. */
  function begin(): Session {
    const session = spare && !spare.dead ? spare : start();
    spare = undefined;
    session.ready.then(
      (info) => {
        if (session !== present) return;
        onReady(info);
        if (mayHaveSpare) whenIdle(() => session === present && startSpare(), last ? 0 : REST);
      },
      () => {},
    );
    return session;
  }

  function startSpare(): void {
    if (spare && !spare.dead) return;
    spare = start();
    spare.ready.catch(() => {
      mayHaveSpare = false; // Not enough memory for two, most likely: the next one starts when needed.
    });
  }

  /** End the present interpreter, for a cause that whoever waits for it is told. */
  function replace(cause: Error): void {
    const gone = present;
    gone.end(cause); // First: it may be using all the memory and a whole core.
    present = begin();
  }

  return {
    get ready() {
      return present.ready;
    },
    get arrived() {
      return (files ?? Promise.reject(new Error("Nothing is being fetched."))).then(
        ({ all }) => all,
      );
    },
    async run(program, onPart) {
      if (running) throw new Error("A program is running already; stop it first.");
      for (;;) {
        if (present.dead) replace(new Stopped());
        const session = present;
        const used = session === last;
        running = session;
        last = session;
        let begun = false;
        try {
          return await session.run(program, (part, json) => {
            begun = true;
            onPart(part, json);
          });
        } catch (error) {
          // What the program before had left was too much to be freed, and this one has not begun.
          const again = used && !begun && session === running && error instanceof Failure;
          if (!again) throw error;
        } finally {
          if (running === session) running = undefined;
          if (session.worn) session.end(new Stopped());
          // One that died at work is replaced at once; one that could not load waits for the next run.
          if (session.dead && session.loaded && session === present) present = begin();
        }
      }
    },
    async console(text, complete, onPart) {
      if (running) throw new Error("A program is running already; stop it first.");
      const session = present;
      if (session !== last || session.dead) return null;
      running = session;
      try {
        return await session.console(text, complete, onPart);
      } finally {
        if (running === session) running = undefined;
        if (session.dead && session === present) present = begin();
      }
    },
    stop() {
      if (!running) return;
      running = undefined;
      replace(new Stopped());
    },
  };
}

/** Nothing is fetched for a browser that could not use it. */
async function fetchIfUsable(...from: Parameters<typeof fetchRuntime>): Promise<Runtime> {
  const lacks = lackOf(globalThis);
  if (lacks) throw new Failure({ code: "browser", lacks });
  return fetchRuntime(...from);
}

/**
 * Milliseconds before the first spare: whoever presses Run at once has both cores, and what is to
 * be shown is shown.
 */
const REST = 3000;

/** When the page has nothing better to do; not all browsers can tell. */
function idle(act: () => void, rest: number): void {
  setTimeout(() => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(act, { timeout: 1000 });
    else setTimeout(act, 500);
  }, rest);
}

export { Failure };
