/**
 * Where CPython keeps what, in bytes from an object's address. Every offset is
 * found at start-up from objects of which all is known, several where one could
 * agree by chance; what is not found refuses the probe.
 */
import { answer } from "./cfunction";
import type { CallFacts, Facts, Samples } from "./facts";
import { Finder } from "./finder";
import { type Collector, findCollector } from "./layout-collector";
import { type ArrayLayout, findArrays } from "./layout-numpy";
import { findTypes, type TypeLayout } from "./layout-types";
import { findTexts, type Texts } from "./layout-values";
import type { Memory } from "./memory";

export const TYPE = 4;
/** Before the object: the collector's link, zero while the object is not tracked. */
export const GC_LINK = -8;

export interface Field {
  readonly offset: number;
  readonly name: string;
}

export interface FrameLayout {
  /** In the thread's state: the innermost frame. */
  current: number;
  code: number;
  previous: number;
  function: number;
  globals: number;
  locals: number;
  instruction: number;
  stackPointer: number;
  owner: number;
  slots: number;
}

export interface CodeLayout {
  filename: number;
  name: number;
  names: number;
  slots: number;
  bytes: number;
}

export interface Layout {
  facts: Facts;
  types: TypeLayout;
  texts: Texts;
  listSize: number;
  listItems: number;
  tupleSize: number;
  tupleItems: number;
  dictKeys: number;
  dictValues: number;
  keysIndexLog2: number;
  keysKind: number;
  keysEntries: number;
  keysIndices: number;
  valuesValid: number;
  managedDict: number;
  setMask: number;
  setTable: number;
  setDummy: number;
  methodFunction: number;
  methodSelf: number;
  builtinSelf: number;
  cell: number;
  reference: number;
  referenceNext: number;
  referenceCallback: number;
  function: readonly Field[];
  exception: readonly Field[];
  traceback: readonly Field[];
  generatorFrame: number;
  frameObject: number;
  /** Of a memoryview. */
  view: { exporter: number; length: number };
  code: CodeLayout;
  frame: FrameLayout;
  arrays: ArrayLayout | null;
  collector: Collector;
}

/**
 * Finds the layout of the interpreter that runs.
 *
 * @throws LayoutError where something does not stand as it must.
 */
export function findLayout(memory: Memory, samples: Samples): Layout {
  const facts: Facts = JSON.parse(samples.facts());
  const find = new Finder(memory);
  const object = (name: string): number => facts.objects[name]!;
  const word = (name: string): number => facts.words_of[name]!;
  const [a, b] = facts.words.map(([at]) => at) as [number, number];
  for (const [name, type] of Object.entries({ list: "list", dict: "dict", function: "function" }))
    find.need(memory.u32(object(name) + TYPE) === facts.types[type]!.at, "the type of an object");
  for (const at of facts.gc.tracked) find.need(memory.u32(at + GC_LINK) !== 0, "collected objects");

  const types = findTypes(find, facts);
  const texts = findTexts(find, facts);
  const containers = findContainers(find, facts, types);
  const { tupleItems } = containers;

  // Instances.
  const plain = object("plain");
  const inline = facts.types.plain!.basicsize;
  find.need(
    memory.u8(plain + inline) >= 2 &&
      memory.u8(plain + inline + 3) === 1 &&
      memory.u32(plain + inline + 4) === a &&
      memory.u32(plain + inline + 8) === b,
    "the attributes of an instance",
  );
  const [managedDict] = find.offsets([[object("withdict"), object("dictof")]], -16, 0);
  find.need(
    managedDict === -12 && memory.u32(plain + managedDict) === 0,
    "the dict of an instance",
  );
  find.need(
    memory.u32(object("dictof") + containers.dictValues) === object("withdict") + inline,
    "a dict that shares its values with an instance",
  );
  const shared = memory.u32(object("dictof") + containers.dictKeys);
  types.cachedKeys = find.offset(
    "the names of attributes",
    [[facts.types.plain!.at, shared]],
    200,
    types.size,
  );
  find.need(memory.u8(shared + containers.keysKind) === 2, "dicts that share their names");

  // Functions, methods, references.
  const fn = object("function");
  const closure = word("closure");
  const fields: [string, number][] = [
    ["__globals__", word("globals")],
    ["__code__", word("code")],
    ["__defaults__", word("defaults")],
    ["__kwdefaults__", word("kwdefaults")],
    ["__closure__", closure],
    ["__qualname__", word("qualname")],
    ["__dict__", word("dict")],
  ];
  const functions = fields.map(([name, value]) => ({
    name,
    offset: find.offset(`${name} of a function`, [[fn, value]], 8, 76),
  }));
  const reference = find.offset(
    "the object of a weak reference",
    [
      [object("reference"), object("weakly")],
      [object("managed"), plain],
    ],
    8,
    40,
  );
  const referenceCallback = find.offset(
    "the callback of a weak reference",
    [
      [object("reference"), word("callback")],
      [object("reference2"), word("callback2")],
      [object("managed"), 0],
    ],
    8,
    40,
  );
  const head = memory.u32(object("weakly") + facts.types.weakly!.weakrefoffset);
  const tail = head === object("reference") ? object("reference2") : object("reference");
  find.need(head === object("reference") || head === object("reference2"), "weak references");
  find.need(
    memory.u32(plain + facts.types.plain!.weakrefoffset) === object("managed"),
    "the weak references of an instance",
  );
  const nexts = find.offsets(
    [
      [head, tail],
      [tail, 0],
      [object("managed"), 0],
    ],
    8,
    40,
  );
  find.need(nexts.length === 1, "the next weak reference");
  const code = findCode(find, facts, tupleItems);
  const error = object("error");

  return {
    facts,
    types,
    texts,
    ...containers,
    valuesValid: 3,
    managedDict: managedDict!,
    methodFunction: find.offset("a method", [[object("method"), word("func")]], 8, 24),
    methodSelf: find.offset("a method", [[object("method"), plain]], 8, 24),
    builtinSelf: find.offset("a builtin method", [[object("builtin"), object("list")]], 8, 28),
    cell: find.first("a cell", 8, 12, (i) => [a, b].includes(memory.u32(word("cell") + i))),
    reference,
    referenceNext: nexts[0]!,
    referenceCallback,
    function: functions,
    exception: (["args", "traceback", "cause"] as const).map((name) => ({
      name: name === "args" ? "args" : `__${name}__`,
      offset: find.offset(`${name} of an exception`, [[error, word(name)]], 8, 48),
    })),
    traceback: [
      {
        name: "tb_frame",
        offset: find.offset("a traceback", [[word("traceback"), word("frame")]], 8, 32),
      },
      {
        name: "tb_next",
        offset: find.offset("a traceback", [[word("cause_traceback"), word("cause_next")]], 8, 32),
      },
    ],
    generatorFrame: find.first(
      "the frame of a generator",
      8,
      120,
      (i) => (memory.u32(object("generator") + i) & ~3) >>> 0 === word("generator_code"),
    ),
    frameObject: find.first("the frame of a frame object", 8, 40, (i) => {
      const frame = memory.u32(word("frame") + i);
      const at = memory.isAddress(frame) ? (memory.u32(frame) & ~3) >>> 0 : 0;
      return memory.isAddress(at) && memory.u32(at + TYPE) === facts.types.code!.at;
    }),
    view: findView(find, facts),
    code,
    frame: findFrames(find, facts, samples, code),
    arrays: findArrays(find, facts),
    collector: findCollector(find, facts, samples),
  };
}

function findContainers(find: Finder, facts: Facts, types: TypeLayout) {
  const { memory } = find;
  const object = (name: string): number => facts.objects[name]!;
  const [a, b, c] = facts.words.map(([at]) => at) as [number, number, number];
  const listSize = find.offset(
    "the length of a list",
    [
      [object("list"), 3],
      [object("list4"), 4],
    ],
    8,
    20,
  );
  const listItems = find.first("the items of a list", 8, 20, (i) => {
    const [three, four] = [memory.u32(object("list") + i), memory.u32(object("list4") + i)];
    return find.pointsTo(three, [a, b, c]) && find.pointsTo(four, [c, b, a, c]);
  });
  const tupleItems = find.first("the items of a tuple", 8, 24, (i) =>
    [a, b, c].every((item, n) => memory.u32(object("tuple") + i + 4 * n) === item),
  );
  const tupleSize = find.offset("the length of a tuple", [[object("tuple"), 3]], 8, tupleItems);

  const dict = object("dict");
  const mixed = object("mixed");
  let keysEntries = 0;
  const dictKeys = find.first("the entries of a dict", 8, 32, (i) => {
    const keys = memory.u32(dict + i);
    if (!memory.isAddress(keys)) return false;
    const entries = [a, b, b, c, c, a];
    for (let from = 8; from < 80; from += 4)
      if (entries.every((word, n) => memory.u32(keys + from + 4 * n) === word)) {
        keysEntries = from;
        return true;
      }
    return false;
  });
  const unicode = memory.u32(dict + dictKeys);
  const general = memory.u32(mixed + dictKeys);
  const keysKind = find.first(
    "the kind of a dict",
    4,
    12,
    (i) => memory.u8(unicode + i) === 1 && memory.u8(general + i) === 0,
    1,
  );
  const keysIndexLog2 = keysKind - 1;
  const keysIndices = keysEntries - (1 << memory.u8(unicode + keysIndexLog2));
  const keysCount = keysIndices - 4;
  const first = general + keysIndices + (1 << memory.u8(general + keysIndexLog2));
  find.need(
    memory.u32(unicode + keysCount) === 3 &&
      memory.u32(general + keysCount) === 3 &&
      memory.u32(first + 8) === a &&
      memory.u32(first + 12 + 8) === b,
    "the entries of a dict",
  );

  const set = object("set");
  const holed = object("holed");
  const setTable = find.first("the table of a set", 8, types.sizeOf(facts.types.set!.at), (i) => {
    const table = memory.u32(set + i);
    if (!memory.isAddress(table)) return false;
    const keys = new Set(Array.from({ length: 8 }, (_, n) => memory.u32(table + 8 * n)));
    return [a, b, c].every((item) => keys.has(item));
  });
  const setMask = find.offset(
    "the size of a set",
    [
      [set, 7],
      [holed, 7],
    ],
    8,
    setTable,
  );
  const table = memory.u32(holed + setTable);
  const keys = Array.from({ length: 8 }, (_, n) => memory.u32(table + 8 * n)).filter((at) => at);
  const setDummy = keys.find((at) => memory.u32(at + TYPE) !== facts.types.int!.at) ?? 0;
  find.need(keys.length === 2 && setDummy !== 0, "what was removed from a set");
  return {
    listSize,
    listItems,
    tupleSize,
    tupleItems,
    dictKeys,
    dictValues: dictKeys + 4,
    keysIndexLog2,
    keysKind,
    keysEntries: keysCount,
    keysIndices,
    setMask,
    setTable,
    setDummy,
  };
}

function findView(find: Finder, facts: Facts): { exporter: number; length: number } {
  const views = [facts.objects.view!, facts.objects.view2!];
  const exporters = [facts.objects.array!, facts.objects.array2!];
  const exporter = find.offset(
    "the owner of viewed memory",
    views.map((view, i) => [view, exporters[i]!] as const),
    8,
    100,
  );
  const sizes = [24, 40];
  const length = find.offset(
    "the size of viewed memory",
    views.map((view, i) => [view, sizes[i]!] as const),
    exporter,
    100,
  );
  return { exporter, length };
}

function findCode(find: Finder, facts: Facts, tupleItems: number): CodeLayout {
  const { memory } = find;
  const fn = facts.words_of.code!;
  const tuple = facts.types.tuple!.at;
  const { texts } = { texts: findTexts(find, facts) };
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

function findFrames(find: Finder, facts: Facts, samples: Samples, code: CodeLayout): FrameLayout {
  const { memory } = find;
  const [a, b] = facts.words.map(([at]) => at) as [number, number];
  const looks: { frame: number; words: number[]; before: number[]; bytes: number[] }[] = [];
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
    looks.push({
      frame,
      words: words(frame),
      before: memory.isAddress(previous) ? words(previous) : [],
      bytes: Array.from({ length: 48 }, (_, n) => memory.u8(frame + n)),
    });
    return facts.none;
  });
  const call: CallFacts = JSON.parse(samples.call());
  samples.within();
  find.need(looks.length === 3 && current > 0, "the running frame");
  const [inner, generator, body] = looks as [Look, Look, Look];
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
    (i) => inner.bytes[i] === 0 && body.bytes[i] === 0 && generator.bytes[i] === 1,
    1,
  );
  const dict = facts.types.dict!.at;
  const isDict = (at: number): boolean => memory.isAddress(at) && memory.u32(at + TYPE) === dict;
  const namespace = find.first("the namespace of a class body", globals + 4, instruction, (i) => {
    const own = body.words[i / 4]!;
    return inner.words[i / 4] === 0 && isDict(own) && own !== body.words[globals / 4];
  });
  return {
    current,
    code: 0,
    previous: 4,
    function: at(inner.words, call.function, "the function of a frame"),
    globals,
    locals: namespace,
    instruction,
    stackPointer,
    owner,
    slots,
  };
}

interface Look {
  frame: number;
  words: number[];
  before: number[];
  bytes: number[];
}

function memoryLocals(memory: Memory, code: number, layout: CodeLayout): number {
  return memory.u32(code + layout.slots);
}
