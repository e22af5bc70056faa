/** Runs of the collector, told from its counters in memory, and who asked for them. */
import type { Layout } from "./layout";
import type { Memory } from "./memory";
import type { Writer } from "./writer";

export class Collections {
  #counts: number[][] = [];
  #start = -1;
  #asked = 0;
  readonly #state: number;

  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
    private readonly writer: Writer,
  ) {
    this.#state = memory.module._PyInterpreterState_Get() >>> 0;
  }

  /** What happened so far was before the program. */
  begun(): void {
    this.#counts = this.#read();
  }

  /** The collector runs now. */
  get running(): boolean {
    return this.memory.u32(this.#state + this.layout.collector.collecting) === 1;
  }

  /** `gc.collect` was called, or has returned. */
  asked(by: 1 | -1): void {
    this.#asked += by;
  }

  /** The program's `gc.collect`, and not a collection by itself. */
  get isAsked(): boolean {
    return this.#asked > 0;
  }

  /** The collection to which a death belongs that happens now. */
  current(): number {
    this.begin();
    this.writer.promised = true;
    return this.writer.nextCollection;
  }

  begin(): void {
    if (this.#start < 0) this.#start = this.writer.event + 1;
  }

  /** Write those that ended since. */
  settle(here: number): void {
    if (this.running || !this.#counts.length) return;
    const now = this.#read();
    now.forEach((counts, generation) => {
      const before = this.#counts[generation]!;
      const runs = counts[0]! - before[0]!;
      for (let run = 0; run < runs; run++) {
        const start = this.#start < 0 ? this.writer.event + 1 : this.#start;
        const collected = run ? 0 : counts[1]! - before[1]!;
        const trigger = this.#asked ? "call" : "automatic";
        this.writer.collection(start, here, generation, trigger, collected);
        this.#start = -1;
        this.writer.promised = false;
      }
    });
    this.#counts = now;
  }

  /** The recording ends; a collection that runs has no end that we could tell. */
  finish(here: number): void {
    this.settle(here);
    if (!this.writer.promised) return;
    this.writer.collection(this.#start, here, 0, this.#asked ? "call" : "automatic", 0);
    this.writer.promised = false;
    this.#start = -1;
  }

  #read(): number[][] {
    const { stats, stride, generations } = this.layout.collector;
    const at = this.#state + stats;
    return Array.from({ length: generations }, (_, g) => [
      this.memory.u32(at + g * stride),
      this.memory.u32(at + g * stride + 4),
    ]);
  }
}
