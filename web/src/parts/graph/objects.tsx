// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here takes no focus
// biome-ignore-all lint/a11y/useSemanticElements: SVG has neither buttons nor field sets
/** Objects as shapes: ellipses, boxes, tape strips, with their words and counts. */
import type { Texts } from "../../i18n";
import { bytes } from "../../i18n/numbers";
import type { Geometry } from "../../layout/geometry";
import type { Node } from "../../layout/scene";
import { memo } from "../memo";
import { half } from "./references";
import { shorten } from "./words";

interface ShapeProps {
  node: Node;
  g: Geometry;
  texts: Texts;
  chosen: boolean;
  /** Not what is searched for. */
  off: boolean;
  onSelect: (object: number) => void;
}

/** A click or Enter or Space on something drawn, which SVG has no button for. */
export const onPress = (press: (event: Event) => void) => ({
  onClick: (event: Event) => {
    event.stopPropagation();
    press(event);
  },
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    press(event);
  },
});

type Drawn = Pick<ShapeProps, "node" | "g" | "texts" | "chosen" | "off">;

/** Nothing in the drawing of a node has changed: most nodes are as they were a step ago. */
export const sameNode = (a: Drawn, b: Drawn): boolean =>
  a.g === b.g &&
  a.texts === b.texts &&
  a.chosen === b.chosen &&
  a.off === b.off &&
  a.node.count === b.node.count &&
  a.node.bytes === b.node.bytes &&
  a.node.state === b.node.state &&
  a.node.fell === b.node.fell &&
  a.node.object === b.node.object &&
  a.node.label === b.node.label &&
  a.node.names.join() === b.node.names.join() &&
  a.node.fold?.objects === b.node.fold?.objects &&
  a.node.fold?.groups === b.node.fold?.groups;

export const Shape = memo(function Shape(props: ShapeProps) {
  const { node, g, texts, chosen, off, onSelect } = props;
  const at = g.at(node.object);
  if (!at) return null;
  const { x: rx, y: ry } = half(g, node);
  const dead = node.state === "dead";
  const names = node.names.join(", ");
  const name = texts.graph.node(node.label, names, texts.state[node.state], node.count);
  return (
    <g
      class={`node ${node.kind}${dead ? " dead" : ""}${off ? " off" : ""}`}
      transform={`translate(${at.x} ${at.y})`}
    >
      {chosen && outline(node.kind, rx + 5, ry + 5, "halo")}
      <g
        role="button"
        tabindex={0}
        aria-pressed={chosen}
        aria-label={name}
        {...onPress(() => onSelect(node.object))}
      >
        <title>{node.fell ? `${name} †${node.fell}` : name}</title>
        {outline(node.kind, rx, ry, "s")}
      </g>
      {/* Drawn on the button and not in it: its name says all of this, in words. */}
      <g class="on" aria-hidden="true">
        {node.kind === "array" && tape(rx, ry, dead)}
        {words(node, 2 * rx)}
        {!dead &&
          node.count > 0 &&
          (node.kind !== "array" || node.count !== 1 || !at.isSide) &&
          badge(node.count, rx * (node.kind === "variable" ? 0.74 : 1) - 1, -ry * 0.84)}
      </g>
    </g>
  );
}, sameNode);

/* Functions and no components: of hundreds of shapes each part would be one more to keep. */

export function outline(kind: Node["kind"], rx: number, ry: number, name: string) {
  if (kind === "variable" || kind === "parameter") return <ellipse class={name} rx={rx} ry={ry} />;
  const radius = kind === "instance" ? ry : kind === "array" ? 0 : 3;
  return <rect class={name} x={-rx} y={-ry} width={2 * rx} height={2 * ry} rx={radius} />;
}

const tape = (rx: number, ry: number, dead: boolean) => {
  const lines = dead ? [5 - rx, rx - 5] : [6 - rx, 12 - rx, rx - 6];
  return <path class="tick" d={lines.map((x) => `M${x} ${-ry}v${2 * ry}`).join("")} />;
};

function words(node: Node, width: number) {
  const fell = node.fell ? `†${node.fell} ` : "";
  if (node.kind === "array") {
    const size = node.bytes ? bytes(node.bytes) : "view";
    return (
      <text class="id mid" x={fell ? 0 : 3} y="4">
        {fell && width < 76 ? fell : shorten(`${fell}${size}`, width - 10, 6.9)}
      </text>
    );
  }
  const number = `#${node.number}`;
  if (node.kind === "variable" || node.kind === "parameter") {
    const name = node.names[0];
    return (
      <text class="mid" y={name ? 5 : 4}>
        {name && <tspan class="nm">{shorten(name, width - 18 - number.length * 7, 8.4)}</tspan>}
        <tspan class="id" dx={name ? 6 : 0}>
          {fell}
          {number}
        </tspan>
      </text>
    );
  }
  return (
    <text class="id mid" y="4">
      {fell || shorten(node.type, width - 13 - number.length * 7, 7)}
      {fell ? "" : " "}
      {number}
    </text>
  );
}

const badge = (count: number, x: number, y: number) => {
  const text = String(count);
  const width = Math.max(16, text.length * 7 + 8);
  return (
    <g class="badge">
      <rect class="rc" x={x - width / 2} y={y - 8} width={width} height="16" rx="8" />
      <text class="rct" x={x} y={y + 4}>
        {text}
      </text>
    </g>
  );
};
