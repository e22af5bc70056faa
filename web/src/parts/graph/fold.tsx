// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here takes no focus
// biome-ignore-all lint/a11y/useSemanticElements: SVG has neither buttons nor field sets
/** Many that are drawn as one: cards behind each other, how many, and of what. */
import type { Texts } from "../../i18n";
import { bytes } from "../../i18n/numbers";
import type { Geometry } from "../../layout/geometry";
import type { Node } from "../../layout/scene";
import { memo } from "../memo";
import { onPress, outline, sameNode } from "./objects";
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
  const { many, what } = wordsOf(node, fold.groups || fold.objects, 2 * rx);
  return (
    <g
      class={`node fold ${node.kind}${dead ? " dead" : ""}${off ? " off" : ""}`}
      transform={`translate(${at.x} ${at.y})`}
    >
      {chosen && outline(node.kind, rx + 8, ry + 8, "halo")}
      <g transform="translate(6 5)">{outline(node.kind, rx, ry, "s")}</g>
      <g transform="translate(3 2.5)">{outline(node.kind, rx, ry, "s")}</g>
      <g role="button" tabindex={0} aria-label={name} {...open}>
        <title>{name}</title>
        {outline(node.kind, rx, ry, "s")}
      </g>
      <text class="mid on" y="4.5" aria-hidden="true">
        <tspan class="nm">{many}</tspan>
        {what && (
          <tspan class="id" dx="5">
            {what}
          </tspan>
        )}
      </text>
    </g>
  );
}, sameNode);

/** How many there are, and of what or what size as far as there is room: the name says it all. */
function wordsOf(node: Node, count: number, width: number): { many: string; what: string } {
  const fell = node.fell ? `†${node.fell} ` : "";
  const fits = (text: string): boolean => text.length * BOLD <= width - 10;
  const many = fits(`${fell}×${count}`) ? `${fell}×${count}` : `×${count}`;
  const room = Math.floor((width - 15 - many.length * BOLD) / LETTER);
  const size = bytes(node.bytes);
  if (node.kind === "array") return { many, what: size.length <= room ? size : "" };
  return { many, what: room < FEWEST ? "" : shorten(node.type, room * LETTER, LETTER) };
}

/** Widths of letters, and how many say something of a type. */
const BOLD = 8.2;
const LETTER = 7;
const FEWEST = 3;
