import { describe, expect, it } from "vitest";
import { readTrace } from "../trace/decode";
import type { Chunk, Trace } from "../trace/format";
import type { Recording } from "../trace/recording";
import { endOfStep, isAlive, islandOf, startOfStep, stepCount } from "../trace/replay";
import { sampleTrace } from "../trace/sample";
import { namesIn } from "./names";
import { sceneAt } from "./scene";
import { type Seats, seatsOf } from "./seats";

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

/** Two that are alive at the same time, and reachable, never share a seat. */
function expectApart(r: Recording, seats: Seats): void {
  for (let step = 0; step < stepCount(r); step++) {
    const event = endOfStep(r, step);
    const taken = new Map<string, number>();
    for (const object of r.shown) {
      const seat = seats.of.get(object);
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

  it("keep an array beside its Variable, and an island apart from nobody", () => {
    const r = readTrace(JSON.stringify(sampleTrace()));
    const seats = seatsOf(r);
    expectApart(r, seats);
    expect(seats.of.get(1)).toMatchObject({ side: 0, row: seats.of.get(2)!.row });
  });
});

describe("scene", () => {
  const r = readTrace(JSON.stringify(sampleTrace()));
  const seats = seatsOf(r);
  const names = namesIn(r, seats);
  const at = (step: number) => sceneAt(r, seats, names, step, endOfStep(r, step), 2);

  it("hangs the living from their names, weak references dashed", () => {
    const { nodes, threads, lines } = at(1);
    expect(nodes.map((n) => [n.label, n.state])).toEqual([
      ["ndarray#1", "alive"],
      ["Variable#1", "alive"],
    ]);
    expect(threads.map((t) => [t.name, t.weak, t.item])).toEqual([
      ["a", false, 1],
      ["kept", false, 2],
      ["w", true, 0],
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

  it("puts older islands on the shelf when their seats are needed", () => {
    const big = loop(200, "stay");
    const s = seatsOf(big);
    const scene = sceneAt(big, s, namesIn(big, s), 399, endOfStep(big, 399), null);
    expect(scene.nodes.length).toBeLessThanOrEqual(300);
    expect(scene.nodes.length + scene.notDrawn).toBe(400);
  });
});
