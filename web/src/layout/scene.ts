/**
 * What is drawn at one instant: the living, the dead of this step, the names and
 * references between them, the islands. Values only; graph.tsx makes shapes of it.
 */
import { billOf, type Holder, holdersOf, isFrame, namesOf } from "../trace/holders";
import { isShown, type Recording, upTo } from "../trace/recording";
import {
  bytesOf,
  countOf,
  edgesFrom,
  isAlive,
  islandOf,
  labelOf,
  startOfStep,
} from "../trace/replay";
import type { Names } from "./names";
import type { Seats } from "./seats";

export interface Node {
  readonly object: number;
  readonly kind: "variable" | "parameter" | "function" | "array" | "instance";
  readonly type: string;
  readonly label: string;
  readonly number: number;
  readonly names: readonly string[];
  readonly count: number;
  readonly bytes: number;
  readonly state: "alive" | "unreachable" | "dead";
  /** Order of the fall among this step's dead, from 1; 0 for the living. */
  readonly fell: number;
}
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly weak: boolean;
  readonly dead: boolean;
  /** Number in the itemised bill of the chosen object, or 0. */
  readonly item: number;
}
export interface Thread {
  readonly box: number;
  readonly name: string;
  readonly to: number;
  readonly weak: boolean;
  readonly item: number;
}
/** A reference from what is neither drawn nor a frame: a closure, a generator, an exception. */
export interface Stub {
  readonly to: number;
  readonly text: string;
  readonly weak: boolean;
  readonly item: number;
}
export interface Island {
  readonly island: number;
  readonly members: number[];
  /** Members of drawn kinds, whether they have a seat or not. */
  readonly size: number;
}
export interface Scene {
  readonly nodes: Node[];
  readonly lines: Line[];
  readonly threads: Thread[];
  readonly stubs: Stub[];
  /** Cells of names that are weak references whose target died. */
  readonly deadNames: { box: number; name: string }[];
  readonly islands: Island[];
  /** Islands that gave their seats away: how many, their objects and bytes. */
  readonly shelf: { islands: number; objects: number; bytes: number };
  readonly diedHere: number;
  readonly temporaries: number;
  readonly diedEarlier: number;
  readonly living: Record<"variable" | "function" | "array" | "instance", number>;
  readonly notDrawn: number;
}

/** More shapes than this are no picture any more, and too much work for one frame. */
const DRAWN = 300;

export function sceneAt(
  r: Recording,
  seats: Seats,
  names: Names,
  step: number,
  event: number,
  selected: number | null,
): Scene {
  const after = startOfStep(r, step);
  const living = { variable: 0, function: 0, array: 0, instance: 0 };
  const alive: number[] = [];
  const lost = new Map<number, number[]>();
  let unseated = 0;
  let diedEarlier = 0;
  for (const object of r.shown) {
    if (r.objects.born[object]! > event) break;
    if (r.objects.died[object]! <= event) {
      if (r.objects.died[object]! <= after) diedEarlier++;
      continue;
    }
    const kind = r.objects.kind[object]!;
    living[kind === "parameter" ? "variable" : (kind as keyof typeof living)]++;
    const island = islandOf(r, object, event);
    if (island >= 0) {
      const members = lost.get(island) ?? [];
      lost.set(island, members);
      members.push(object);
    } else if (seats.of.has(object) && alive.length < DRAWN) alive.push(object);
    else unseated++;
  }
  const { dead, diedHere, temporaries } = deadOf(r, seats, after, event);
  const taken = new Set([...alive, ...dead].map((object) => cellOf(seats, object)));
  const { islands, drawn, shelf } = islandsOf(r, seats, lost, taken, event);
  const shown = new Set([...alive, ...drawn]);
  const nodes = [
    ...dead.map((object) => node(r, object, after, "dead", dead.indexOf(object) + 1)),
    ...[...shown].map((object) =>
      node(r, object, event, islandOf(r, object, event) >= 0 ? "unreachable" : "alive", 0),
    ),
  ];
  const { lines, threads, stubs } = references(r, names, shown, event, selected);
  return {
    nodes,
    lines: [...linesOfDead(r, dead, after), ...lines],
    threads,
    stubs,
    deadNames: deadNamesAt(r, names, event),
    islands,
    shelf,
    diedHere,
    temporaries,
    diedEarlier,
    living,
    notDrawn: unseated,
  };
}

const cellOf = (seats: Seats, object: number): string => {
  const seat = seats.of.get(object)!;
  return `${seat.column} ${seat.row} ${seat.side ?? ""}`;
};

function node(
  r: Recording,
  object: number,
  event: number,
  state: Node["state"],
  fell: number,
): Node {
  return {
    object,
    kind: r.objects.kind[object] as Node["kind"],
    type: r.objects.type[object]!,
    label: labelOf(r, object),
    number: r.objects.number[object]!,
    names: state === "dead" ? [] : namesOf(r, object, event),
    count: state === "dead" ? 0 : countOf(r, object, event).count,
    bytes: bytesOf(r, object),
    state,
    fell,
  };
}

/** The dead of the step up to the event, in the order in which they fell. */
function deadOf(r: Recording, seats: Seats, after: number, event: number) {
  const dead: number[] = [];
  let diedHere = 0;
  let temporaries = 0;
  for (let row = upTo(r.deaths.event, after); row < upTo(r.deaths.event, event); row++) {
    const object = r.deaths.object[row]!;
    if (!isShown(r.objects.kind[object]!)) continue;
    diedHere++;
    // What lived only within the line was never seen at its seat.
    if (r.objects.born[object]! > after) temporaries++;
    else if (seats.of.has(object) && dead.length < DRAWN) dead.push(object);
  }
  return { dead, diedHere, temporaries };
}

/** Newest islands first, as long as their seats are their own; the others go on the shelf. */
function islandsOf(
  r: Recording,
  seats: Seats,
  lost: Map<number, number[]>,
  taken: Set<string>,
  event: number,
) {
  const islands: Island[] = [];
  const drawn: number[] = [];
  const shelf = { islands: 0, objects: 0, bytes: 0 };
  const newest = [...lost].sort(([a], [b]) => r.islands.from[b]! - r.islands.from[a]! || b - a);
  for (const [island, members] of newest) {
    const seated = members.filter((object) => seats.of.has(object));
    const cells = seated.map((object) => cellOf(seats, object));
    const fits =
      seated.length > 0 &&
      drawn.length + seated.length <= DRAWN &&
      !cells.some((cell) => taken.has(cell));
    if (fits) {
      for (const cell of cells) taken.add(cell);
      drawn.push(...seated);
      islands.push({ island, members: seated, size: members.length });
    } else {
      shelf.islands++;
      shelf.objects += members.length;
      for (const object of members) {
        if (isAlive(r, object, event)) shelf.bytes += bytesOf(r, object);
      }
    }
  }
  return { islands, drawn, shelf };
}

/** References that hold at the event and end at something drawn. */
function references(
  r: Recording,
  names: Names,
  shown: Set<number>,
  event: number,
  selected: number | null,
) {
  const lines: Line[] = [];
  const threads: Thread[] = [];
  const stubs: Stub[] = [];
  for (const object of shown) {
    const bill = object === selected ? billOf(r, object, event).map(({ edge }) => edge) : [];
    for (const by of holdersOf(r, object, event)) {
      const item = bill.indexOf(by.edge) + 1;
      place(r, names, shown, object, by, item, { lines, threads, stubs });
    }
  }
  return { lines, threads, stubs };
}

function place(
  r: Recording,
  names: Names,
  shown: Set<number>,
  to: number,
  by: Holder,
  item: number,
  out: { lines: Line[]; threads: Thread[]; stubs: Stub[] },
): void {
  const weak = by.strength !== "strong";
  if (isFrame(r, by.holder)) {
    const box = names.boxOf.get(by.holder);
    const name = firstName(by.path);
    if (box !== undefined) out.threads.push({ box, name, to, weak, item });
  } else if (shown.has(by.holder)) {
    out.lines.push({ from: by.holder, to, path: by.path, weak, dead: false, item });
  } else if (!isShown(r.objects.kind[by.holder]!) || item) {
    out.stubs.push({ to, text: labelOf(r, by.holder), weak, item });
  }
}

/** `losses[2]` hangs from the cell of the name `losses`. */
const firstName = (path: string): string => /^[^[.]+/.exec(path)?.[0] ?? path;

/** What the dead of a step held of each other just before it. */
function linesOfDead(r: Recording, dead: number[], before: number): Line[] {
  const fallen = new Set(dead);
  const lines: Line[] = [];
  for (const to of dead) {
    for (const by of holdersOf(r, to, before)) {
      if (!fallen.has(by.holder)) continue;
      const weak = by.strength !== "strong";
      lines.push({ from: by.holder, to, path: by.path, weak, dead: true, item: 0 });
    }
  }
  return lines;
}

function deadNamesAt(r: Recording, names: Names, event: number) {
  const found: { box: number; name: string }[] = [];
  for (const [frame, box] of names.boxOf) {
    if (!isAlive(r, frame, event)) continue;
    for (const edge of edgesFrom(r, frame, event)) {
      const held = r.edges.held[edge]!;
      if (r.objects.kind[held] !== "weakref") continue;
      const ended = r.objects.holds[held]!.some((e) => r.edges.from[e]! <= event);
      if (ended && edgesFrom(r, held, event).length === 0) {
        found.push({ box, name: r.edges.name[edge]! });
      }
    }
  }
  return found;
}
