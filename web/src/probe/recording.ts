/**
 * One recording: what the interpreter tells of lines, births and deaths becomes the
 * rows of a trace. It runs while the program runs, and allocates nothing in it.
 */
import { Attributes } from "./attributes";
import { Buffers } from "./buffers";
import { type Call, Calls, type Code, TEMPORARY } from "./calls";
import { Collections } from "./collections";
import { Counts } from "./counts";
import { FOREIGN, takeForeign } from "./foreign";
import { Graph, type Watcher } from "./graph";
import { causeOf } from "./holdings";
import { Islands } from "./islands";
import type { Layout } from "./layout";
import type { Memory } from "./memory";
import type { Names } from "./names";
import { type Edge, edgesInto, type Fall, type Node } from "./node";
import type { Input, Program } from "./program";
import { Roots } from "./roots";
import type { Scanner } from "./scan";
import type { TypeTable } from "./types";
import { Writer } from "./writer";

/** An object whose finalizer runs, or has run: it may come back. */
interface Ending {
  node: Node;
  stack: number;
  fall: Fall;
  collection: number;
  /** Calls at that moment. */
  depth: number;
}

export class Recording implements Watcher {
  readonly writer: Writer;
  /** A sentence that says which limit ended the recording. */
  limit: string | null = null;
  /** Births and deaths count: from the program's first line on, until it is known to be over. */
  on = false;
  /** Nothing of the program runs; what it left is watched until an input does, or for the last time. */
  #resting = false;
  /** Where the input ended, whose last step is not written yet. */
  #ending = -1;
  #main: number;
  #spaces = new Set<string>();
  readonly graph: Graph;
  #calls: Calls;
  #roots: Roots;
  #buffers: Buffers;
  #attributes: Attributes;
  readonly islands: Islands;
  #collections: Collections;
  #counts: Counts;
  #codes: Map<number, Code>;
  #endings: Ending[] = [];
  /** Lines of generators that wait, by their frames. */
  #suspended = new Map<number, number>();
  #steps = 0;
  #ended = false;

  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
    private readonly types: TypeTable,
    private readonly names: Names,
    scanner: Scanner,
    private readonly program: Program,
    emit: (chunk: string) => void,
  ) {
    types.clear();
    names.clear();
    this.writer = new Writer(emit);
    for (const [name, text] of program.files) this.writer.file(name, text);
    this.graph = new Graph(memory, layout, types, names, this.writer, scanner, this);
    const hidden = new Set(program.hidden);
    this.#calls = new Calls(memory, layout, types, names, this.graph, this.writer, hidden);
    this.#roots = new Roots(memory, layout, types, this.graph);
    this.#buffers = new Buffers(memory, layout, this.writer, this.graph.nodes);
    this.#attributes = new Attributes(memory, layout, types, this.writer);
    this.islands = new Islands(memory, this.writer);
    this.#collections = new Collections(memory, layout, this.writer);
    this.#counts = new Counts(memory, layout, this.writer, this.graph.touched, this.#roots);
    this.#codes = new Map(program.codes.map((code) => [code.at, code]));
    this.#main = program.main;
    this.graph.module(program.namespace, "<module>");
    for (const [name, at] of program.spaces) this.graph.registry(at, name);
  }

  /** How much the probe keeps: entries of its tables, and bytes of the interpreter's memory. */
  get sizes(): Record<"nodes" | "regions" | "bytes" | "names" | "rest" | "written", number> {
    const { living, scanner } = this.graph;
    return {
      nodes: living.size,
      regions: scanner.length,
      bytes: scanner.bytes,
      names: this.names.size,
      rest: this.#buffers.size + this.islands.stranded.size + this.#suspended.size,
      written: this.writer.size,
    };
  }

  // What the graph tells.

  entered(node: Node): void {
    if (node.type.way === "array") this.#buffers.entered(node);
  }

  derived(node: Node): void {
    this.#attributes.update(node, this.graph.references);
  }

  loosened(node: Node): void {
    this.islands.loosened(node);
  }

  // Lines.

  started(code: number, resumed: boolean): void {
    if (this.#ended) return;
    if (code === this.#main && !this.on) {
      this.on = true;
      this.#collections.begun();
    }
    const known = this.#codes.get(code);
    if (!this.on || this.#resting || !known) return;
    const line = resumed ? (this.#suspended.get(this.#calls.current) ?? 0) : 0;
    this.#calls.push(known, line);
  }

  line(code: number, line: number): void {
    const call = this.#callOf(code);
    if (!call) return;
    if (call.line) this.#endOfLine(call, false);
    else if (this.#calls.stack.length > 1) this.look(false);
    if (this.on) this.#calls.at(call, line);
  }

  /** The function of this code returns, yields or fails, with its locals alive. */
  left(code: number, way: "return" | "yield" | "unwind", raised = 0): void {
    const call = this.#callOf(code);
    if (!call) return;
    // What the last line of an input does is not over yet: its exception, too, is kept.
    if (this.#spaces.size && this.#calls.stack.length === 1)
      this.#ending = this.#calls.location(call);
    else if (call.line) this.#endOfLine(call, way !== "unwind", raised);
    if (way === "yield") this.#suspended.set(call.frame, call.line);
    else this.#suspended.delete(call.frame);
    if (!this.on) return;
    this.#calls.pop();
    if (this.#calls.stack.length) return;
    this.#resting = true;
    this.writer.mark();
  }

  #callOf(code: number): Call | null {
    const call = this.on ? this.#calls.top : undefined;
    return call?.code.at === code ? call : null;
  }

  #endOfLine(call: Call, returning: boolean, raised = 0): void {
    this.look(returning, raised);
    this.#step(this.#calls.location(call), this.#calls.stack.length - 1);
  }

  #step(location: number, depth: number): void {
    const { writer } = this;
    writer.step(location, depth);
    writer.flushIfDue();
    const { steps, events, objects, bytes } = this.program.limits;
    if (++this.#steps >= steps) this.endEarly(`its limit of ${steps} executed lines was reached`);
    else if (writer.event >= events) this.endEarly(`its limit of ${events} events was reached`);
    else if (writer.written >= bytes)
      this.endEarly(`its limit of ${bytes} bytes of trace was reached`);
    else if (this.graph.living.size > objects)
      this.endEarly(`its limit of ${objects} objects looked at in one step was reached`);
  }

  /** Bring the graph up to date with memory, and the trace with the graph. */
  look(returning: boolean, raised = 0): void {
    const graph = this.graph;
    this.#bringToEnd(true);
    graph.look();
    for (const node of graph.untold()) this.#end(node);
    this.#calls.look(returning);
    this.#roots.look(raised);
    graph.refresh();
    const { fromC } = this.#calls;
    if (fromC) takeForeign(this.memory, graph, fromC);
    this.#buffers.settle(true);
    this.#counts.update();
    this.islands.update();
    this.#collections.settle(graph.here);
  }

  // Births and deaths.

  born(at: number): void {
    const type = this.types.of(at);
    if (!type.followed) return;
    const before = this.graph.nodes.get(at);
    if (before) this.#end(before); // its end was not told
    this.graph.born(at, type);
  }

  died(at: number): void {
    const node = this.graph.nodes.get(at);
    if (!node) {
      this.types.forget(at);
      this.#calls.forget(at);
      this.#buffers.forget(at);
      if (this.names.forget(at)) this.graph.recent.add(at);
      return;
    }
    if (this.#collections.running) this.#collections.begin();
    else this.#collections.settle(this.graph.here);
    if (node.serial < 0 && !node.type.shown) {
      this.#remove(node);
      return;
    }
    this.graph.settle();
    this.#buffers.settle(false);
    this.#bringToEnd();
    const ending = this.#endingOf(node);
    if (node.type.finalizer) {
      node.ending = true;
      this.#endings = this.#endings.filter((each) => each.node !== node);
      this.#endings.push(ending);
    } else this.#bury(ending);
  }

  #remove(node: Node): void {
    const { way } = node.type;
    if (way === "class") this.types.forget(node.at);
    if (way === "generator") this.#suspended.delete(node.at + this.layout.generatorFrame);
    this.islands.died(node);
    this.graph.remove(node, "holder");
  }

  /** An object is gone without a word: freed in turns, or moved. */
  #end(node: Node): void {
    if (node.serial < 0) this.#remove(node);
    else this.#bury({ ...this.#endingOf(node), node });
  }

  /**
   * Objects that had a finalizer and were not brought back. At the end of a line of the
   * function in which it ran, what lives still was.
   */
  #bringToEnd(atEndOfLine = false): void {
    if (!this.#endings.length) return;
    const waiting: Ending[] = [];
    for (const ending of this.#endings) {
      const { node } = ending;
      if (!node.alive) continue;
      const lives = this.memory.u32(node.at) > 0 && this.memory.u32(node.at + 4) === node.type.at;
      if (!lives) this.#bury(ending);
      else if (atEndOfLine && this.#calls.stack.length <= ending.depth) {
        node.ending = false;
        this.graph.touched.add(node);
      } else waiting.push(ending);
    }
    this.#endings = waiting;
  }

  #endingOf(node: Node): Ending {
    const collecting = this.#collections.running;
    const fall = this.#fallOf(node);
    return {
      node,
      stack: this.graph.here,
      fall: collecting ? { row: fall.row, cause: "collector" } : fall,
      collection: collecting ? this.#collections.current() : -1,
      depth: this.#calls.stack.length,
    };
  }

  #bury({ node, stack, fall, collection }: Ending): void {
    if (collection < 0 && this.memory.u32(node.at + 4) === node.type.at) {
      this.graph.derive(node);
      this.graph.holdings.writeDrops();
    }
    this.#buffers.last(node);
    this.islands.died(node);
    this.writer.death(node.serial, stack, fall.cause, fall.row, collection);
    this.#buffers.death(node);
    this.#remove(node);
  }

  /** The reference whose end killed it. */
  #fallOf(node: Node): Fall {
    const strong = [...edgesInto(node)].filter((edge) => edge.strength !== "weak");
    const [only] = strong;
    if (!only) return node.fall ?? { row: -1, cause: "temporary" };
    if (strong.length === 1) return fallOf(only);
    const last = this.#overwritten(strong);
    return last ? fallOf(last) : { row: -1, cause: "count" };
  }

  /** The reference that the running instruction has just overwritten. */
  #overwritten(edges: Edge[]): Edge | null {
    const { memory, layout } = this;
    const call = this.#calls.top;
    if (!call || this.#calls.current !== call.frame) return null;
    const instruction = memory.u32(call.frame + layout.frame.instruction);
    const store = call.code.stores[instruction - call.code.at - layout.code.bytes];
    if (!store) return null;
    const [operation, name] = store;
    const isItem = operation.endsWith("SUBSCR");
    const fits = edges.filter(({ holder, name: own }) =>
      isItem
        ? holder.type.kind === "container"
        : own === name && operation.endsWith("ATTR") !== (holder.isFrame || holder.serial === 0),
    );
    return fits.length === 1 ? fits[0]! : null;
  }

  // The collector.

  /** `gc.collect` runs within `run`. */
  collects(run: () => number): number {
    if (!this.on) return run();
    this.look(false);
    this.#collections.asked(1);
    try {
      return run();
    } finally {
      this.#bringToEnd();
      this.#collections.settle(this.graph.here);
      this.#collections.asked(-1);
    }
  }

  // The end, and what comes after it.

  /** What the program, or an input, has left is watched on. */
  rest(): void {
    if (this.#ended) return;
    this.#resting = true;
    this.writer.commit();
    this.#calls.empty();
    if (this.#ending < 0) return;
    this.look(false);
    this.#step(this.#ending, 0);
    this.#ending = -1;
  }

  /** The input runs next. */
  resume({ main, codes, file, spaces }: Input): void {
    if (this.#ended) return;
    this.writer.file(...file);
    for (const code of codes) this.#codes.set(code.at, code);
    for (const [name, at] of spaces)
      if (!this.#spaces.has(name)) {
        this.#spaces.add(name);
        this.graph.space(at, name);
      }
    this.#main = main;
    this.#resting = false;
  }

  /** It rests, and can go on. */
  get isResting(): boolean {
    return this.#resting && !this.#ended;
  }

  endEarly(reason: string): void {
    const line = this.#calls.top?.line ?? 0;
    this.limit = `The recording ended at line ${line}: ${reason}; the program ran on unrecorded.`;
    this.stop();
    this.writer.limited(this.limit);
  }

  stop(): void {
    this.writer.back();
    if (!this.#ended && this.writer.event > 1) this.#collections.finish(this.graph.here);
    this.on = false;
    this.#ended = true;
  }
}

const fallOf = (edge: Edge): Fall => ({
  row: edge.row,
  cause: edge.name === TEMPORARY || edge.name === FOREIGN ? "temporary" : causeOf(edge.holder),
});
