/** A scene through the reader's lens: without hidden kinds, or only what is near. */
import type { Kind } from "../trace/format";
import type { Scene } from "./scene";

/** References that may lie between the chosen object and what is near it. */
const NEAR = 2;

export function seenThrough(
  scene: Scene,
  hidden: readonly Kind[],
  /** The thing whose neighbourhood alone is drawn, or null. */
  centre: number | null,
): Scene {
  if (hidden.length === 0 && centre === null) return scene;
  const near = centre === null ? null : nearTo(scene, centre);
  const nodes = scene.nodes.filter(
    ({ object, kind }) => !hidden.includes(kind) && (near?.has(object) ?? true),
  );
  const there = new Set(nodes.map(({ object }) => object));
  const shows = ({ to }: { to: number }): boolean => there.has(to);
  return {
    ...scene,
    nodes,
    lines: scene.lines.filter((line) => shows(line) && there.has(line.from)),
    threads: scene.threads.filter(shows),
    stubs: scene.stubs.filter(shows),
    islands: scene.islands.flatMap((island) => {
      const members = island.members.filter((object) => there.has(object));
      return members.length ? [{ ...island, members }] : [];
    }),
  };
}

function nearTo({ nodes, lines }: Scene, centre: number): Set<number> | null {
  if (!nodes.some(({ object }) => object === centre)) return null;
  const near = new Set([centre]);
  for (let round = 0; round < NEAR; round++) {
    const touching = lines.filter(({ from, to }) => near.has(from) || near.has(to));
    for (const { from, to } of touching) near.add(from).add(to);
  }
  return near;
}
