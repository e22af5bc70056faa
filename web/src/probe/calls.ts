/**
 * The running functions of the program, and what their frames hold: variables and
 * what an expression has on the stack so far. A frame that waits for another does
 * not change, so only the innermost is read again.
 */
import { FOREIGN, isCalledFromC } from "./foreign";
import type { Graph } from "./graph";
import type { Layout } from "./layout";
import type { Memory } from "./memory";
import type { Names } from "./names";
import { type Name, Node } from "./node";
import type { TypeTable } from "./types";
import type { Strength, Writer } from "./writer";

/** Name of the edge from a frame to the value that it is about to return. */
export const RETURN = "return";
/** Name of an edge from a frame to what an expression has made so far. */
export const TEMPORARY = "(temporary)";
/** Name of the edge from a frame to the function that it runs. */
export const RUNNING = "(function)";

const GENERATOR = 1;
const MOST = 4096;

/** A code of the program, as `livegrad.liveness.outside` describes it. */
export interface Code {
  at: number;
  name: string;
  file: number;
  /** Names of its arguments, with commas between. */
  arguments: string;
  isClass: boolean;
  /** By offset of the instruction: what it stores into, and by which name. */
  stores: Record<string, [operation: string, name: string]>;
}

export class Call {
  /** Of the line that is being executed; 0 before the first. */
  line = 0;
  /** The stack up to this line, as a row of the trace. */
  here: number;
  node: Node | null = null;
  /** Frames of libraries between the caller and this one, outermost first. */
  libraries: Node[] = [];
  words: number[] = [];
  /** What the C code holds that called it; once for each reference. */
  readonly foreign: Node[] = [];
  /** It and what is below it was read since it waits. */
  waits = false;

  constructor(
    readonly frame: number,
    readonly code: Code,
    readonly under: number,
  ) {
    this.here = under;
  }
}

export class Calls {
  readonly stack: Call[] = [];
  /** The module's frame. */
  #bottom: Node | null = null;
  /** The call of which the last look was the first, if C code made it. */
  fromC: Call | null = null;
  #locals = new Map<number, string[]>();
  /** Frames of libraries whose callee has returned; they may call again. */
  #loose: Node[] = [];

  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
    private readonly types: TypeTable,
    private readonly names: Names,
    private readonly graph: Graph,
    private readonly writer: Writer,
    /** Namespaces of modules whose frames are not shown: the recorder's own. */
    private readonly hidden: ReadonlySet<number>,
  ) {}

  get top(): Call | undefined {
    return this.stack[this.stack.length - 1];
  }

  /** The innermost frame that the interpreter runs. */
  get current(): number {
    const thread = this.memory.module._PyThreadState_Get() >>> 0;
    return this.memory.u32(thread + this.layout.frame.current);
  }

  push(code: Code, line: number): void {
    const call = new Call(this.current, code, this.top?.here ?? -1);
    this.stack.push(call);
    if (line) this.at(call, line);
    else this.graph.here = call.here;
  }

  /** A call comes to a line. */
  at(call: Call, line: number): void {
    call.line = line;
    call.here = this.writer.stack(this.location(call), call.under);
    this.graph.here = call.here;
  }

  location({ code, line }: Call): number {
    return this.writer.location(code.file, code.name, line);
  }

  /** What stood here is gone: a code, or anything else. */
  forget(at: number): void {
    this.#locals.delete(at);
  }

  /** The innermost call returns, yields or fails. */
  pop(): void {
    const call = this.stack.pop();
    if (!call) return;
    const caller = this.top;
    this.graph.here = caller?.here ?? -1;
    if (caller) caller.waits = false;
    this.#loose.push(...call.libraries);
    if (call.node && call.node.serial > 0) this.#left(call.node);
  }

  /** Nothing runs any more; of the module's frame nobody has told that it holds nothing. */
  empty(): void {
    if (!this.#bottom) return;
    this.graph.holdings.hold(this.#bottom, [], [], []);
    this.#bottom = null;
  }

  #left(node: Node): void {
    node.alive = false;
    if (node.serial >= 0) this.writer.death(node.serial, this.graph.here, "frame", -1, -1);
    this.graph.release(node, "frame");
  }

  /** Read the frames that may have changed. */
  look(returning: boolean): void {
    const { stack } = this;
    this.fromC = null;
    let first = stack.length - 1;
    while (first > 0 && !stack[first]!.waits) first--;
    for (let place = Math.max(first, 0); place < stack.length; place++) {
      const call = stack[place]!;
      const isTop = place === stack.length - 1;
      if (!call.node) this.#enter(call, stack[place - 1]);
      if (!call.waits) this.#read(call, returning && isTop);
      call.waits = !isTop;
    }
    for (const node of this.#loose) this.#left(node);
    this.#loose = [];
  }

  #enter(call: Call, caller: Call | undefined): void {
    const { graph, writer } = this;
    if (!caller) {
      call.node = graph.root(call.frame, this.types.frame("module", "<module>"), 0);
      this.#bottom = call.node;
      return;
    }
    call.libraries = this.#between(call, caller);
    if (isCalledFromC(this.memory, this.layout, call.frame, caller.frame)) this.fromC = call;
    const { code } = call;
    const name = code.isClass ? `<class ${code.name}>` : code.name;
    call.node = new Node(call.frame, this.types.frame("frame", name), call.under);
    graph.enter(call.node);
    if (code.arguments) writer.attribute(call.node.serial, "arguments", code.arguments);
  }

  /** Frames of libraries by which the caller came to call. */
  #between(call: Call, caller: Call): Node[] {
    const { memory, layout } = this;
    const found: Node[] = [];
    let frame = memory.u32(call.frame + layout.frame.previous);
    for (let n = 0; frame && frame !== caller.frame && n < MOST; n++) {
      const code = this.#codeOf(frame);
      if (code && !this.#isHidden(frame)) {
        const name = this.names.text(memory.u32(code + layout.code.name));
        const again = this.#loose.find((node) => node.at === frame && node.type.name === name);
        if (again) this.#loose.splice(this.#loose.indexOf(again), 1);
        const node = again ?? new Node(frame, this.types.frame("frame", name), this.graph.here);
        this.#hold(node, frame, code, this.#words(frame, code), false, false, []);
        found.unshift(node);
      }
      frame = memory.u32(frame + layout.frame.previous);
    }
    return found;
  }

  /** Whether it is one of the recorder's. Where a class makes an instance, no function runs. */
  #isHidden(frame: number): boolean {
    const { memory, layout } = this;
    const runs = (memory.u32(frame + layout.frame.function) & ~3) >>> 0 !== layout.facts.none;
    return runs && this.hidden.has(memory.u32(frame + layout.frame.globals));
  }

  #codeOf(frame: number): number {
    const { memory, layout } = this;
    const code = (memory.u32(frame + layout.frame.code) & ~3) >>> 0;
    const isCode = memory.isAddress(code) && memory.u32(code + 4) === layout.facts.types.code!.at;
    return isCode ? code : 0;
  }

  #words(frame: number, code: number): number[] {
    const { memory, layout } = this;
    const first = frame + layout.frame.slots;
    const locals = memory.u32(code + layout.code.slots);
    const pointer = memory.u32(frame + layout.frame.stackPointer);
    let count = locals;
    if (pointer > first + 4 * locals && pointer < first + 4 * MOST) count = (pointer - first) >>> 2;
    const heap = memory.module.HEAPU32;
    const words: number[] = new Array(count + 1);
    for (let i = 0; i < count; i++) words[i] = heap[(first >>> 2) + i]!;
    words[count] = memory.u32(frame + layout.frame.function);
    return words;
  }

  #read(call: Call, returning: boolean): void {
    const words = this.#words(call.frame, call.code.at);
    const node = call.node!;
    const same =
      !returning &&
      !call.code.isClass &&
      words.length === call.words.length &&
      words.every((word, i) => word === call.words[i]) &&
      node.out.every((edge) => !edge?.over);
    if (same) return;
    call.words = words;
    const { code, frame, foreign } = call;
    this.#hold(node, frame, code.at, words, returning, code.isClass, foreign);
  }

  #hold(
    node: Node,
    frame: number,
    code: number,
    words: number[],
    returning: boolean,
    isClass: boolean,
    foreign: readonly Node[],
  ): void {
    const { memory, layout, graph } = this;
    const locals = this.#localsOf(code);
    const ofGenerator = memory.u8(frame + layout.frame.owner) === GENERATOR;
    const held: number[] = [];
    const names: Name[] = [];
    const strengths: Strength[] = [];
    words.forEach((word, i) => {
      const isFunction = i === words.length - 1;
      held.push((word & 3) === 3 ? 0 : (word & ~3) >>> 0);
      if (isFunction) names.push(RUNNING);
      else if (i < locals.length) names.push(locals[i]!);
      else names.push(returning && i === words.length - 2 ? RETURN : TEMPORARY);
      strengths.push(word & 1 || ofGenerator ? "borrowed" : "strong");
    });
    if (isClass) {
      const dict = memory.u32(frame + layout.frame.locals);
      const space = dict ? graph.nodes.get(dict) : undefined;
      if (space) {
        space.namespaceOf = node;
        const { references } = graph;
        references.held.length = references.names.length = 0;
        references.dictItems(dict, true);
        held.push(...references.held, dict);
        names.push(...references.names, null);
        while (strengths.length < held.length) strengths.push("strong");
      }
    }
    for (const { alive, at } of foreign) {
      held.push(alive ? at : 0);
      names.push(FOREIGN);
      strengths.push("strong");
    }
    graph.holdings.hold(node, held, names, strengths);
  }

  #localsOf(code: number): string[] {
    let found = this.#locals.get(code);
    if (!found) {
      const { memory, layout } = this;
      const names = memory.u32(code + layout.code.names);
      const count = memory.u32(code + layout.code.slots);
      found = Array.from({ length: count }, (_, i) =>
        this.names.text(memory.u32(names + layout.tupleItems + 4 * i)),
      );
      this.#locals.set(code, found);
    }
    return found;
  }
}
