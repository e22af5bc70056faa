/**
 * The probe that stands outside the interpreter: its tracer of references and its
 * callbacks are JavaScript, and all else is read from memory. Nothing of it is
 * known to the program, and nothing is allocated where the program could notice.
 */
import { define } from "./cfunction";
import type { Samples } from "./facts";
import { findLayout, type Layout } from "./layout";
import { type EmscriptenModule, Memory } from "./memory";
import { Names } from "./names";
import type { Input, Program } from "./program";
import { Recording } from "./recording";
import { Scanner } from "./scan";
import { TypeTable } from "./types";

export type { EmscriptenModule, Samples };

export class Outside {
  readonly #memory: Memory;
  #layout: Layout | null = null;
  #types: TypeTable | null = null;
  #names: Names | null = null;
  #scanner: Scanner | null = null;
  #recording: Recording | null = null;
  #tracer = 0;
  /** The line that is being executed, or was when the program ended; 0 while there is none. */
  line = 0;
  #listener: ((chunk: string) => void) | null = null;
  #kept: string[] = [];

  constructor(module: EmscriptenModule) {
    this.#memory = new Memory(module);
  }

  /**
   * Find out how this interpreter keeps its objects, and give it our callbacks.
   *
   * @param samples known objects.
   * @param owner address of the object that gets the callbacks as attributes.
   * @returns why this probe cannot be used, or "".
   */
  check(samples: Samples, owner: number): string {
    try {
      const memory = this.#memory;
      this.#layout = findLayout(memory, samples);
      this.#types = new TypeTable(memory, this.#layout);
      this.#names = new Names(memory, this.#layout, this.#types);
      this.#scanner = new Scanner(memory);
      this.#trace();
      this.#define(owner, this.#layout);
      this.#wrapCollect(this.#layout);
      return "";
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** That which runs now. */
  get recording(): Recording | null {
    return this.#recording;
  }

  /** Chunks of the trace go here, from within the program's run; else `close` hands them over. */
  onChunk(listener: ((chunk: string) => void) | null): void {
    this.#listener = listener;
  }

  /** Record the program that runs next. `program` is a `Program` as JSON text. */
  start(program: string): void {
    this.#recording = new Recording(
      this.#memory,
      this.#layout!,
      this.#types!,
      this.#names!,
      this.#scanner!,
      JSON.parse(program) as Program,
      // Whoever listens then: each input of the console has a listener of its own.
      (chunk) => (this.#listener ? this.#listener(chunk) : this.#kept.push(chunk)),
    );
    this.#memory.module._PyRefTracer_SetTracer(this.#tracer, 0);
  }

  /** The program, or an input, is over; what it left is watched on, unless a limit was reached. */
  rest(): boolean {
    this.#recording?.rest();
    return this.#recording?.isResting ?? false;
  }

  /** An input runs next, on what was left. `input` is an `Input` as JSON text. */
  resume(input: string): void {
    this.#recording?.resume(JSON.parse(input) as Input);
  }

  stop(): void {
    this.#recording?.stop();
    this.#memory.module._PyRefTracer_SetTracer(0, 0);
  }

  /**
   * Emit what was not. It is the end, unless the recording rests.
   *
   * @returns JSON text: the last event, which limit was reached, chunks that nobody listened to.
   */
  close(): string {
    const recording = this.#recording!;
    recording.writer.flush();
    if (!recording.isResting) this.#recording = null;
    this.line = 0; // not before: the interpreter may die of freeing what the program left
    const chunks = this.#kept;
    this.#kept = [];
    return JSON.stringify({ event: recording.writer.event, limit: recording.limit, chunks });
  }

  /** Emit what was recorded of a program whose interpreter has died. */
  rescue(): void {
    const writer = this.#recording?.writer;
    if (!writer?.promised) writer?.flush();
    this.#recording = null;
  }

  #trace(): void {
    this.#tracer = this.#memory.module.addFunction((object, event) => {
      const recording = this.#recording;
      if (recording?.on)
        try {
          if (event) recording.died(object! >>> 0);
          else recording.born(object! >>> 0);
        } catch (error) {
          this.#failed(recording, error);
        }
      return 0;
    }, "iiii");
  }

  #define(owner: number, layout: Layout): void {
    const memory = this.#memory;
    const { none } = layout.facts;
    const on = (name: string, body: (recording: Recording, args: number) => void): void =>
      define(memory, owner, name, none, (args) => {
        const recording = this.#recording;
        if (!recording) return;
        try {
          body(recording, args);
        } catch (error) {
          this.#failed(recording, error);
        }
      });
    const arg = (args: number, n: number): number => memory.u32(args + 4 * n);
    const int = (at: number): number => layout.texts.readInt(at) ?? 0;
    on("line", (r, args) => {
      const line = int(arg(args, 1));
      r.line(arg(args, 0), line);
      this.line = line;
    });
    on("started", (r, args) => r.started(arg(args, 0), int(arg(args, 1)) !== 0));
    on("thrown", (r, args) => r.started(arg(args, 0), true));
    on("returned", (r, args) => r.left(arg(args, 0), "return"));
    on("yielded", (r, args) => r.left(arg(args, 0), "yield"));
    on("unwound", (r, args) => r.left(arg(args, 0), "unwind", arg(args, 2)));
    on("printed", (r, args) => {
      r.writer.output(layout.texts.read(arg(args, 0)), layout.texts.read(arg(args, 1)));
    });
  }

  /** Have `gc.collect` tell us that the program asked for it. */
  #wrapCollect(layout: Layout): void {
    const { module } = this.#memory;
    const def = this.#memory.u32(layout.facts.collect + 8);
    const original = module.wasmTable.get(this.#memory.u32(def + 4)) as unknown as (
      ...args: number[]
    ) => number;
    const wrapper = module.addFunction((self, args, count, names) => {
      const run = (): number => original(self!, args!, count!, names!);
      const recording = this.#recording;
      return recording ? recording.collects(run) : run();
    }, "iiiii");
    module.HEAPU32[(def + 4) >>> 2] = wrapper;
  }

  #failed(recording: Recording, error: unknown): void {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    recording.endEarly(`the recorder itself failed (${what})`);
    if (globalThis.livegradDebug) console.error(error);
  }
}

declare global {
  var livegradDebug: boolean | undefined;
}
