/**
 * Writes a trace as `livegrad.liveness.writer` does: rows into tables, tables
 * into chunks, chunks as JSON text to whoever listens. A method that returns a
 * number returns the row's place in its table.
 */
export type Strength = "strong" | "weak" | "borrowed";
export type Scalar = string | number | boolean | null;

/** A chunk is written when it is this old, at the next step or output. */
const FLUSH_MS = 50;
/**
 * Chunks that may be sent at once before they, too, wait for FLUSH_MS: the next line may be
 * one that never ends. Steps leave half of them to outputs.
 */
const BURST = 40;
const CHUNK_ROWS = 50_000;

/** The tables of a chunk, in the order in which they name each other, with their columns. */
const COLUMNS = {
  files: ["name", "text"],
  locations: ["file", "function", "line"],
  stacks: ["location", "parent"],
  steps: ["location", "depth", "last"],
  objects: ["event", "kind", "type", "stack"],
  arrays: ["object", "shape", "dtype", "buffer"],
  buffers: ["event", "owner", "nbytes"],
  frees: ["event", "buffer"],
  attributes: ["event", "object", "name", "value"],
  edges: ["event", "holder", "held", "name", "strength"],
  drops: ["event", "edge"],
  counts: ["event", "object", "count", "weak", "unexplained"],
  deaths: ["event", "object", "stack", "cause", "edge", "collection"],
  islands: ["event", "members"],
  sinkings: ["event", "island"],
  collections: ["event", "start", "stack", "generation", "trigger", "collected"],
  output: ["event", "stream", "text"],
} as const;

type Table = keyof typeof COLUMNS;
type Value = Scalar | number[];

/** Columns that count events, each from the value before. */
const isDelta = (column: string): boolean => column === "event" || column === "last";

export class Writer {
  /** Number of the last event. */
  event = 0;
  /** Characters of the chunks emitted so far. */
  written = 0;
  /** Rows name one that is still to come: a chunk must not end between them. */
  promised = false;
  #start = 0;
  #strings = new Map<string, number>();
  #newStrings: string[] = [];
  #locations = new Map<string, number>();
  #stacks = new Map<number, number>();
  #lengths = Object.fromEntries(Object.keys(COLUMNS).map((table) => [table, 0])) as Record<
    Table,
    number
  >;
  #tables = new Map<Table, Value[][]>();
  #size = 0;
  #opened = performance.now();
  #credit = BURST;
  #limit = "";
  #lastOutput: { event: number; stream: string } | null = null;
  /** The event up to which all is written for good, and the rows of each table by then. */
  #mark: { event: number; lengths: Record<Table, number> } | null = null;

  /** @param emit is called with each chunk. */
  constructor(private readonly emit: (chunk: string) => void) {}

  /** Texts, lines and stacks that rows may name. */
  get size(): number {
    return this.#strings.size + this.#locations.size + this.#stacks.size;
  }

  /** Values that wait for the end of the chunk. */
  get waiting(): number {
    return this.#size;
  }

  #row(table: Table, ...values: Value[]): number {
    let columns = this.#tables.get(table);
    if (!columns) {
      columns = COLUMNS[table].map(() => []);
      this.#tables.set(table, columns);
    }
    for (let i = 0; i < values.length; i++) columns[i]!.push(values[i]!);
    this.#size++;
    return this.#lengths[table]++;
  }

  // Tables without events.

  string(text: string): number {
    let place = this.#strings.get(text);
    if (place === undefined) {
      place = this.#strings.size;
      this.#strings.set(text, place);
      this.#newStrings.push(text);
    }
    return place;
  }

  file(name: string, text: string): number {
    return this.#row("files", this.string(name), this.string(text));
  }

  location(file: number, name: string, line: number): number {
    const key = `${file}:${line}:${name}`;
    let row = this.#locations.get(key);
    if (row === undefined) {
      row = this.#row("locations", file, this.string(name), line);
      this.#locations.set(key, row);
    }
    return row;
  }

  stack(location: number, parent: number): number {
    const key = (parent + 1) * 2 ** 24 + location;
    let row = this.#stacks.get(key);
    if (row === undefined) {
      row = this.#row("stacks", location, parent);
      this.#stacks.set(key, row);
    }
    return row;
  }

  step(location: number, depth: number): void {
    this.#row("steps", location, depth, this.event);
  }

  array(object: number, shape: number[], dtype: string, buffer: number): void {
    this.#row("arrays", object, shape, this.string(dtype), buffer);
  }

  // Events.

  birth(kind: string, type: string, stack: number): number {
    return this.#row("objects", ++this.event, kind, this.string(type), stack);
  }

  buffer(owner: number, nbytes: number): number {
    return this.#row("buffers", ++this.event, owner, nbytes);
  }

  free(buffer: number): void {
    this.#row("frees", ++this.event, buffer);
  }

  attribute(object: number, name: string, value: Scalar): void {
    this.#row("attributes", ++this.event, object, this.string(name), value);
  }

  edge(holder: number, held: number, name: string, strength: Strength): number {
    return this.#row("edges", ++this.event, holder, held, this.string(name), strength);
  }

  drop(edge: number): void {
    this.#row("drops", ++this.event, edge);
  }

  count(object: number, count: number, weak: number, unexplained: number): void {
    this.#row("counts", ++this.event, object, count, weak, unexplained);
  }

  death(object: number, stack: number, cause: string, edge: number, collection: number): void {
    this.#row("deaths", ++this.event, object, stack, cause, edge, collection);
  }

  island(members: number[]): number {
    return this.#row("islands", ++this.event, members);
  }

  sinking(island: number): void {
    this.#row("sinkings", ++this.event, island);
  }

  /** The place that the next collection will have: its deaths are written before it. */
  get nextCollection(): number {
    return this.#lengths.collections;
  }

  collection(
    start: number,
    stack: number,
    generation: number,
    trigger: "call" | "automatic",
    collected: number,
  ): void {
    this.#row("collections", ++this.event, start, stack, generation, trigger, collected);
  }

  /** Text printed; one row for all that is printed to a stream with nothing in between. */
  output(stream: string, text: string): void {
    const last = this.#lastOutput;
    if (last?.event === this.event && last.stream === stream) {
      const texts = this.#tables.get("output")![2]!;
      texts[texts.length - 1] += text;
    } else {
      this.#row("output", ++this.event, stream, text);
      this.#lastOutput = { event: this.event, stream };
    }
    if (text.endsWith("\n")) this.flushIfDue(true);
  }

  // Rows on trial.

  /** What comes from here on is in the trace only if `commit` says so, before the chunk ends. */
  mark(): void {
    this.#mark = { event: this.event, lengths: { ...this.#lengths } };
  }

  commit(): void {
    this.#mark = null;
  }

  /** Take back what came since the mark. What stands in tables without events does no harm. */
  back(): void {
    const mark = this.#mark;
    if (!mark) return;
    this.#mark = null;
    this.event = mark.event;
    this.promised = false;
    for (const [table, columns] of this.#tables) {
      if (!(COLUMNS[table] as readonly string[]).includes("event")) continue;
      const extra = this.#lengths[table] - mark.lengths[table];
      this.#lengths[table] -= extra;
      this.#size -= extra;
      for (const column of columns) column.length -= extra;
    }
  }

  // Chunks.

  /** Write the chunk if it is old or large enough, and within bounds in any case. */
  flushIfDue(output = false): void {
    if (!this.#size || this.promised || this.#mark) return;
    const age = performance.now() - this.#opened;
    if (age >= FLUSH_MS || this.#size >= CHUNK_ROWS) {
      this.#credit = Math.min(BURST, this.#credit + age / FLUSH_MS);
      this.flush();
    } else if (this.#credit >= (output ? 1 : BURST / 2)) {
      this.#credit--;
      this.flush();
    }
  }

  /** Write what there is, and at once which limit ended it: the program may never end. */
  limited(sentence: string): void {
    this.#limit = sentence;
    if (!this.promised) this.flush();
  }

  flush(): void {
    if (!this.#size && !this.#newStrings.length && !this.#limit) return;
    const chunk: Record<string, unknown> = { start: this.#start };
    if (this.#limit) chunk.limit = this.#limit;
    this.#limit = "";
    if (this.#newStrings.length) chunk.strings = this.#newStrings;
    for (const table of Object.keys(COLUMNS) as Table[]) {
      const columns = this.#tables.get(table);
      if (!columns) continue;
      chunk[table] = Object.fromEntries(
        COLUMNS[table].map((name, i) => [
          name,
          isDelta(name) ? this.#deltas(columns[i] as number[]) : columns[i],
        ]),
      );
    }
    const text = JSON.stringify(chunk);
    this.#tables = new Map();
    this.#newStrings = [];
    this.#size = 0;
    this.#start = this.event;
    this.#lastOutput = null;
    this.#opened = performance.now();
    this.written += text.length;
    this.emit(text);
  }

  #deltas(column: number[]): number[] {
    let before = this.#start;
    return column.map((event) => {
      const delta = event - before;
      before = event;
      return delta;
    });
  }
}
