/** A chunk's rows, checked and appended: deltas undone, intervals closed, indexes kept. */
import { absolute, damaged, natural, place, reference, rows, scalar, textual, word } from "./check";
import type { Chunk } from "./format";
import { isShown, OPEN, type Recording } from "./recording";
import { type Change, extend } from "./totals";
import { CAUSES, KINDS, STREAMS, STRENGTHS, TRIGGERS } from "./words";

/** Tables in the order in which they name each other; deaths last, for they close edges. */
export function appendChunk(r: Recording, chunk: Chunk): void {
  const start = natural("start", chunk.start);
  if (chunk.limit !== undefined) r.limit = textual("limit", chunk.limit);
  for (const text of chunk.strings ?? []) r.strings.push(textual("strings", text));
  appendPlaces(r, chunk);
  appendObjects(r, chunk, start);
  appendBuffers(r, chunk, start);
  appendArrays(r, chunk);
  const ended: number[] = [];
  appendEdges(r, chunk, start, ended);
  appendCollections(r, chunk, start);
  const deaths = appendDeaths(r, chunk, start, ended);
  appendEnded(r, ended);
  appendIslands(r, chunk, start);
  appendMarks(r, chunk, start);
  extend(r.living, births(r, chunk), deaths);
}

const text = (r: Recording, what: string, value: unknown): string =>
  r.strings[place(what, value, r.strings.length)]!;

function appendPlaces(r: Recording, { files, locations, stacks, steps, start }: Chunk): void {
  if (files) {
    const n = rows("files", files);
    for (let i = 0; i < n; i++) {
      const body = reference("files.text", files.text[i], r.strings.length);
      r.files.name.push(text(r, "files.name", files.name[i]));
      r.files.text.push(body < 0 ? null : r.strings[body]!);
    }
  }
  if (locations) {
    const n = rows("locations", locations);
    for (let i = 0; i < n; i++) {
      r.locations.file.push(place("locations.file", locations.file[i], r.files.name.length));
      r.locations.function.push(text(r, "locations.function", locations.function[i]));
      r.locations.line.push(natural("locations.line", locations.line[i]));
      r.locations.steps.push([]);
    }
  }
  if (stacks) {
    const n = rows("stacks", stacks);
    for (let i = 0; i < n; i++) {
      r.stacks.location.push(place("stacks.location", stacks.location[i], r.locations.line.length));
      // A parent stands before its child, so walking up a stack always ends.
      r.stacks.parent.push(reference("stacks.parent", stacks.parent[i], r.stacks.parent.length));
    }
  }
  if (steps) {
    const n = rows("steps", steps);
    const last = absolute("steps.last", steps.last, start);
    for (let i = 0; i < n; i++) {
      const location = place("steps.location", steps.location[i], r.locations.line.length);
      r.locations.steps[location]!.push(r.steps.last.length);
      r.steps.location.push(location);
      r.steps.depth.push(natural("steps.depth", steps.depth[i]));
      r.steps.last.push(last[i]!);
    }
  }
}

/** The list of most objects in most indexes: one for all of them, which nobody writes to. */
const NONE: number[] = [];

function add(lists: number[][], object: number, row: number): void {
  if (lists[object] === NONE) lists[object] = [row];
  else lists[object]!.push(row);
}

function appendObjects(r: Recording, { objects, attributes }: Chunk, start: number): void {
  const o = r.objects;
  if (objects) {
    const n = rows("objects", objects);
    const born = absolute("objects.event", objects.event, start);
    for (let i = 0; i < n; i++) {
      const type = text(r, "objects.type", objects.type[i]);
      const number = (r.ofType.get(type) ?? 0) + 1;
      r.ofType.set(type, number);
      const kind = word("objects.kind", objects.kind[i], KINDS);
      if (isShown(kind)) r.shown.push(o.born.length);
      if (kind === "frame" || kind === "module") r.frames.push(o.born.length);
      o.born.push(born[i]!);
      o.died.push(OPEN);
      o.kind.push(kind);
      o.type.push(type);
      o.number.push(number);
      o.stack.push(reference("objects.stack", objects.stack[i], r.stacks.parent.length));
      o.death.push(-1);
      o.array.push(-1);
      o.held.push(NONE);
      o.holds.push(NONE);
      o.counts.push(NONE);
      o.islands.push(NONE);
    }
  }
  if (attributes) {
    const n = rows("attributes", attributes);
    const event = absolute("attributes.event", attributes.event, start);
    for (let i = 0; i < n; i++) {
      const object = place("attributes.object", attributes.object[i], o.born.length);
      const name = text(r, "attributes.name", attributes.name[i]);
      const value = scalar("attributes.value", attributes.value[i]);
      r.attributes.event.push(event[i]!);
      r.attributes.object.push(object);
      r.attributes.name.push(name);
      r.attributes.value.push(value);
      if (name === "arguments" && o.kind[object] === "frame") {
        r.argumentsOf.set(object, String(value).split(","));
      }
    }
  }
}

function appendBuffers(r: Recording, { buffers, frees }: Chunk, start: number): void {
  const added: Change[] = [];
  const removed: Change[] = [];
  if (buffers) {
    const n = rows("buffers", buffers);
    const born = absolute("buffers.event", buffers.event, start);
    for (let i = 0; i < n; i++) {
      const nbytes = natural("buffers.nbytes", buffers.nbytes[i]);
      r.buffers.born.push(born[i]!);
      r.buffers.freed.push(OPEN);
      r.buffers.owner.push(reference("buffers.owner", buffers.owner[i], r.objects.born.length));
      r.buffers.nbytes.push(nbytes);
      added.push([born[i]!, nbytes]);
    }
  }
  if (frees) {
    const n = rows("frees", frees);
    const event = absolute("frees.event", frees.event, start);
    for (let i = 0; i < n; i++) {
      const buffer = place("frees.buffer", frees.buffer[i], r.buffers.born.length);
      if (r.buffers.freed[buffer] !== OPEN) throw damaged(`buffer ${buffer} is freed twice`);
      r.buffers.freed[buffer] = event[i]!;
      removed.push([event[i]!, -r.buffers.nbytes[buffer]!]);
    }
  }
  extend(r.bytes, added, removed);
}

function appendArrays(r: Recording, { arrays }: Chunk): void {
  if (!arrays) return;
  const n = rows("arrays", arrays);
  for (let i = 0; i < n; i++) {
    const object = place("arrays.object", arrays.object[i], r.objects.born.length);
    r.objects.array[object] = r.arrays.object.length;
    r.arrays.object.push(object);
    r.arrays.shape.push((arrays.shape[i] ?? []).map((side) => natural("arrays.shape", side)));
    r.arrays.dtype.push(text(r, "arrays.dtype", arrays.dtype[i]));
    r.arrays.buffer.push(reference("arrays.buffer", arrays.buffer[i], r.buffers.born.length));
  }
}

function appendEdges(
  r: Recording,
  { edges, drops, counts }: Chunk,
  start: number,
  ended: number[],
): void {
  const o = r.objects;
  if (edges) {
    const n = rows("edges", edges);
    const from = absolute("edges.event", edges.event, start);
    for (let i = 0; i < n; i++) {
      const holder = place("edges.holder", edges.holder[i], o.born.length);
      const held = place("edges.held", edges.held[i], o.born.length);
      const edge = r.edges.from.length;
      r.edges.from.push(from[i]!);
      r.edges.to.push(OPEN);
      r.edges.holder.push(holder);
      r.edges.held.push(held);
      r.edges.name.push(text(r, "edges.name", edges.name[i]));
      r.edges.strength.push(word("edges.strength", edges.strength[i], STRENGTHS));
      add(o.holds, holder, edge);
      add(o.held, held, edge);
    }
  }
  if (drops) {
    const n = rows("drops", drops);
    const event = absolute("drops.event", drops.event, start);
    for (let i = 0; i < n; i++) {
      const edge = place("drops.edge", drops.edge[i], r.edges.from.length);
      close(r, edge, event[i]!, ended);
    }
  }
  if (counts) {
    const n = rows("counts", counts);
    const event = absolute("counts.event", counts.event, start);
    for (let i = 0; i < n; i++) {
      const object = place("counts.object", counts.object[i], o.born.length);
      add(o.counts, object, r.counts.event.length);
      r.counts.object.push(object);
      r.counts.event.push(event[i]!);
      r.counts.count.push(natural("counts.count", counts.count[i]));
      r.counts.weak.push(natural("counts.weak", counts.weak[i]));
      r.counts.unexplained.push(
        place("counts.unexplained", counts.unexplained[i], Number.MAX_SAFE_INTEGER, -1),
      );
    }
  }
}

function appendCollections(r: Recording, { collections }: Chunk, start: number): void {
  if (!collections) return;
  const n = rows("collections", collections);
  const event = absolute("collections.event", collections.event, start);
  for (let i = 0; i < n; i++) {
    r.collections.event.push(event[i]!);
    r.collections.start.push(natural("collections.start", collections.start[i]));
    r.collections.stack.push(
      reference("collections.stack", collections.stack[i], r.stacks.parent.length),
    );
    r.collections.generation.push(natural("collections.generation", collections.generation[i]));
    r.collections.trigger.push(word("collections.trigger", collections.trigger[i], TRIGGERS));
    r.collections.collected.push(natural("collections.collected", collections.collected[i]));
  }
}

function close(r: Recording, edge: number, event: number, ended: number[]): void {
  if (r.edges.to[edge]! <= event) return;
  r.edges.to[edge] = event;
  ended.push(edge);
}

function appendEnded(r: Recording, ended: number[]): void {
  ended.sort((a, b) => r.edges.to[a]! - r.edges.to[b]!);
  for (const edge of ended) {
    r.ended.event.push(r.edges.to[edge]!);
    r.ended.edge.push(edge);
  }
}

function appendDeaths(r: Recording, { deaths }: Chunk, start: number, ended: number[]): Change[] {
  const changes: Change[] = [];
  if (!deaths) return changes;
  const n = rows("deaths", deaths);
  const event = absolute("deaths.event", deaths.event, start);
  const o = r.objects;
  for (let i = 0; i < n; i++) {
    const object = place("deaths.object", deaths.object[i], o.born.length);
    if (o.died[object] !== OPEN) throw damaged(`object ${object} dies twice`);
    o.died[object] = event[i]!;
    o.death[object] = r.deaths.event.length;
    for (const edge of o.held[object]!) close(r, edge, event[i]!, ended);
    for (const edge of o.holds[object]!) close(r, edge, event[i]!, ended);
    r.deaths.event.push(event[i]!);
    r.deaths.object.push(object);
    r.deaths.stack.push(reference("deaths.stack", deaths.stack[i], r.stacks.parent.length));
    r.deaths.cause.push(word("deaths.cause", deaths.cause[i], CAUSES));
    r.deaths.edge.push(reference("deaths.edge", deaths.edge[i], r.edges.from.length));
    // A collection is written when it ends, which may be after the deaths it caused.
    r.deaths.collection.push(
      reference("deaths.collection", deaths.collection[i], Number.MAX_SAFE_INTEGER),
    );
    if (isShown(o.kind[object]!)) {
      changes.push([event[i]!, -1]);
      r.falls.push(event[i]!);
    }
  }
  return changes;
}

function appendIslands(r: Recording, { islands, sinkings }: Chunk, start: number): void {
  if (islands) {
    const n = rows("islands", islands);
    const event = absolute("islands.event", islands.event, start);
    for (let i = 0; i < n; i++) {
      const members = (islands.members[i] ?? []).map((member) =>
        place("islands.members", member, r.objects.born.length),
      );
      for (const member of members) add(r.objects.islands, member, r.islands.from.length);
      r.islands.from.push(event[i]!);
      r.islands.to.push(OPEN);
      r.islands.members.push(members);
    }
  }
  if (sinkings) {
    const n = rows("sinkings", sinkings);
    const event = absolute("sinkings.event", sinkings.event, start);
    for (let i = 0; i < n; i++) {
      r.islands.to[place("sinkings.island", sinkings.island[i], r.islands.from.length)] = event[i]!;
    }
  }
}

function appendMarks(r: Recording, { output }: Chunk, start: number): void {
  if (!output) return;
  const n = rows("output", output);
  const event = absolute("output.event", output.event, start);
  for (let i = 0; i < n; i++) {
    r.output.event.push(event[i]!);
    r.output.stream.push(word("output.stream", output.stream[i], STREAMS));
    r.output.text.push(textual("output.text", output.text[i]));
  }
}

function births(r: Recording, { objects }: Chunk): Change[] {
  const first = r.objects.born.length - (objects?.event.length ?? 0);
  const changes: Change[] = [];
  for (let i = first; i < r.objects.born.length; i++) {
    if (isShown(r.objects.kind[i]!)) changes.push([r.objects.born[i]!, 1]);
  }
  return changes;
}
