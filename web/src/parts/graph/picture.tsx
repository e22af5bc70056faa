// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here is drawn twice, and takes no focus
// biome-ignore-all lint/a11y/useSemanticElements: SVG has neither buttons nor field sets
/** A scene as shapes: names under the ceiling, strings, objects, islands. */
import type { Texts } from "../../i18n";
import type { Geometry } from "../../layout/geometry";
import type { Scene } from "../../layout/scene";
import { useExplained } from "../term";
import { FoldShape } from "./fold";
import { coastOf, Fallen } from "./groups";
import { Cells, Frames } from "./names";
import { Shape } from "./objects";
import { Items, References, routesIn } from "./references";
import { Sign } from "./sign";

interface Props {
  g: Geometry;
  zoom: number;
  scene: Scene;
  texts: Texts;
  /** The thing in the picture that is chosen: an object, or the fold that it is in. */
  chosen: number | null;
  /** Objects that are searched for; null where nothing is. */
  found: ReadonlySet<number> | null;
  onSelect: (object: number) => void;
  onOpen: (fold: string) => void;
}

export function Picture(p: Props) {
  const { g, scene, texts, zoom } = p;
  const coasts = scene.islands.flatMap((island) => coastOf(island, g, scene) ?? []);
  const drawn = routesIn(g, scene);
  const island = useExplained(texts.terms.island, false);
  const death = useExplained(texts.terms.death, false);
  const picture = (
    <svg
      class="g"
      width={g.width * g.scale * zoom}
      height={g.height * g.scale * zoom}
      viewBox={`0 0 ${g.width} ${g.height}`}
      role="group"
      aria-label={texts.graph.heading}
    >
      <Patterns />
      {coasts.map(({ key, boxes }) =>
        boxes.map((box, i) => <rect key={`${key} ${i}`} class="isle" {...box} rx="16" />),
      )}
      <References drawn={drawn} />
      {/* Strings of the module pass behind the boxes of functions. */}
      <Frames g={g} scene={scene} />
      <Cells g={g} scene={scene} texts={texts} />
      {coasts.map(({ key, size, boxes: [{ x, y }] }) => (
        <Sign key={key} explained={island} x={x + 8} y={y - 5} of="islet">
          {texts.graph.island(size)}
        </Sign>
      ))}
      <Fallen g={g} scene={scene} texts={texts} explained={death} />
      {scene.nodes.map((node) => {
        const off = p.found !== null && !isFound(node, p.found);
        // A seat's shapes stay: on a jump most of them need no more than other words.
        const seat = `${g.at(node.object)?.cell} ${node.kind} ${node.state === "dead"}`;
        const common = { node, g, texts, chosen: node.object === p.chosen, off };
        return node.fold ? (
          <FoldShape key={`${seat} fold`} {...common} onOpen={p.onOpen} />
        ) : (
          <Shape key={seat} {...common} onSelect={p.onSelect} />
        );
      })}
      <Items drawn={drawn} />
      {scene.nodes.length + scene.deadNames.length === 0 && (
        <text class="dim mid" x={g.width / 2} y={g.ceiling + 48}>
          {texts.graph.empty}
        </text>
      )}
    </svg>
  );
  return (
    <>
      {picture}
      {/* Words of HTML, which stand beside the SVG. */}
      {island.note}
      {death.note}
    </>
  );
}

const isFound = ({ object, fold }: Scene["nodes"][number], found: ReadonlySet<number>): boolean =>
  fold ? fold.members.some((member) => found.has(member)) : found.has(object);

const Patterns = () => (
  <defs>
    <pattern
      id="hatch"
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect width="6" height="6" fill="var(--panel)" />
      <path d="M0 0v6" stroke="var(--dead-hatch)" stroke-width="2.4" />
    </pattern>
  </defs>
);
