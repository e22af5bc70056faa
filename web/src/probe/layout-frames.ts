/** Where codes and running frames keep their names, variables and instructions. */
import { answer } from "./cfunction";
import type { CallFacts, Facts, Samples } from "./facts";
import type { Finder } from "./finder";
import { TYPE } from "./layout-types";
import { findTexts } from "./layout-values";
import type { Memory } from "./memory";

export interface FrameLayout {
  /** In the thread's state: the innermost frame, */
  current: number;
  /** and the exception that is being handled. */
  handled: number;
  code: number;
  previous: number;
  function: number;
  globals: number;
  locals: number;
  instruction: number;
  stackPointer: number;
  owner: number;
  /** The owner of what stands in the place of a frame where C code called a function. */
  entry: number;
  slots: number;
}

export interface CodeLayout {
  filename: number;
  name: number;
  names: number;
  slots: number;
  bytes: number;
}

export function findCode(find: Finder, facts: Facts, tupleItems: number): CodeLayout {
  const { memory } = find;
  const fn = facts.words_of.code!;
  const tuple = facts.types.tuple!.at;
  const texts = findTexts(find, facts);
  const size = facts.types.code!.basicsize;
  const names = find.first("the names of locals", 8, 160, (i) =>
    facts.codes.every(({ at, names }) => {
      const found = memory.u32(at + i);
      if (!memory.isAddress(found) || memory.u32(found + TYPE) !== tuple) return false;
      if (
        memory.u32(found + tupleItems - 4) !== names.length &&
        memory.u32(found + 8) !== names.length
      )
        return false;
      return names.every((name, n) => texts.read(memory.u32(found + tupleItems + 4 * n)) === name);
    }),
  );
  const slots = find.offset(
    "the number of locals",
    facts.codes.map(({ at, names }) => [at, names.length] as const),
    8,
    110,
  );
  return {
    filename: find.offset("the file of a code", [[fn, facts.words_of.filename!]], 8, 160),
    name: find.offset("the name of a code", [[fn, facts.words_of.name!]], 8, 160),
    names,
    slots,
    bytes: find.first(
      "the instructions of a code",
      size - 8,
      size + 8,
      (i) =>
        facts.codes.every(({ at, instructions }) =>
          // Zeros are caches, in which counters stand.
          instructions.every((byte, n) => n % 2 || !byte || memory.u8(at + i + n) === byte),
        ),
      2,
    ),
  };
}

export function findFrames(
  find: Finder,
  facts: Facts,
  samples: Samples,
  code: CodeLayout,
): FrameLayout {
  const { memory } = find;
  const [a, b] = facts.words.map(([at]) => at) as [number, number];
  const looks: Look[] = [];
  const codeOf = (frame: number): number => (memory.u32(frame) & ~3) >>> 0;
  const isCode = (at: number): boolean =>
    memory.isAddress(at) && memory.u32(at + TYPE) === facts.types.code!.at;
  let current = 0;
  answer(memory, facts.self, "look", () => {
    const thread = memory.module._PyThreadState_Get() >>> 0;
    const candidates = find.where(0, 480, (i) => {
      const frame = memory.u32(thread + i);
      return memory.isAddress(frame) && isCode(codeOf(frame));
    });
    current ||= candidates[0] ?? 0;
    const frame = memory.u32(thread + current);
    const previous = memory.u32(frame + 4);
    const words = (at: number) => Array.from({ length: 24 }, (_, n) => memory.u32(at + 4 * n));
    const bytes = (at: number) => Array.from({ length: 48 }, (_, n) => memory.u8(at + n));
    looks.push({
      frame,
      thread: Array.from({ length: 120 }, (_, n) => memory.u32(thread + 4 * n)),
      words: words(frame),
      before: memory.isAddress(previous) ? words(previous) : [],
      bytes: bytes(frame),
      bytesBefore: bytes(previous),
    });
    return facts.none;
  });
  const call: CallFacts = JSON.parse(samples.call());
  samples.within();
  const errors: number[] = JSON.parse(samples.handling());
  find.need(looks.length === 5 && current > 0, "the running frame");
  const [inner, generator, body, ...handling] = looks as [Look, Look, Look, Look, Look];
  const plain = (word: number): number => (word & ~3) >>> 0;
  find.need(plain(inner.words[0]!) === call.inner, "the code of a frame");
  find.need(plain(inner.before[0]!) === call.outer, "the caller of a frame");
  const at = (words: number[], value: number, what: string): number => {
    const index = words.findIndex((word) => plain(word) === value);
    find.need(index > 0, what);
    return 4 * index;
  };
  const slots = at(inner.words, b, "the locals of a frame");
  find.need(
    plain(inner.words[slots / 4 + 1]!) === a &&
      plain(inner.before[slots / 4]!) === a &&
      plain(inner.before[slots / 4 + 1]!) === b,
    "the locals of a frame",
  );
  // During the call the caller has `alpha` on its stack, and `inner` its list `echo`.
  const locals = (address: number): number => memoryLocals(memory, address, code);
  const top = (look: Look): number => look.frame + slots + 4 * locals(plain(look.words[0]!));
  const stackPointer = find.first("the stack of a frame", 8, slots, (i) => {
    const sp = inner.words[i / 4]!;
    return sp > top(inner) && sp <= top(inner) + 16;
  });
  const globals = at(inner.words, call.globals, "the globals of a frame");
  const instruction = find.first("the instruction of a frame", 8, slots, (i) => {
    const inside = inner.words[i / 4]! - call.inner;
    return inside > code.bytes && inside < code.bytes + 200;
  });
  const owner = find.first(
    "the owner of a frame",
    stackPointer + 4,
    slots,
    // What stands before it may be anything until the frame has made a call.
    (i) =>
      inner.bytes[i] === 0 &&
      body.bytes[i] === 0 &&
      generator.bytes[i] === 1 &&
      inner.bytesBefore[i] === 0 &&
      generator.bytesBefore[i]! > 1 &&
      generator.bytesBefore[i] === body.bytesBefore[i],
    1,
  );
  const entry = generator.bytesBefore[owner]!;
  find.need(
    [generator, body].every(({ before }) => !isCode(plain(before[0]!))),
    "where C code calls a function",
  );
  const handled = find.where(
    0,
    480,
    (i) =>
      handling.every(({ thread }, n) => thread[i / 4] === errors[n]) &&
      [inner, generator, body].every(({ thread }) => !errors.includes(thread[i / 4]!)),
  );
  find.need(handled.length === 1, "the exception that is being handled");
  const dict = facts.types.dict!.at;
  const isDict = (at: number): boolean => memory.isAddress(at) && memory.u32(at + TYPE) === dict;
  const namespace = find.first("the namespace of a class body", globals + 4, instruction, (i) => {
    const own = body.words[i / 4]!;
    return inner.words[i / 4] === 0 && isDict(own) && own !== body.words[globals / 4];
  });
  return {
    current,
    handled: handled[0]!,
    code: 0,
    previous: 4,
    function: at(inner.words, call.function, "the function of a frame"),
    globals,
    locals: namespace,
    instruction,
    stackPointer,
    owner,
    entry,
    slots,
  };
}

interface Look {
  frame: number;
  /** Words of the thread's state. */
  thread: number[];
  words: number[];
  before: number[];
  bytes: number[];
  bytesBefore: number[];
}

function memoryLocals(memory: Memory, code: number, layout: CodeLayout): number {
  return memory.u32(code + layout.slots);
}
