// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here takes no focus
/** What a few objects are together: this step's dead, and an island. */
import type { Texts } from "../../i18n";
import type { Geometry, Point } from "../../layout/geometry";
import type { Coast } from "../../layout/islands";
import type { Scene } from "../../layout/scene";
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
  const first = scene.nodes.find((node) => node.fell === 1);
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

/** The line around an island, with room for what loops around its objects. */
export function coastOf(island: Coast, g: Geometry) {
  const spots = island.members.flatMap((object) => g.at(object) ?? []);
  if (spots.length === 0) return null;
  const reach = (p: Point & { isSide: boolean }): number =>
    (p.isSide ? g.array.width : g.node.width) / 2;
  const loops = spots.some((p) => !p.isSide) ? 44 : 12;
  const x = Math.min(...spots.map((p) => p.x - reach(p))) - loops;
  const y = Math.min(...spots.map((p) => p.y)) - g.node.height / 2 - 16;
  const right = Math.max(...spots.map((p) => p.x + reach(p))) + 14;
  const bottom = Math.max(...spots.map((p) => p.y)) + g.node.height / 2 + 14;
  return {
    key: island.island,
    size: island.size,
    box: { x, y, width: right - x, height: bottom - y },
  };
}
