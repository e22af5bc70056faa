/**
 * The edit that lets an object die, chosen by the pattern of the way that holds it. A rule looks at
 * the references of a way and names the one to cut, and how, as data: telling/cure.ts says it. The
 * first rule that fits speaks; `drop` fits always, and proposes to drop the program's own reference.
 */
import { unnamedOf } from "../trace/holders";
import type { Recording } from "../trace/recording";
import { hopsOf } from "./hops";
import { nameOf, type Retention, sizeOf, thingOf } from "./paths";

/** What to do; the names are of the program, spelled as it would spell them. */
export type Edit =
  | { rule: "traceback"; error: string }
  | { rule: "interactive"; name: string }
  | { rule: "cache"; name: string }
  | { rule: "view"; name: string }
  | { rule: "gradient graph"; name: string }
  | { rule: "collected"; verb: "append" | "add" | "store"; value: string }
  | { rule: "kept by function"; type: string; attribute: string }
  | { rule: "closure"; function: string; name: string; ofValue: boolean }
  | { rule: "recurrent state"; path: string }
  | { rule: "unexplained" }
  | { rule: "wait"; until: "except" | "line" }
  | { rule: "wait"; until: "return"; function: string }
  | { rule: "drop"; how: "frame"; function: string; path: string }
  | { rule: "drop"; how: "generator" | "set" | "attribute" | "name"; path: string };

export type Cure = Edit & {
  /** The reference that the edit cuts, a row of the recording; null if none is known. */
  readonly edge: number | null;
};

const GRAPH = new Set(["variable", "parameter", "function"]);
const VARIABLES = new Set(["variable", "parameter"]);
const OWNERS = new Set(["instance", "function", "other"]);
const STATE_NAMES = new Set(["h", "c", "hx", "cx", "state", "hidden", "carry"]);
const OF_FUNCTION = new Set(["inputs", "outputs", "creator"]);
const RESULTS = new Set(["_", "__", "___", "_oh", "Out"]);
const VERBS: Record<string, "append" | "add"> = { list: "append", deque: "append", set: "add" };

/** Whether it is a reference of the graph itself: `inputs` or, held alone, `inputs[0]`. */
const isOfFunction = ({ name }: { name: string }): boolean => OF_FUNCTION.has(name.split("[")[0]!);

/** The edit for a way. */
export function cureOf(r: Recording, retention: Retention): Cure {
  const way = new Way(r, retention);
  for (const rule of RULES) {
    const found = rule(way);
    if (found) return found;
  }
  return drop(way);
}

interface Hold {
  readonly edge: number;
  readonly name: string;
  readonly holder: number;
  readonly held: number;
  readonly holderKind: string;
  readonly heldKind: string;
  readonly holderType: string;
  readonly heldType: string;
}

class Way {
  readonly r: Recording;
  readonly retention: Retention;
  readonly holds: readonly Hold[];

  constructor(r: Recording, retention: Retention) {
    this.r = r;
    this.retention = retention;
    this.holds = retention.edges.map((edge) => {
      const holder = r.edges.holder[edge]!;
      const held = r.edges.held[edge]!;
      return {
        edge,
        name: r.edges.name[edge]!,
        holder,
        held,
        holderKind: r.objects.kind[holder]!,
        heldKind: r.objects.kind[held]!,
        holderType: r.objects.type[holder]!,
        heldType: r.objects.type[held]!,
      };
    });
  }

  /** What the program calls an object; what a cell holds, a closure may alone name. */
  called(object: number, cell?: number): string {
    const names = [nameOf(this.r, object), cell === undefined ? null : nameOf(this.r, cell)];
    return names.find((name) => name && name !== "self") ?? "x";
  }

  size(object: number): number | null {
    return sizeOf(this.r, object, this.retention.event);
  }

  label(object: number): string {
    return thingOf(this.r, object, this.retention.event);
  }

  /** The expression for a reference, as far as the way spells one: `rnn.h`, `losses[3]`. */
  spelled(upTo: Hold): string {
    let text = "";
    for (const hold of this.holds) {
      if (hold.holderKind === "module" || hold.holderKind === "frame") text = hold.name;
      else if (hold.name.startsWith("[")) text += hold.name;
      else if (hold.name.startsWith("?")) text = nameOf(this.r, hold.held) || this.label(hold.held);
      else if (hold.holderKind !== "weakref" && hold.holderKind !== "cell")
        text += text ? `.${hold.name}` : hold.name;
      if (hold === upTo) break;
    }
    return text;
  }

  /** Whether the container is the `inputs` or `outputs` of a Function. */
  isPartOfFunction(hold: Hold): boolean {
    return this.holds.some((each) => isOfFunction(each) && each.held === hold.holder);
  }
}

type Rule = (way: Way) => Cure | null;

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const without = (text: string, end: string): string =>
  text.endsWith(end) ? text.slice(0, text.length - end.length) : text;

const traceback: Rule = (way) => {
  const hold = way.holds.find((h) => h.name === "__traceback__" || h.heldType === "traceback");
  if (!hold) return null;
  const error = without(way.spelled(hold), ".__traceback__") || "error";
  return { rule: "traceback", error, edge: hold.edge };
};

const interactive: Rule = ({ holds: [first] }) =>
  first && first.holderKind === "module" && RESULTS.has(first.name)
    ? { rule: "interactive", name: first.name, edge: first.edge }
    : null;

const cache: Rule = (way) => {
  const place = way.holds.findIndex((hold) => hold.holderType === "_lru_cache_wrapper");
  if (place < 0) return null;
  const before = way.holds[place - 1];
  const name = before ? way.spelled(before) : "function";
  return { rule: "cache", name, edge: way.holds[place]!.edge };
};

const view: Rule = (way) => {
  for (const [place, hold] of way.holds.entries()) {
    if (hold.name !== "base" || hold.holderKind !== "array") continue;
    const [size, whole] = [way.size(hold.holder), way.size(hold.held)];
    if (size !== null && whole !== null && 2 * size > whole) continue;
    const before = way.holds[place - 1];
    const name = before ? way.spelled(before) : way.called(hold.held);
    return { rule: "view", name, edge: hold.edge };
  }
  return null;
};

const gradientGraph: Rule = (way) => {
  const hold = way.holds.find(
    (h) => h.name === "grad" && VARIABLES.has(h.holderKind) && VARIABLES.has(h.heldKind),
  );
  if (!hold) return null;
  const name = nameOf(way.r, hold.holder) || "x";
  return { rule: "gradient graph", name, edge: hold.edge };
};

const collected: Rule = (way) => {
  const hold = way.holds.find(
    (h) => h.holderKind === "container" && h.heldKind === "variable" && !way.isPartOfFunction(h),
  );
  if (!hold) return null;
  const name = way.called(hold.held);
  const size = way.size(hold.held);
  const value = size === null || size === 1 ? `float(${name}.data)` : `${name}.data.copy()`;
  return { rule: "collected", verb: VERBS[hold.holderType] ?? "store", value, edge: hold.edge };
};

const keptByFunction: Rule = (way) => {
  const hold = way.holds.find(
    (h) =>
      h.holderKind === "function" &&
      h.heldKind === "variable" &&
      !isOfFunction(h) &&
      identifier.test(h.name),
  );
  return (
    (hold && {
      rule: "kept by function",
      type: hold.holderType,
      attribute: hold.name,
      edge: hold.edge,
    }) ??
    null
  );
};

const closure: Rule = (way) => {
  for (const [place, hold] of way.holds.entries()) {
    if (hold.holderKind !== "cell") continue;
    if (!way.holds.slice(0, place).some((h) => h.name === "__closure__")) continue;
    return {
      rule: "closure",
      function: way.spelled(way.holds[Math.max(place - 3, 0)]!),
      name: way.called(hold.held, hold.holder),
      ofValue: VARIABLES.has(hold.heldKind),
      edge: hold.edge,
    };
  }
  return null;
};

const recurrent: Rule = (way) => {
  for (const [place, hold] of way.holds.entries()) {
    if (!OWNERS.has(hold.holderKind) || hold.heldKind !== "variable") continue;
    if (isOfFunction(hold)) continue;
    const below = way.holds.slice(place + 1);
    if (!STATE_NAMES.has(hold.name) && !below.some((h) => h.name === "creator")) continue;
    const owner = without(way.spelled(hold), `.${hold.name}`);
    return { rule: "recurrent state", path: `${owner}.${hold.name}`, edge: hold.edge };
  }
  return null;
};

/** Drop the reference nearest to the target that the program itself has made. */
function drop(way: Way): Cure {
  const { holds, r, retention } = way;
  const own = holds.findLast((h) => !GRAPH.has(h.holderKind) && !way.isPartOfFunction(h));
  // It is held so itself, or it is in the graph of what is.
  if (!own) return { rule: "unexplained", edge: null };
  const hops = hopsOf(r, retention);
  const hop = hops.find(({ held }) => held === own.held) ?? hops.at(-1)!;
  const path = way.spelled(own) || hop.path;
  const edge = own.edge;
  const isPlace = own.holderKind === "module" || own.holderKind === "frame";
  const first = holds[0]!;
  const hangs = first.holderKind === "module" || first.holderKind === "frame";
  const unnamed = hangs ? unnamedOf(first.name) : null;
  if (unnamed?.word === "handled" || unnamed?.word === "raised")
    return { rule: "wait", until: "except", edge: first.edge };
  if (unnamed)
    return first.holderKind === "module"
      ? { rule: "wait", until: "line", edge: first.edge }
      : { rule: "wait", until: "return", function: way.label(first.holder), edge: first.edge };
  if (own.holderKind === "frame" && own.holder === retention.root)
    return { rule: "drop", how: "frame", function: way.label(own.holder), path, edge };
  if (own.holderKind === "generator")
    return { rule: "drop", how: "generator", path: without(path, `.${own.name}`), edge };
  if (own.holderKind === "container" && own.name.startsWith("[*"))
    return { rule: "drop", how: "set", path: without(path, "[*]"), edge };
  const attribute = identifier.test(own.name) && !isPlace;
  return { rule: "drop", how: attribute ? "attribute" : "name", path, edge };
}

const RULES: readonly Rule[] = [
  traceback,
  interactive,
  cache,
  view,
  gradientGraph,
  collected,
  keptByFunction,
  closure,
  recurrent,
];
