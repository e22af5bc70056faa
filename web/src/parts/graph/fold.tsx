// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here takes no focus
// biome-ignore-all lint/a11y/useSemanticElements: SVG has neither buttons nor field sets
/** Many that are drawn as one: cards behind each other, how many, and of what. */
import { memo } from "preact/compat";
import type { Texts } from "../../i18n";
import { bytes } from "../../i18n/numbers";
import type { Geometry } from "../../layout/geometry";
import type { Node } from "../../layout/scene";
import { Outline, onPress, sameNode } from "./objects";
import { half } from "./references";
import { shorten } from "./words";

interface Props {
  node: Node;
  g: Geometry;
  texts: Texts;
  chosen: boolean;
  /** Not what is searched for. */
  off: boolean;
  onOpen: (fold: string) => void;
}

export const FoldShape = memo(function FoldShape({ node, g, texts, chosen, off, onOpen }: Props) {
  const at = g.at(node.object);
  const fold = node.fold!;
  if (!at) return null;
  const { x: rx, y: ry } = half(g, node);
  const dead = node.state === "dead";
  const open = onPress(() => onOpen(fold.key));
  const name = texts.graph.fold(
    node.type,
    fold.objects,
    fold.groups,
    node.bytes,
    texts.state[node.state],
  );
  const shape = { kind: node.kind, rx, ry };
  const many = `${node.fell ? `†${node.fell} ` : ""}×${fold.groups || fold.objects}`;
  const what = node.kind === "array" ? bytes(node.bytes) : shorten(node.type, 2 * rx - 46, 7);
  return (
    <g
      class={`node fold ${node.kind}${dead ? " dead" : ""}${off ? " off" : ""}`}
      transform={`translate(${at.x} ${at.y})`}
    >
      {chosen && <Outline {...shape} rx={rx + 8} ry={ry + 8} class="halo" />}
      <g transform="translate(6 5)">
        <Outline {...shape} class="s" />
      </g>
      <g transform="translate(3 2.5)">
        <Outline {...shape} class="s" />
      </g>
      <g role="button" tabindex={0} aria-label={name} {...open}>
        <title>{name}</title>
        <Outline {...shape} class="s" />
      </g>
      <text class="mid on" y="4.5" aria-hidden="true">
        <tspan class="nm">{many}</tspan>
        <tspan class="id" dx="5">
          {what}
        </tspan>
      </text>
    </g>
  );
}, sameNode);
