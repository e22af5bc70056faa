import { describe, expect, it } from "vitest";
import { readTrace } from "../trace/decode";
import type { Chunk, Trace } from "../trace/format";
import type { Recording } from "../trace/recording";
import { endOfStep, isAlive, islandOf, startOfStep, stepCount } from "../trace/replay";
import { sampleTrace } from "../trace/sample";
import { layoutOf } from "./layout";
import { sceneAt } from "./scene";
import { type Seats, seatAt, seatsOf } from "./seats";

/** A loop whose every pass builds two Things in a row and lets the pair before go (or not). */
function loop(passes: number, lets: "go" | "stay"): Recording {
  const chunk: Chunk = {
    start: 0,
    strings: ["main.py", "<module>", "Thing", "x", "next"],
    files: { name: [0], text: [-1] },
    locations: { file: [0, 0], function: [1, 1], line: [1, 2] },
    stacks: { location: [1], parent: [-1] },
    steps: { location: [], depth: [], last: [] },
    objects: { event: [0], kind: ["module"], type: [1], stack: [-1] },
    edges: { event: [], holder: [], held: [], name: [], strength: [] },
    deaths: { event: [], object: [], stack: [], cause: [], edge: [], collection: [] },
  };
  const { steps, objects, edges, deaths } = chunk;
  let [event, lastStep, lastBirth, lastEdge, lastDeath] = [0, 0, 0, 0, 0];
  const step = (location: number) => {
    steps!.location.push(location);
    steps!.depth.push(0);
    steps!.last.push(event - lastStep);
    lastStep = event;
  };
  const birth = () => {
    objects!.event.push(++event - lastBirth);
    lastBirth = event;
    objects!.kind.push("instance");
    objects!.type.push(2);
    objects!.stack.push(0);
    return objects!.event.length - 1;
  };
  const edge = (holder: number, held: number, name: number) => {
    edges!.event.push(++event - lastEdge);
    lastEdge = event;
    edges!.holder.push(holder);
    edges!.held.push(held);
    edges!.name.push(name);
    edges!.strength.push("strong");
  };
  const death = (object: number) => {
    deaths!.event.push(++event - lastDeath);
    lastDeath = event;
    deaths!.object.push(object);
    deaths!.stack.push(0);
    deaths!.cause.push("rebound");
    deaths!.edge.push(-1);
    deaths!.collection.push(-1);
  };
  let old: number[] = [];
  for (let pass = 0; pass < passes; pass++) {
    step(0);
    const [a, b] = [birth(), birth()];
    edge(a, b, 4);
    edge(0, a, 3);
    if (lets === "go") old.forEach(death);
    old = [a, b];
    step(1);
  }
  const trace: Trace = { ...sampleTrace(), chunks: [chunk] };
  trace.end.event = event;
  return readTrace(JSON.stringify(trace));
}

/** One Thing that holds many Leaves, all made by one line. */
function star(leaves: number): Recording {
  const each = Array.from({ length: leaves }, (_, i) => i);
  const chunk: Chunk = {
    start: 0,
    strings: ["main.py", "<module>", "Thing", "Leaf", "x", "part"],
    files: { name: [0], text: [-1] },
    locations: { file: [0], function: [1], line: [1] },
    stacks: { location: [0], parent: [-1] },
    steps: { location: [0], depth: [0], last: [10] },
    objects: {
      event: [1, 0, ...each.map(() => 0)],
      kind: ["module", "instance", ...each.map(() => "instance" as const)],
      type: [1, 2, ...each.map(() => 3)],
      stack: [-1, 0, ...each.map(() => 0)],
    },
    edges: {
      event: [2, ...each.map(() => 0)],
      holder: [0, ...each.map(() => 1)],
      held: [1, ...each.map((i) => i + 2)],
      name: [4, ...each.map(() => 5)],
      strength: ["strong", ...each.map(() => "strong" as const)],
    },
  };
  return readTrace(JSON.stringify({ ...sampleTrace(), chunks: [chunk] }));
}

/** Two that are alive at the same time, and reachable, never share a seat. */
function expectApart(r: Recording, seats: Seats): void {
  for (let step = 0; step < stepCount(r); step++) {
    const event = endOfStep(r, step);
    const taken = new Map<string, number>();
    for (const object of r.shown) {
      const seat = seatAt(seats, object, event);
      const here =
        isAlive(r, object, event) ||
        (r.objects.born[object]! <= startOfStep(r, step) &&
          r.objects.died[object]! > startOfStep(r, step));
      if (!seat || !here || islandOf(r, object, event) >= 0) continue;
      const place = `${seat.column} ${seat.row} ${seat.side}`;
      expect(taken.get(place), `step ${step}, seat ${place}`).toBeUndefined();
      taken.set(place, object);
    }
  }
}

describe("seats", () => {
  it("alternate between two decks where the old graph dies as the new one comes", () => {
    const r = loop(10, "go");
    const seats = seatsOf(r);
    expectApart(r, seats);
    expect(seats.columns).toBe(1);
    const tops = r.shown.filter((_, i) => i % 2 === 0).map((o) => seats.of.get(o)!.row);
    expect(new Set(tops).size).toBe(2);
    expect(tops[0]).toBe(tops[2]);
  });

  it("are all taken by what stays, and the holder sits above the held", () => {
    const r = loop(10, "stay");
    const seats = seatsOf(r);
    expectApart(r, seats);
    for (let i = 0; i < r.shown.length; i += 2) {
      const [top, below] = [seats.of.get(r.shown[i]!)!, seats.of.get(r.shown[i + 1]!)!];
      expect([below.column, below.row]).toEqual([top.column, top.row + 1]);
    }
  });

  it("are below each other before they go on to the right", () => {
    const seats = seatsOf(loop(16, "stay"));
    expect(seats.columns).toBe(3);
    expect(seats.rows).toBe(12);
  });

  it("of what one object holds go on in the next row where they would be wider than the pane", () => {
    const leaves = 9;
    const r = star(leaves);
    for (const [narrow, columns, rows] of [
      [false, 4, 4],
      [true, 2, 6],
    ] as const) {
      const { seats } = layoutOf(r, new Set(), narrow);
      expectApart(r, seats);
      expect([seats.columns, seats.rows], `narrow: ${narrow}`).toEqual([columns, rows]);
      const hub = seats.of.get(1)!;
      for (let leaf = 2; leaf < leaves + 2; leaf++)
        expect(seats.of.get(leaf)!.row).toBeGreaterThan(hub.row);
    }
  });

  it("keep an array beside its Variable, and an island apart from nobody", () => {
    const r = readTrace(JSON.stringify(sampleTrace()));
    const seats = seatsOf(r);
    expectApart(r, seats);
    expect(seats.of.get(1)).toMatchObject({ side: 0, row: seats.of.get(2)!.row });
  });
});

describe("scene", () => {
  const r = readTrace(JSON.stringify(sampleTrace()));
  const layout = layoutOf(r);
  const at = (step: number) => sceneAt(r, layout, step, endOfStep(r, step), 2);

  it("hangs the living from their names, weak references dashed", () => {
    const { nodes, threads, lines } = at(1);
    expect(nodes.map((n) => [n.label, n.state])).toEqual([
      ["ndarray#1", "alive"],
      ["Variable#1", "alive"],
    ]);
    expect(threads.map((t) => [t.name, t.weak, t.items])).toEqual([
      ["a", false, [1]],
      ["kept", false, [2]],
      ["w", true, []],
    ]);
    expect(lines.map((l) => [l.path, l.from, l.to])).toEqual([["data", 2, 1]]);
  });

  it("shows the dead of the step in the order of their fall, and the island", () => {
    const scene = at(2);
    expect(scene.nodes.filter((n) => n.fell).map((n) => [n.label, n.fell])).toEqual([
      ["Variable#1", 1],
      ["ndarray#1", 2],
    ]);
    expect(scene.deadNames).toEqual([{ box: 0, name: "w" }]);
    expect(scene.islands).toHaveLength(1);
    expect(scene.islands[0]!.size).toBe(2);
  });

  it("says what fell before only as a number", () => {
    const scene = at(3);
    expect(scene.diedEarlier).toBe(2);
    expect(scene.diedHere).toBe(2);
    expect(scene.living).toEqual({ variable: 0, function: 0, array: 0, instance: 0 });
  });

  it("piles up what stays when the newest needs its seats", () => {
    const big = loop(600, "stay");
    const at = (opened: string[], step: number) =>
      sceneAt(big, layoutOf(big, new Set(opened)), step, endOfStep(big, step), null);
    const scene = at([], 1199);
    const pile = scene.nodes.find(({ fold }) => fold)!;
    const alone = scene.nodes.length - 1;
    expect(alone).toBeLessThan(100);
    expect(pile.fold).toMatchObject({ objects: 1200 - alone, groups: 600 - alone / 2 });
    expect(scene.nodes.map(({ object }) => object)).toContain(1200);
    expect(scene.notDrawn).toBe(0);
    // What has no room yet is nowhere else.
    expect(at([], 1).nodes).toHaveLength(2);
    // A reader may open it, as far as it can be drawn.
    const open = at([pile.fold!.key], 1199);
    // As many as there are shapes, the newest of all, and how many are still in the pile.
    const shown = open.nodes.filter(({ fold }) => !fold).map(({ object }) => object);
    expect(shown.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, i) => 901 + i));
    expect(open.nodes.find(({ fold }) => fold)?.fold).toMatchObject({ objects: 900, groups: 450 });
    expect(open.notDrawn).toBe(0);
  });

  it("stacks what is alike in a group that is too large to be drawn", () => {
    const wide = star(500);
    const layout = layoutOf(wide);
    const scene = sceneAt(wide, layout, 0, endOfStep(wide, 0), 7);
    expect(scene.nodes.map((n) => [n.type, n.fold?.objects])).toEqual([
      ["Thing", undefined],
      ["Leaf", 500],
    ]);
    const [hub, stack] = scene.nodes;
    expect(scene.lines.map((l) => [l.from, l.to])).toContainEqual([hub!.object, stack!.object]);
    // The chosen one's bill is told, though its fold hides it.
    expect(scene.lines.filter((l) => l.items.includes(1))).toHaveLength(1);
  });
});
