/** What recording costs, line by line; `build.py bench --pyodide liveness` asks for it. */
import type { EmscriptenModule, Outside } from "../../web/src/probe/outside";
import { Recording } from "../../web/src/probe/recording";
import { type Python, type Runs, runsOf } from "../../web/src/probe/testing/runs";

/** Asks for microseconds of each of the last `lines` lines. */
export interface CurveQuestion {
  source: string;
  lines: number;
}

/** Asks for the sizes of the probe's tables at every `every`-th line. */
export interface GrowthQuestion {
  source: string;
  every: number;
  limits: { steps: number; events: number; objects: number };
}

export interface Growth {
  lines: number;
  events: number;
  /** Objects of the trace, the dead included. */
  births: number;
  chunks: number;
  /** Bytes of JSON text. */
  bytes: number;
  seconds: number;
  limit: string | null;
  /** Of the interpreter, in bytes, and of the probe's tables: one row for each look. */
  seen: Record<string, number>[];
}

export class Measurement {
  readonly #runs: Runs;

  readonly #module: EmscriptenModule;

  constructor(
    python: Python,
    private readonly outside: Outside,
  ) {
    this.#runs = runsOf(python, outside);
    this.#module = (python as unknown as { _module: EmscriptenModule })._module;
  }

  /** The time from one line to the next: the recorder's work, and the little that the line does. */
  curve({ source, lines }: CurveQuestion): number[] {
    const stamps: number[] = [];
    const end = this.#atEachLine(source, null, () => stamps.push(performance.now()));
    if (end.limit || end.traceback) throw new Error(`not recorded: ${end.limit ?? end.traceback}`);
    return stamps.slice(-lines).map((stamp, i) => 1000 * (stamp - stamps.at(i - lines - 1)!));
  }

  growth({ source, every, limits }: GrowthQuestion): Growth {
    let [lines, events, births, chunks, bytes] = [0, 0, 0, 0, 0];
    const seen: Record<string, number>[] = [];
    const begun = performance.now();
    const listen = (chunk: string): void => {
      chunks++;
      bytes += chunk.length;
      births += (JSON.parse(chunk).objects?.kind ?? []).length;
    };
    const end = this.#atEachLine(source, { limits, listen }, (recording) => {
      lines++;
      events = recording.writer.event;
      if (lines % every === 1)
        seen.push({ lines, events, memory: this.#module.HEAPU8.length, ...recording.sizes });
    });
    const seconds = (performance.now() - begun) / 1000;
    if (end.traceback) throw new Error(end.traceback);
    return { lines, events, births, chunks, bytes, seconds, limit: end.limit, seen };
  }

  #atEachLine(
    source: string,
    more: { limits: GrowthQuestion["limits"]; listen: (chunk: string) => void } | null,
    each: (recording: Recording) => void,
  ) {
    const { line } = Recording.prototype;
    Recording.prototype.line = function (code, number) {
      line.call(this, code, number);
      each(this);
    };
    if (more) this.outside.onChunk(more.listen);
    try {
      return this.#runs.record(source, more?.limits);
    } finally {
      Recording.prototype.line = line;
      this.outside.onChunk(null);
    }
  }
}
