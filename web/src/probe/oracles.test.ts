/**
 * The live graph against what it must be: references against the function through
 * which the collector visits an object, islands against the collector's own rule,
 * at every statement of programs made at random.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { define } from "./cfunction";
import { type Node, OBJECT } from "./node";
import type { Recording } from "./recording";
import { isBuilt, type Started, start } from "./testing/interpreter";
import { program } from "./testing/programs";

const PROGRAMS = 10;
const STATEMENTS = 60;

describe.skipIf(!isBuilt)("the live graph", () => {
  let started: Started;
  let visited: number[] = [];
  let visitor = 0;
  let looks = 0;
  let wrong: string[] = [];

  beforeAll(async () => {
    started = await start();
    const { python, memory } = started;
    visitor = memory.module.addFunction((object) => {
      visited.push(object! >>> 0);
      return 0;
    }, "iii");
    const builtins: number = python.runPython("id(builtins)");
    const none: number = python.runPython("id(None)");
    define(memory, builtins, "check", none, () => {
      const recording = started.outside.recording;
      if (!recording?.on) return;
      recording.look(false);
      looks++;
      compareReferences(recording);
      compareIslands(recording);
    });
  }, 60_000);

  function visit(node: Node): number[] {
    visited = [];
    const traverse = started.memory.module.wasmTable.get(node.type.traverse) as unknown;
    if (node.type.way === "array") visited.push(started.memory.u32(node.at + 24));
    else (traverse as (o: number, v: number, d: number) => number)(node.at, visitor, 0);
    return visited;
  }

  /** An object and the dict that is its namespace are one: only they share their values. */
  function compareReferences({ graph }: Recording): void {
    const owners = new Map<Node, Node>();
    for (const node of graph.living)
      for (const edge of node.out)
        if (edge && !edge.over && edge.held.type.way === "dict")
          if (edge.name === "__dict__" || edge.held.namespaceOf === node)
            owners.set(edge.held, node);
    const units = new Map<Node, Node[]>();
    for (const node of graph.living) {
      const owner = owners.get(node) ?? node;
      units.set(owner, [...(units.get(owner) ?? []), node]);
    }
    for (const [owner, unit] of units) {
      if (unit.some((node) => node.namespaceOf?.isFrame)) continue;
      const untracked = (node: Node) =>
        !["array", "tuple"].includes(node.type.way) && started.memory.u32(node.at - 8) === 0;
      if (unit.some(untracked)) continue;
      const inner = new Set(unit.slice(unit[0] === owner ? 1 : 0));
      const truth = unit
        .flatMap(visit)
        .map((at) => graph.nodes.get(at))
        .filter((node) => node && node.serial !== 0 && !inner.has(node))
        .map((node) => node!.at)
        .sort();
      const found = unit
        .flatMap((node) => node.out)
        .filter((edge) => edge && !edge.over && edge.strength === "strong")
        .filter((edge) => edge!.manner === OBJECT && edge!.held.serial !== 0)
        .filter((edge) => !inner.has(edge!.held))
        .map((edge) => edge!.held.at)
        .sort();
      if (truth.join() !== found.join())
        wrong.push(`${owner.type.name}: ${truth.join()} and not ${found.join()}`);
    }
  }

  function compareIslands({ graph, islands }: Recording): void {
    const reached = new Set<Node>();
    const todo = [...graph.living].filter(
      (node) => started.memory.u32(node.at) - node.strong[OBJECT] > 0,
    );
    for (let node = todo.pop(); node; node = todo.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      for (const edge of node.out)
        if (edge && !edge.over && edge.strength === "strong") todo.push(edge.held);
    }
    const truth = [...graph.living].filter((node) => !reached.has(node));
    const name = (node: Node) => `${node.type.name}@${node.at}`;
    const missing = truth.filter((node) => !islands.stranded.has(node)).map(name);
    const extra = [...islands.stranded].filter((node) => !truth.includes(node)).map(name);
    if (missing.length || extra.length)
      wrong.push(`islands: missing ${missing.join()}, too many ${extra.join()}`);
  }

  it("is allowed to look", () => {
    expect(started.refused).toBe("");
  });

  it.each(Array.from({ length: PROGRAMS }, (_, seed) => seed))(
    "is right at every statement of program %i",
    (seed) => {
      looks = 0;
      wrong = [];
      const end = started.record(program(seed, STATEMENTS, "check()\n"));
      expect([end.traceback, end.limit, end.status]).toEqual([null, null, "finished"]);
      expect(looks).toBe(STATEMENTS);
      expect(wrong.slice(0, 3)).toEqual([]);
    },
    30_000,
  );
});
