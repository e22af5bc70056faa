/** One interpreter from its start to its end: questions to its worker, and their answers. */
import { handOver } from "./arrivals";
import type { Runtime } from "./assets";
import type { Box } from "./box/box";
import { Failure } from "./faults";
import {
  type Answer,
  type Arriving,
  type Ask,
  type Part,
  PROTOCOL,
  type Request,
  type Wear,
} from "./messages";
import { Meter } from "./meter";
import { readReply, weight } from "./replies";

/** Versions of what runs. */
export interface Info {
  python: string;
  numpy: string;
}

/**
 * What a run has left: an interpreter that may be worn, and something for the console; or it was
 * too early, and has to be made again.
 */
export interface Outcome {
  readonly worn: Wear | null;
  readonly open: boolean;
  readonly early: boolean;
}

export type OnPart = (part: Part, json: string) => void;

type Listener = (answer: Answer) => void;

export class Session {
  readonly ready: Promise<Info>;
  loaded = false;
  dead = false;
  /** A program has left it unfit for the next one. */
  worn: Wear | null = null;
  #lastId = 0;
  #waiting = new Map<number, Listener>();
  #meter = new Meter();
  /** Never resolves; rejects at the end, and with it all that waits for an answer. */
  readonly #ended: Promise<never>;
  #reject!: (cause: Error) => void;

  constructor(
    private readonly box: Box,
    files: Promise<Runtime>,
  ) {
    this.#ended = new Promise((_, reject) => (this.#reject = reject));
    this.#ended.catch(() => {});
    box.port.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    box.port.onmessageerror = () => this.end(new Failure({ code: "nonsense" }));
    box.onFailure = (words) => this.#fail(words);
    this.ready = this.#load(files);
    this.ready.catch((error: Error) => this.end(error));
  }

  async #load(files: Promise<Runtime>): Promise<Info> {
    const { arriving } = await this.#orEnd(files);
    for (const name of Object.keys(arriving) as (keyof Arriving)[]) {
      arriving[name].then(
        (content) => this.#hand(name, content),
        (error: Error) => this.end(error),
      );
    }
    return this.#ask<Info>({ type: "load" }, (answer, resolve) => {
      if (answer.type !== "ready") return;
      this.loaded = true;
      resolve({ python: answer.python, numpy: answer.numpy });
    });
  }

  #hand(name: keyof Arriving, content: unknown): void {
    const [copy, transfer] = handOver(content);
    this.#post(0, { type: "file", name, content: copy } as Ask, transfer);
  }

  async run(program: Omit<Ask & { type: "run" }, "type">, onPart: OnPart): Promise<Outcome> {
    await this.#orEnd(this.ready);
    this.#meter.startRun();
    return this.#ask<Outcome>({ type: "run", ...program }, (answer, resolve) => {
      if (answer.type === "trace") onPart(answer.part, answer.json);
      if (answer.type !== "done") return;
      const { worn, open, early } = answer;
      this.worn = worn;
      resolve({ worn, open, early });
    });
  }

  /** Ask the console; resolves with JSON text. */
  async console(text: string, complete: boolean, onPart: OnPart): Promise<string> {
    await this.#orEnd(this.ready);
    this.#meter.startRun();
    return this.#ask<string>({ type: "console", text, complete }, (answer, resolve) => {
      if (answer.type === "trace") onPart(answer.part, answer.json);
      if (answer.type === "told") resolve(answer.json);
    });
  }

  /** End the worker and fail everything that waits for it. */
  end(cause: Error): void {
    if (this.dead) return;
    this.dead = true;
    this.#waiting.clear();
    this.box.close();
    this.#reject(cause);
  }

  /** The worker threw what nobody caught, or never came to be. */
  #fail(words: string): void {
    const detail = words.slice(0, 500);
    this.end(
      new Failure(
        this.loaded
          ? { code: "died", why: "other", line: null, detail }
          : { code: "start", detail },
      ),
    );
  }

  #receive(data: unknown): void {
    if (this.dead) return;
    const reply = readReply(data);
    if (!reply) this.end(new Failure({ code: "nonsense" }));
    else if (!this.#meter.take(weight(reply))) this.end(new Failure({ code: "flood" }));
    else if (reply.type === "fault") this.end(new Failure(reply.fault));
    else {
      try {
        this.#waiting.get(reply.id)?.(reply);
      } catch (error) {
        this.end(error as Error); // A reader that cannot use the answer: let its caller know.
      }
    }
  }

  #ask<T>(ask: Ask, onAnswer: (answer: Answer, resolve: (value: T) => void) => void): Promise<T> {
    if (this.dead) return this.#ended;
    const id = ++this.#lastId;
    const answered = new Promise<T>((resolve) => {
      this.#waiting.set(id, (answer) =>
        onAnswer(answer, (value) => {
          this.#waiting.delete(id);
          resolve(value);
        }),
      );
    });
    this.#post(id, ask);
    return this.#orEnd(answered);
  }

  #post(id: number, ask: Ask, transfer: Transferable[] = []): void {
    this.box.port.postMessage({ v: PROTOCOL, id, ...ask } satisfies Request, transfer);
  }

  #orEnd<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#ended]);
  }
}
