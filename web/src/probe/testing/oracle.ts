/**
 * What the live graph must be: references as the function tells them through which
 * the collector visits an object, islands by the collector's own rule.
 */
import type { PyodideInterface } from "pyodide";
import { define } from "../cfunction";
import type { Memory } from "../memory";
import { type Node, OBJECT } from "../node";
import type { Outside } from "../outside";
import type { Recording } from "../recording";

/** Compares at each call of `check()`, a builtin function of the programs. */
export class Oracle {
  looks = 0;
  /** Where the graph was not what it must be. */
  wrong: string[] = [];
  #visited: number[] = [];
  #visitor: number;

  constructor(
    python: PyodideInterface,
    private readonly memory: Memory,
    outside: Outside,
  ) {
    this.#visitor = memory.module.addFunction((object) => {
      this.#visited.push(object! >>> 0);
      return 0;
    }, "iii");
    const builtins: number = python.runPython("import builtins; id(builtins)");
    const none: number = python.runPython("id(None)");
    define(memory, builtins, "check", none, () => {
      const { recording } = outside;
      if (!recording?.on) return;
      recording.look(false);
      this.looks++;
      this.#compareReferences(recording);
      this.#compareIslands(recording);
    });
  }

  clear(): void {
    this.looks = 0;
    this.wrong = [];
  }

  #visit(node: Node): number[] {
    const { memory } = this;
    this.#visited = [];
    const traverse = memory.module.wasmTable.get(node.type.traverse) as unknown;
    if (node.type.way === "array") this.#visited.push(memory.u32(node.at + 24));
    else (traverse as (o: number, v: number, d: number) => number)(node.at, this.#visitor, 0);
    return this.#visited;
  }

  /** An object and the dict that is its namespace are one: only they share their values. */
  #compareReferences({ graph }: Recording): void {
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
        !["array", "tuple"].includes(node.type.way) && this.memory.u32(node.at - 8) === 0;
      if (unit.some(untracked)) continue;
      const inner = new Set(unit.slice(unit[0] === owner ? 1 : 0));
      const truth = unit
        .flatMap((node) => this.#visit(node))
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
        this.wrong.push(`${owner.type.name}: ${truth.join()} and not ${found.join()}`);
    }
  }

  #compareIslands({ graph, islands }: Recording): void {
    const reached = new Set<Node>();
    const todo = [...graph.living].filter(
      (node) => this.memory.u32(node.at) - node.strong[OBJECT] > 0,
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
      this.wrong.push(`islands: missing ${missing.join()}, too many ${extra.join()}`);
  }
}
