import { bytes } from "./numbers";
import { code, type Rich, rich, strong, term } from "./rich";
import { terms } from "./terms.en";

const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;
const itself = (n: number): string => (n === 1 ? "itself only" : `${n} objects, itself included`);

export const inspector = {
  region: "Inspector",
  step: "In this step",
  bornHere: "born",
  diedHere: "died",
  neither: "Nothing was born or died.",
  more: (n: number) => `and ${n} more`,
  choose: "Choose an object in the graph or in the table to see who holds it.",
  notBorn: "Not born yet at this step.",
  was: (name: string) => `was ${name}`,
  count: "Reference count",
  unexplained: (n: number) => rich`${n} more that no recorded holder explains`,
  notCounted: { weak: "weak: not counted", borrowed: "borrowed: not counted by CPython 3.14" },
  noWeak: "Weak references: none",
  weakCount: (n: number) => `Weak references: ${n}`,
  countIsZero: "was held last by",
  why: "Why it is alive",
  whyLost: "Why it is still here",
  whatKilled: "What killed it",
  otherwise: (who: Rich, root: string | null): Rich =>
    rich`Take that away and ${who} still would${root === null ? "" : rich`, through ${code(root)}`}.`,
  onlyWay: "Nothing else reaches it from outside.",
  edit: "To let it go:",
  andEdit: "; and ",
  editFrees: (n: number, nbytes: number, all: boolean): Rich =>
    n === 0
      ? rich`Alone it frees nothing: the other way still holds it.`
      : rich`That would free ${strong(many(n, "object"))}${nbytes ? `, ${bytes(nbytes)}` : ""}${all ? "" : "; what you chose would stay"}.`,
  wouldFree: "Would free if it died now",
  islandFrees: "A collection would free",
  freed: "Freed",
  ofLive: (total: number) => `of ${bytes(total)} live`,
  /** Objects, and bytes where the program has arrays. */
  atOnce: (n: number, nbytes: number | null): Rich =>
    nbytes === null
      ? rich`${strong(many(n, "object"))} at once${n === 1 ? "" : ", itself included"}`
      : rich`${strong(bytes(nbytes))} at once, ${itself(n)}`,
  afterCollection: (n: number, nbytes: number | null): Rich =>
    rich`${nbytes === null ? many(n, "more object") : `${bytes(nbytes)} more`} after a ${term("collection", terms.collection)}`,
  wholeIsland: (n: number, nbytes: number | null): Rich =>
    nbytes === null
      ? rich`the whole ${term("island", terms.island)}, ${strong(many(n, "object"))}`
      : rich`${strong(bytes(nbytes))}, the whole ${term("island", terms.island)}, ${many(n, "object")}`,
  wholeFall: (n: number, nbytes: number | null): Rich =>
    nbytes === null
      ? rich`${strong(many(n, "object"))} in the whole fall`
      : rich`${strong(bytes(nbytes))} ${n === 1 ? "alone" : `in the whole fall, ${n} objects`}`,
  memory: "Memory",
  owns: (n: number): Rich => rich`${strong(bytes(n))} of its own`,
  viewOf: (label: string, part: string, whole: string): Rich =>
    rich`a view: ${strong(part)} of the ${whole} that ${label} owns`,
  viewOfUnknown: "a view of memory that no recorded array owns",
  keepsAll: (whole: string) => `It alone keeps all ${whole} alive.`,
  ownerDead: "Its owner has died.",
  views: "views",
  shape: "shape",
  dtype: "dtype",
  values: "values",
  data: "data",
  holds: "What it holds",
  holdsNothing: "It holds nothing that is recorded.",
  generation: (n: number) => `generation ${n}`,
  weakly: "weakly",
  life: "Life",
  born: "born",
  died: "died",
  dies: "dies",
  cause: "cause",
  order: "order",
  orderOf: (place: number, of: number) => `${place} of ${of} in the fall`,
  outlives: "outlives the recording",
  notHere: "not in this recording",
  older: "before the recording",
  placeAndPass: (where: string, pass: number, of: number): string =>
    of > 1 ? `${where}, pass ${pass} of ${of}` : where,
  lastHolder: (who: Rich) => rich`${term("reference count", terms.count)} 0, after ${who}`,
  refcount: rich`${term("reference count", terms.count)} 0`,
  collector: "collector",
  ofGeneration: (n: number) => `generation ${n}`,
  inCycle: "part of a cycle, or held by one",
  whatIf: "What if",
  isWeak: (who: Rich): Rich => [...who, " is weak"],
  noStrong: "No strong reference to loosen.",
  counting: "Looking through the recording …",
  weakNow: (died: number, lost: number, nbytes: number): Rich =>
    died + lost === 0
      ? rich`Loosened now, ${strong("nothing would die")}: something else holds it.`
      : rich`Loosened now, ${strong(
          died ? `${many(died, "object")} would die at once` : "nothing would die at once",
        )}${lost ? `, ${many(lost, "object")} only by a collection` : ""}${nbytes ? `: ${bytes(nbytes)}` : ""}.`,
  sameDeath: rich`Weak from the start, it would have lived just as long.`,
  sooner: (steps: number, where: string, cause: "refcount" | "gc"): Rich =>
    rich`Weak from the start, ${strong(
      cause === "refcount"
        ? `it would have died ${steps === 1 ? "one line" : `${steps} lines`} sooner`
        : `it would have been out of reach ${steps === 1 ? "one line" : `${steps} lines`} sooner`,
    )}, at ${where}.`,
  wouldDie: (where: string, cause: "refcount" | "gc"): Rich =>
    rich`Weak from the start, ${strong(
      cause === "refcount"
        ? `it would have died at ${where}`
        : `only a collection after ${where} could free it`,
    )}.`,
  withIt: (n: number): Rich => rich`${many(n, "object")} would go with it.`,
  othersFall: (n: number): Rich =>
    rich`Weak from the start, it would have lived just as long, but ${many(n, "other object")} not.`,
  newPeak: (peak: number, before: number): Rich =>
    rich`The peak would be ${bytes(peak)} instead of ${bytes(before)}.`,
  losesInput: (label: string): Rich =>
    rich`But ${code("backward()")} through ${label} would then find no input.`,
  losesCreator: (label: string): Rich =>
    rich`But ${code("backward()")} from ${label} would then end there: its creator would be gone.`,
  losesData: (label: string): Rich => rich`But ${label} would then be without its array.`,
  finds: (who: Rich): Rich => rich`But whoever looks there, ${who}, would then find nothing.`,
  loseFirst: {
    dies: (name: Rich): Rich => rich`Lose ${name} and the count is ${strong(0)}: it dies at once.`,
    stays: (name: Rich, left: number): Rich =>
      rich`Lose ${name} and the count is still ${strong(left)}: it stays.`,
    lost: (name: Rich, left: number): Rich =>
      rich`Lose ${name} and the count is still ${strong(left)}: it stays, out of reach.`,
  },
  grown: {
    heading: "What has grown",
    since: "since",
    beginning: "the beginning",
    stepAt: (step: number, where: string) => `step ${step}, ${where}`,
    fromHere: "Count from here",
    fromStart: "Count from the beginning",
    nothing: "Nothing that was born since then is alive.",
    flat: "No line has left something in more than one of its runs: nothing piles up.",
    line: (line: number | null) => (line === null ? "elsewhere" : `line ${line}`),
    left: (n: number, runs: number): string =>
      `${many(n, "object")}${runs > 1 ? ` in ${runs} runs` : ""}`,
    types: (types: Record<string, number>): string =>
      Object.entries(types)
        .map(([type, n]) => `${n} ${type}`)
        .join(", "),
    piles: "piles up",
    pinned: (label: string, used: string, whole: string): Rich =>
      rich`A view reads ${used} and keeps the ${strong(whole)} of ${label}.`,
    most: "What retains most",
    retains: (n: number) => many(n, "object"),
  },
};
