/**
 * Strong references at one moment, as a graph that every question walks. Weak references keep
 * nothing alive, and a borrowed one only repeats what an outer holder does: neither is an edge.
 *
 * Roots are the program's module, the frames that run (one that a traceback or a generator holds
 * does not), and what has references that no recorded holder explains. Classes are not counted by
 * the recorder: one that nothing else reaches is a root too, since its instances and the
 * interpreter hold it.
 *
 * Nothing is made before it is asked for: a question about one object walks its neighbourhood, and
 * a heap of 10,000 objects costs only those that ask about all of it.
 */
import { holding } from "../trace/intervals";
import type { Recording } from "../trace/recording";
import { countOf, isAlive } from "../trace/replay";

const FEW = 8;
const NO_EDGES: ReadonlySet<number> = new Set();

export class Graph {
  readonly r: Recording;
  readonly event: number;
  readonly #out = new Map<number, number[]>();
  readonly #into = new Map<number, number[]>();
  readonly #reached = new Map<number, boolean>();
  readonly #proper = new Map<number, boolean>();
  #alive: number[] | null = null;
  #roots: number[] | null = null;

  constructor(r: Recording, event: number) {
    this.r = r;
    this.event = event;
  }

  /** Rows of the references that an object has, in order. */
  out(object: number): readonly number[] {
    return this.#edges(this.#out, this.r.objects.holds, object);
  }

  /** Rows of the references to an object, in order. */
  into(object: number): readonly number[] {
    return this.#edges(this.#into, this.r.objects.held, object);
  }

  #edges(known: Map<number, number[]>, rows: number[][], object: number): number[] {
    const all = rows[object]!;
    // To look through a few rows again is cheaper than to remember what was found.
    if (all.length <= FEW) return this.#holding(all);
    let found = known.get(object);
    if (!found) {
      found = this.#holding(all);
      known.set(object, found);
    }
    return found;
  }

  #holding(rows: readonly number[]): number[] {
    const found = holding(this.r, rows, this.event);
    const { strength } = this.r.edges;
    return found.every((edge) => strength[edge] === "strong")
      ? found
      : found.filter((edge) => strength[edge] === "strong");
  }

  /** All that lives, in order of birth. */
  get alive(): readonly number[] {
    if (!this.#alive) {
      const { born } = this.r.objects;
      this.#alive = [];
      for (let o = 0; o < born.length && born[o]! <= this.event; o++) {
        if (isAlive(this.r, o, this.event)) this.#alive.push(o);
      }
    }
    return this.#alive;
  }

  /** The module, then frames, then what is unexplained, then classes that nothing reaches. */
  get roots(): readonly number[] {
    if (!this.#roots) {
      const ranked: number[][] = [[], [], []];
      const uncounted: number[] = [];
      for (const object of this.alive) {
        const rank = this.#rank(object);
        if (rank >= 0) ranked[rank]!.push(object);
        else if (this.#isUncounted(object)) uncounted.push(object);
      }
      const proper = ranked.flat();
      const reached = uncounted.length ? this.below(proper) : null;
      this.#roots = [...proper, ...uncounted.filter((object) => !reached![object])];
    }
    return this.#roots;
  }

  /** Which sort of root it is for reasons of its own; -1 for none. */
  #rank(object: number): number {
    const kind = this.r.objects.kind[object]!;
    if (kind === "module") return 0;
    if (kind === "frame") return this.into(object).length ? -1 : 1;
    return countOf(this.r, object, this.event).unexplained > 0 ? 2 : -1;
  }

  #isUncounted(object: number): boolean {
    const kind = this.r.objects.kind[object]!;
    return kind !== "module" && kind !== "frame" && !this.r.objects.counts[object]!.length;
  }

  isRoot(object: number): boolean {
    if (this.#rank(object) >= 0) return true;
    return this.#isUncounted(object) && !this.#leadsUp(object, this.#proper, () => false);
  }

  /** Whether a root reaches the object, searched backwards from it. */
  isReached(object: number): boolean {
    return this.#leadsUp(object, this.#reached, (o) => this.#isUncounted(o));
  }

  /** Backwards to a root, or to what `also` ends the search; what is found out stays known. */
  #leadsUp(object: number, known: Map<number, boolean>, also: (o: number) => boolean): boolean {
    const towards = new Map<number, number>([[object, -1]]);
    for (const here of towards.keys()) {
      const before = known.get(here);
      if (before === false) continue;
      if (before || this.#rank(here) >= 0 || also(here)) {
        for (let on = here; on >= 0; on = towards.get(on)!) known.set(on, true);
        return true;
      }
      for (const edge of this.into(here)) {
        const holder = this.r.edges.holder[edge]!;
        if (!towards.has(holder)) towards.set(holder, here);
      }
    }
    for (const here of towards.keys()) known.set(here, false);
    return false;
  }

  /** Marks, by serial, the starts and all that they reach past the references `without`. */
  below(starts: Iterable<number>, without: ReadonlySet<number> = NO_EDGES): Uint8Array {
    const marks = new Uint8Array(this.r.objects.born.length);
    const waiting = [...starts];
    for (const start of waiting) marks[start] = 1;
    const { held } = this.r.edges;
    for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
      for (const edge of this.out(here)) {
        const next = held[edge]!;
        if (!marks[next] && !without.has(edge)) {
          marks[next] = 1;
          waiting.push(next);
        }
      }
    }
    return marks;
  }
}

const newest = new WeakMap<Recording, { version: number; graph: Graph }>();

/** The graph at an event; the newest of each recording is kept, for several ask about one moment. */
export function graphAt(r: Recording, event: number): Graph {
  const kept = newest.get(r);
  if (kept && kept.version === r.version && kept.graph.event === event) return kept.graph;
  const graph = new Graph(r, event);
  newest.set(r, { version: r.version, graph });
  return graph;
}
