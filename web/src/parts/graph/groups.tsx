// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here takes no focus
/** What a few objects are together: this step's dead, and an island. */
import type { Texts } from "../../i18n";
import type { Geometry, Point } from "../../layout/geometry";
import type { Coast } from "../../layout/islands";
import type { Place } from "../../layout/routes";
import type { Node, Scene } from "../../layout/scene";
import type { Explanation } from "../term";
import { half } from "./references";
import { Sign } from "./sign";

interface FallenProps {
  g: Geometry;
  scene: Scene;
  texts: Texts;
  explained: Explanation;
}

export function Fallen({ g, scene, texts, explained }: FallenProps) {
  // Told where most is cut: at the top, where no other stands above.
  const fallen = scene.nodes.filter(({ fell }) => fell > 0);
  const rowOf = ({ object }: Node): number => g.at(object)?.row ?? Number.POSITIVE_INFINITY;
  const [first] = fallen.sort((a, b) => rowOf(a) - rowOf(b) || a.fell - b.fell);
  const at = first && g.at(first.object);
  if (!at) return null;
  const { y: ry } = half(g, first);
  return (
    <>
      <path
        class="cut"
        d={`M${at.x} ${at.y - ry - 1}v-4m-6 2l12 -5m-12 0l12 -5m-6 1v-4`}
        aria-hidden="true"
      />
      <Sign explained={explained} of="cap" x={at.x + 14} y={at.y - ry - 9}>
        {texts.graph.diedHere(scene.diedHere - scene.temporaries)}
      </Sign>
    </>
  );
}

/** Room around an island's objects: at the left for what loops around them. */
const LOOPS = 44;
const NARROW = 14;
/** Below, less: what an island is called stands between it and the one above. */
const BELOW = 11;

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The line around an island: one, or one for each part of it where others are in between. */
export function coastOf(island: Coast, g: Geometry, scene: Scene) {
  const members = new Set(island.members);
  const spots = island.members.flatMap((object) => g.at(object) ?? []);
  if (spots.length === 0) return null;
  const whole = around(spots, g, spots.some((p) => !p.isSide) ? LOOPS : NARROW);
  const others = scene.nodes.flatMap(({ object }) =>
    members.has(object) ? [] : (g.at(object) ?? []),
  );
  const isIn = ({ x, y }: Point): boolean =>
    x > whole.x && x < whole.x + whole.width && y > whole.y && y < whole.y + whole.height;
  const shown = others.some(isIn) ? parts(spots).map((part) => around(part, g, NARROW)) : [whole];
  const boxes = shown as [Rect, ...Rect[]];
  return { key: island.island, size: island.size, boxes };
}

/** Runs of neighbours: what is beside each other in a row, and below each other in a column. */
function parts(spots: readonly Place[]): Place[][] {
  const rows = new Map<string, Place[]>();
  for (const spot of spots) {
    const key = `${spot.column} ${spot.row} ${spot.isSide && !hasHolder(spot, spots)}`;
    rows.set(key, [...(rows.get(key) ?? []), spot]);
  }
  const runs: Place[][] = [];
  for (const row of [...rows.values()].sort((a, b) => a[0]!.row - b[0]!.row)) {
    const [{ column, row: at, isSide }] = row as [Place, ...Place[]];
    const run = runs.find(
      ([first, ...rest]) =>
        first!.column === column &&
        first!.isSide === isSide &&
        (rest.at(-1) ?? first!).row === at - 1,
    );
    if (run) run.push(...row);
    else runs.push(row);
  }
  return runs;
}

const hasHolder = ({ column, row }: Place, spots: readonly Place[]): boolean =>
  spots.some((spot) => !spot.isSide && spot.column === column && spot.row === row);

function around(spots: readonly Place[], g: Geometry, left: number): Rect {
  const reach = (p: Place): number => (p.isSide ? g.array.width : g.node.width) / 2;
  const x = Math.min(...spots.map((p) => p.x - reach(p))) - left;
  const y = Math.min(...spots.map((p) => p.y)) - g.node.height / 2 - 16;
  const right = Math.max(...spots.map((p) => p.x + reach(p))) + 14;
  const bottom = Math.max(...spots.map((p) => p.y)) + g.node.height / 2 + BELOW;
  return { x, y, width: right - x, height: bottom - y };
}
