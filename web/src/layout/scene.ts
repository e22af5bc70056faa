/**
 * What is drawn at one instant: the living, the dead of this step, the names and
 * references between them, the islands. Values only; graph.tsx makes shapes of it.
 * The work is that of what is drawn, not of what there is.
 */
import { type Recording, upTo } from "../trace/recording";
import { startOfStep } from "../trace/replay";
import { Cast } from "./cast";
import { type Coast, islandsAt } from "./islands";
import type { Layout } from "./layout";
import {
  deadNamesAt,
  type Line,
  linesOfDead,
  references,
  type Stub,
  type Thread,
} from "./references";
import { type Drawn, livingAt, lostAt } from "./totals";

export interface Node {
  /** Serial of the object; below 0 for a fold of many. */
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
  readonly fold: FoldNode | null;
}
/** Of a node that stands for many. */
export interface FoldNode {
  /** What opens it. */
  readonly key: string;
  readonly objects: number;
  /** Groups in a pile; 0 for a stack of objects that are alike. */
  readonly groups: number;
  /** Some of the objects. */
  readonly members: readonly number[];
}
export interface Scene {
  readonly nodes: Node[];
  readonly lines: Line[];
  readonly threads: Thread[];
  readonly stubs: Stub[];
  /** Cells of names that are weak references whose target died. */
  readonly deadNames: { box: number; name: string }[];
  readonly islands: Coast[];
  /** Islands that gave their seats away: how many, their objects and bytes. */
  readonly shelf: { islands: number; objects: number; bytes: number };
  readonly diedHere: number;
  readonly temporaries: number;
  readonly diedEarlier: number;
  readonly living: Record<Drawn, number>;
  readonly notDrawn: number;
}

export function sceneAt(
  r: Recording,
  { seats, names, census }: Layout,
  step: number,
  event: number,
  selected: number | null,
): Scene {
  const after = startOfStep(r, step);
  const living = livingAt(census, event);
  const all = living.variable + living.function + living.array + living.instance;
  const cast = new Cast(r, seats, event);
  cast.addLiving();
  cast.addPiles();
  cast.addDead(after);
  const islands = islandsAt(r, seats, cast.taken, event, cast.room);
  for (const { members } of islands) cast.addIsland(members);
  const lost = lostAt(census, event);
  const { lines, threads, stubs } = references(r, seats, names, cast.nodes, event, selected);
  return {
    nodes: cast.nodes,
    lines: [...linesOfDead(r, seats, cast.fallen, after), ...lines],
    threads,
    stubs,
    deadNames: deadNamesAt(r, names, event),
    islands,
    shelf: {
      islands: lost.islands - islands.length,
      objects: lost.objects - islands.reduce((sum, { size }) => sum + size, 0),
      bytes: lost.bytes - islands.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    diedHere: cast.diedHere,
    temporaries: cast.temporaries,
    diedEarlier: upTo(r.falls, after),
    living,
    notDrawn: all - lost.objects - cast.told,
  };
}
