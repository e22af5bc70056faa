/**
 * A small recording for tests, written by hand in the format: `a` is bound to a
 * Variable with an array, a list holds it too, a weak reference watches it; then
 * everything goes, and an island of two is collected.
 */
import type { Chunk, Trace } from "./format";

const STRINGS = [
  "main.py",
  "<module>",
  "Variable",
  "ndarray",
  "float64",
  "data",
  "a",
  "list",
  "kept",
  "[0]",
  "ReferenceType",
  "w",
  "()",
  "Thing",
  "other",
] as const;
const s = (text: (typeof STRINGS)[number]): number => STRINGS.indexOf(text);

/** Events: 1-5 line 1; 6-9 line 2; 10-15 line 3; 16-20 line 4. */
export const sampleChunk: Chunk = {
  start: 0,
  strings: [...STRINGS],
  files: { name: [s("main.py")], text: [-1] },
  locations: {
    file: [0, 0, 0, 0],
    function: [s("<module>"), s("<module>"), s("<module>"), s("<module>")],
    line: [1, 2, 3, 4],
  },
  stacks: { location: [0, 1, 2, 3], parent: [-1, -1, -1, -1] },
  steps: { location: [0, 1, 2, 3], depth: [0, 0, 0, 0], last: [5, 4, 6, 5] },
  objects: {
    // module 0, array 1, variable 2, list 3, weakref 4, thing 5, thing 6
    event: [0, 1, 1, 4, 1, 3, 0],
    kind: ["module", "array", "variable", "container", "weakref", "instance", "instance"],
    type: [
      s("<module>"),
      s("ndarray"),
      s("Variable"),
      s("list"),
      s("ReferenceType"),
      s("Thing"),
      s("Thing"),
    ],
    stack: [-1, 0, 0, 1, 1, 2, 2],
  },
  arrays: { object: [1], shape: [[10, 1]], dtype: [s("float64")], buffer: [0] },
  buffers: { event: [1], owner: [1], nbytes: [80] },
  edges: {
    event: [3, 1, 3, 1, 0, 1, 2, 0],
    holder: [2, 0, 0, 3, 0, 4, 5, 6],
    held: [1, 2, 3, 2, 4, 2, 6, 5],
    name: [s("data"), s("a"), s("kept"), s("[0]"), s("w"), s("()"), s("other"), s("other")],
    strength: ["strong", "strong", "strong", "strong", "strong", "weak", "strong", "strong"],
  },
  counts: {
    event: [3, 1, 4, 1, 3],
    object: [1, 2, 2, 2, 5],
    count: [1, 1, 2, 2, 1],
    weak: [0, 0, 0, 1, 0],
    unexplained: [0, 0, 0, 0, 0],
  },
  // `a` is bound anew, the list is emptied: the Variable and its array fall.
  drops: { event: [12, 1], edge: [1, 3] },
  deaths: {
    event: [13, 1, 4, 0],
    object: [2, 1, 5, 6],
    stack: [2, 2, 3, 3],
    cause: ["item", "holder", "collector", "collector"],
    edge: [3, 0, -1, -1],
    collection: [-1, -1, 0, 0],
  },
  frees: { event: [14], buffer: [0] },
  islands: { event: [15], members: [[5, 6]] },
  sinkings: { event: [18], island: [0] },
  collections: {
    event: [19],
    start: [16],
    stack: [3],
    generation: [2],
    trigger: ["call"],
    collected: [2],
  },
  output: { event: [9], stream: ["stdout"], text: ["hello\n"] },
};

export const sampleTrace = (): Trace => ({
  format: "livegrad-trace",
  version: 1,
  header: {
    python: "3.14.2",
    numpy: "2.4.3",
    platform: "linux",
    probe: "python",
    outputs: "weak",
    main: "main.py",
  },
  chunks: [structuredClone(sampleChunk)],
  end: { status: "finished", event: 20, message: null, traceback: null, line: null, limit: null },
});

/** A recording that executes these lines; in each run of a line of `born` an object is born. */
export function runOf(lines: readonly number[], born: readonly number[] = []): Trace {
  const distinct = [...new Set(lines)];
  const births = lines.flatMap((line, i) => (born.includes(line) ? [i + 1] : []));
  const deltas = (events: number[]) => events.map((event, i) => event - (events[i - 1] ?? 0));
  const chunk: Chunk = {
    start: 0,
    strings: ["main.py", "<module>", "Thing"],
    files: { name: [0], text: [-1] },
    locations: {
      file: distinct.map(() => 0),
      function: distinct.map(() => 1),
      line: distinct,
    },
    steps: {
      location: lines.map((line) => distinct.indexOf(line)),
      depth: lines.map(() => 0),
      last: lines.map(() => 1),
    },
    objects: {
      event: deltas(births),
      kind: births.map(() => "instance"),
      type: births.map(() => 2),
      stack: births.map(() => -1),
    },
  };
  return { ...sampleTrace(), chunks: [chunk] };
}
