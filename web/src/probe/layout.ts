/**
 * Where CPython keeps what, in bytes from an object's address. Every offset is
 * found at start-up from objects of which all is known, several where one could
 * agree by chance; what is not found refuses the probe.
 */
import type { Facts, Samples } from "./facts";
import { Finder } from "./finder";
import { type Collector, findCollector } from "./layout-collector";
import { type ContainerLayout, findContainers } from "./layout-containers";
import { type CodeLayout, type FrameLayout, findCode, findFrames } from "./layout-frames";
import { type ArrayLayout, findArrays } from "./layout-numpy";
import { findTypes, GC_LINK, TYPE, type TypeLayout } from "./layout-types";
import { findTexts, type Texts } from "./layout-values";
import type { Memory } from "./memory";

export interface Field {
  readonly offset: number;
  readonly name: string;
}

export interface Layout extends ContainerLayout {
  facts: Facts;
  types: TypeLayout;
  texts: Texts;
  valuesValid: number;
  managedDict: number;
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
