/**
 * Who holds an object, as a person would say it. Containers and weak reference
 * objects are true objects of the recording but not of the reader's story: a
 * path is walked through them to the first holder that is neither, so that
 * `inputs` of Square#4 holding a tuple holding x reads `inputs[0] of Square#4`.
 */
import { isShown, type Recording } from "./recording";
import { edgesFrom, edgesTo } from "./replay";

export interface Holder {
  /** The edge that ends at the object: the one that its count counts. */
  readonly edge: number;
  /** The object at the far end of the path. */
  readonly holder: number;
  /** `inputs[0]`, `x`, `losses[2]`. */
  readonly path: string;
  readonly strength: "strong" | "weak" | "borrowed";
}

/** Longer ways through containers are cut here: lists in lists in lists may be endless. */
const DEEPEST = 12;

/** Objects that a path walks through. */
export const isFolded = (r: Recording, object: number): boolean => {
  const kind = r.objects.kind[object]!;
  return kind === "container" || kind === "weakref";
};

/** What is neither drawn nor where names live: it may stand between a name and what it holds. */
export const isHidden = (r: Recording, object: number): boolean =>
  !isShown(r.objects.kind[object]!) && !isFrame(r, object) && r.objects.kind[object] !== "weakref";

/** Names live in frames and modules: the places from which everything hangs. */
export const isFrame = (r: Recording, object: number): boolean => {
  const kind = r.objects.kind[object]!;
  return kind === "frame" || kind === "module";
};

/**
 * One holder for each edge to the object at the event: strong ones first, weak ones last.
 * Of more than `most` the oldest and the newest are told.
 */
export function holdersOf(
  r: Recording,
  object: number,
  event: number,
  most = Number.POSITIVE_INFINITY,
): Holder[] {
  const rank = { strong: 0, borrowed: 1, weak: 2 };
  const edges = edgesTo(r, object, event);
  if (edges.length > most) edges.splice(most / 2, edges.length - most);
  return edges
    .map((edge) => walk(r, edge, event))
    .sort((a, b) => rank[a.strength] - rank[b.strength] || a.edge - b.edge);
}

/** The strong ones as the items of a bill, names first; a place in it is an item's number less one. */
export function billOf(r: Recording, object: number, event: number): Holder[] {
  const named = (by: Holder): number => (isFrame(r, by.holder) ? 0 : 1);
  return holdersOf(r, object, event)
    .filter((by) => by.strength === "strong")
    .sort((a, b) => named(a) - named(b));
}

/**
 * What holds without a name: what an expression has made so far, C code that called a function, or
 * either of them where that is not known, the call of a function that runs, an exception that is handled or on its way, a class its subclasses.
 * The trace has such a word in parentheses.
 */
export type Unnamed = "C" | "call" | "temporary" | "function" | "handled" | "raised" | "subclasses";

const UNNAMED = /^\((C|call|temporary|function|handled|raised|subclasses)\)(.*)$/s;

/** The word and what follows it; null if the path begins with a name. */
export function unnamedOf(path: string): { word: Unnamed; rest: string } | null {
  const found = UNNAMED.exec(path);
  return found && { word: found[1] as Unnamed, rest: found[2]! };
}

/** In what way a holder holds: what a sentence about it is made of. */
export type Manner =
  | "name"
  | "item"
  | "argument"
  | "local"
  | "return"
  | "attribute"
  | "only"
  | "unnamed";

export function mannerOf(r: Recording, { holder, path }: Holder): Manner {
  const kind = r.objects.kind[holder]!;
  if ((kind === "module" || kind === "frame") && unnamedOf(path)) return "unnamed";
  const plain = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(path);
  if (kind === "module") return plain ? "name" : "item";
  // No name is known of what a C object holds, such as a cache its entries.
  if (kind !== "frame") return path && !path.startsWith("?") ? "attribute" : "only";
  if (r.argumentsOf.get(holder)?.includes(path)) return "argument";
  if (path === "return") return "return";
  return plain ? "local" : "item";
}

/** From an edge outwards through what is folded. A container with two holders is told by its first. */
function walk(r: Recording, edge: number, event: number): Holder {
  let holder = r.edges.holder[edge]!;
  let path = ownName(r, edge);
  let strength = r.edges.strength[edge]!;
  const seen = new Set([holder]);
  while (isFolded(r, holder) && seen.size < DEEPEST) {
    const up = edgesTo(r, holder, event);
    const next = up.find((e) => !seen.has(r.edges.holder[e]!));
    if (next === undefined) break;
    path = ownName(r, next) + path;
    if (r.edges.strength[next] === "weak") strength = "weak";
    holder = r.edges.holder[next]!;
    seen.add(holder);
  }
  return { edge, holder, path, strength };
}

/** A weak reference object is called by its holder's name; its own adds nothing. */
const ownName = (r: Recording, edge: number): string =>
  r.objects.kind[r.edges.holder[edge]!] === "weakref" ? "" : r.edges.name[edge]!;

/** What an object holds: shown objects, reached through anything that is folded. */
export interface Held {
  readonly object: number;
  readonly path: string;
  readonly strength: "strong" | "weak" | "borrowed";
  /** The edge that ends at the object. */
  readonly edge: number;
}

export function heldBy(r: Recording, holder: number, event: number): Held[] {
  const found: Held[] = [];
  const seen = new Set([holder]);
  const waiting = [{ object: holder, path: "", weak: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { object, path, weak } = next;
    for (const edge of edgesFrom(r, object, event)) {
      const held = r.edges.held[edge]!;
      const name = path + ownName(r, edge);
      const strength = weak ? "weak" : r.edges.strength[edge]!;
      if (isShown(r.objects.kind[held]!)) found.push({ object: held, path: name, strength, edge });
      else if (isFolded(r, held) && !seen.has(held)) {
        seen.add(held);
        waiting.push({ object: held, path: name, weak: strength === "weak" });
      }
    }
  }
  return found.sort((a, b) => a.edge - b.edge);
}

const isUnnamed = (r: Recording, edge: number): boolean => unnamedOf(r.edges.name[edge]!) !== null;

/** Names in frames and modules that hold the object strongly, the module's first. */
export function namesOf(r: Recording, object: number, event: number): string[] {
  const inModule: string[] = [];
  const inFrames: string[] = [];
  for (const edge of edgesTo(r, object, event)) {
    const kind = r.objects.kind[r.edges.holder[edge]!];
    if (isUnnamed(r, edge)) continue;
    if (kind === "module") inModule.push(r.edges.name[edge]!);
    else if (kind === "frame") inFrames.push(r.edges.name[edge]!);
  }
  return [...new Set(inModule.length ? inModule : inFrames)];
}

/** The first name that the object had up to the event: a module's, else a function's; null for none. */
export function firstNameOf(r: Recording, object: number, event: number): string | null {
  let inFrame: string | null = null;
  for (const edge of r.objects.held[object]!) {
    if (r.edges.from[edge]! > event) break;
    if (r.edges.strength[edge] === "weak" || isUnnamed(r, edge)) continue;
    const kind = r.objects.kind[r.edges.holder[edge]!];
    if (kind === "module") return r.edges.name[edge]!;
    if (kind === "frame") inFrame ??= r.edges.name[edge]!;
  }
  return inFrame;
}

/** A shortest way of strong references from a frame or module to the object, outermost first. */
export function wayFromRoot(r: Recording, object: number, event: number): Holder[] | null {
  const from = new Map<number, { next: number; by: Holder } | null>([[object, null]]);
  const waiting = [object];
  for (let i = 0; i < waiting.length; i++) {
    const here = waiting[i]!;
    for (const by of holdersOf(r, here, event)) {
      if (by.strength !== "strong" || from.has(by.holder)) continue;
      from.set(by.holder, { next: here, by });
      if (isFrame(r, by.holder)) return unroll(from, by.holder);
      waiting.push(by.holder);
    }
  }
  return null;
}

function unroll(from: Map<number, { next: number; by: Holder } | null>, root: number): Holder[] {
  const way: Holder[] = [];
  for (let step = from.get(root); step; step = from.get(step.next)) way.push(step.by);
  return way;
}
