/**
 * The page's side of the worker that runs Python.
 *
 *     loading ──ready──▶ idle ──run──▶ running ──end──▶ idle
 *        │                 │              │
 *        └──────────── error, death, stop ┴──▶ the next worker, loading
 *
 * Whatever happens to a worker, each promise given out settles.
 */
import { fetchRuntime, type OnProgress, type Runtime } from "./assets";
import { type Outputs, type Part, PROTOCOL, type Reply, type Request } from "./messages";

export type { Outputs, Part, Stage } from "./messages";

/** Versions of what runs. */
export interface Info {
  python: string;
  numpy: string;
}

export interface Program {
  source: string;
  filename: string;
  outputs: Outputs;
}

export interface Options {
  /** Absolute address of the manifest of the runtime's files. */
  assets: string;
  onProgress?: OnProgress;
  /** Called for each worker that becomes ready. */
  onReady?: (info: Info) => void;
  /** Where workers and files come from; tests give their own. */
  spawn?: () => Worker;
  load?: typeof fetchRuntime;
}

export interface Client {
  /** Of the present worker; a new promise after each stop or death. */
  readonly ready: Promise<Info>;
  /**
   * Run a program as soon as the worker is ready. Resolves after the end of
   * the trace; rejects with Stopped, or with an Error of one sentence.
   */
  run(program: Program, onPart: (part: Part, json: string) => void): Promise<void>;
  /** End the running program, with its interpreter, and start the next one. */
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
  const spawn =
    options.spawn ??
    (() => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
  const load = options.load ?? fetchRuntime;
  let files: Promise<Runtime> | undefined;
  let present = start();
  let running: Session | undefined;

  function start(): Session {
    // A fetch that failed is tried again by the next worker; bytes that are here are used again.
    files ??= load(options.assets, options.onProgress ?? (() => {})).catch((error: unknown) => {
      files = undefined;
      throw error;
    });
    const session = new Session(spawn(), files);
    session.ready.then(
      (info) => session === present && options.onReady?.(info),
      () => {},
    );
    return session;
  }

  return {
    get ready() {
      return present.ready;
    },
    async run(program, onPart) {
      if (running) throw new Error("A program is running already; stop it first.");
      if (present.dead) present = start();
      const session = present;
      running = session;
      try {
        await session.run(program, onPart);
      } finally {
        if (running === session) running = undefined;
        // A worker that died at work is replaced at once; one that could not load waits for the next run.
        if (session.dead && session.loaded && session === present) present = start();
      }
    },
    stop() {
      if (!running) return;
      const stopped = running;
      running = undefined;
      present = start();
      stopped.end(new Stopped());
    },
  };
}

/** One worker from its start to its end. */
class Session {
  readonly ready: Promise<Info>;
  loaded = false;
  dead = false;
  #lastId = 0;
  #waiting = new Map<number, (reply: Reply) => void>();
  /** Never resolves; rejects when the worker ends, and with it all that waits for an answer. */
  readonly #ended: Promise<never>;
  #reject!: (cause: Error) => void;

  constructor(
    private readonly worker: Worker,
    files: Promise<Runtime>,
  ) {
    this.#ended = new Promise((_, reject) => (this.#reject = reject));
    this.#ended.catch(() => {});
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#receive(data);
    worker.onmessageerror = () => this.end(new Error("Python sent a message that cannot be read."));
    worker.onerror = (event) => {
      event.preventDefault();
      this.end(new Error(`Python's worker failed: ${event.message || "its script did not load"}.`));
    };
    this.ready = this.#load(files);
    this.ready.catch((error: Error) => this.end(error));
  }

  async #load(files: Promise<Runtime>): Promise<Info> {
    const { first, later } = await this.#orEnd(files);
    later.then(
      (files) => this.worker.postMessage({ v: PROTOCOL, id: 0, type: "later", files }),
      (error: Error) => this.end(error),
    );
    const request = { type: "load", files: first } as const;
    return this.#ask<Info>(request, (reply, resolve) => {
      if (reply.type !== "ready") return;
      this.loaded = true;
      resolve({ python: reply.python, numpy: reply.numpy });
    });
  }

  async run(program: Program, onPart: (part: Part, json: string) => void): Promise<void> {
    await this.#orEnd(this.ready);
    await this.#ask<void>({ type: "run", ...program }, (reply, resolve) => {
      if (reply.type !== "trace") return;
      onPart(reply.part, reply.json);
      if (reply.part === "end") resolve();
    });
  }

  /** Terminate the worker and fail everything that waits for it. */
  end(cause: Error): void {
    if (this.dead) return;
    this.dead = true;
    this.#waiting.clear();
    this.worker.terminate();
    this.#reject(cause);
  }

  #receive(reply: Reply): void {
    if (reply.v !== PROTOCOL || this.dead) return;
    if (reply.type === "error") this.end(new Error(reply.message));
    else {
      try {
        this.#waiting.get(reply.id)?.(reply);
      } catch (error) {
        this.end(error as Error); // A reader that cannot use the answer: let its caller know.
      }
    }
  }

  #ask<T>(
    request: WithoutId<Request>,
    onReply: (reply: Reply, resolve: (value: T) => void) => void,
  ): Promise<T> {
    if (this.dead) return this.#ended;
    const id = ++this.#lastId;
    const answer = new Promise<T>((resolve) => {
      this.#waiting.set(id, (reply) =>
        onReply(reply, (value) => {
          this.#waiting.delete(id);
          resolve(value);
        }),
      );
    });
    this.worker.postMessage({ v: PROTOCOL, id, ...request } as Request);
    return this.#orEnd(answer);
  }

  #orEnd<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#ended]);
  }
}

type WithoutId<T> = T extends Request ? Omit<T, "v" | "id"> : never;
