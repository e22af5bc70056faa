// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here is drawn twice, and takes no focus
/** References as lines: strings from names, links between objects, the numbers of a bill. */
import { memo } from "preact/compat";
import type { Geometry } from "../../layout/geometry";
import type { Thread } from "../../layout/references";
import { type Route, routeBetween } from "../../layout/routes";
import type { Node, Scene } from "../../layout/scene";
import { type Hanging, stringsOf } from "../../layout/strings";
import { key } from "./names";

export const half = (g: Geometry, node: Node | undefined): { x: number; y: number } => {
  const { width, height } = node?.kind === "array" && !node.fold ? g.array : g.node;
  return { x: width / 2, y: height / 2 };
};

/** A reference with its way. */
export interface Drawn {
  /** The seats between which it runs, and by which name. */
  readonly id: string;
  readonly route: Route;
  readonly weak: boolean;
  readonly dead: boolean;
  /** The name whose string it is, or "". */
  readonly name: string;
  readonly item: number;
  readonly label: string;
}

export function routesIn(g: Geometry, scene: Scene): Drawn[] {
  const nodes = new Map(scene.nodes.map((node) => [node.object, node]));
  const found: Drawn[] = [];
  for (const line of scene.lines) {
    const from = g.at(line.from);
    const to = g.at(line.to);
    if (!from || !to) continue;
    const a = half(g, nodes.get(line.from));
    const b = half(g, nodes.get(line.to));
    const straight = from.column === to.column && to.row - from.row === 1 && !to.isSide;
    found.push({
      id: `${from.cell} ${line.path} ${to.cell}${line.dead ? " †" : ""}`,
      route: routeBetween(from, to, a, b),
      weak: line.weak,
      dead: line.dead,
      name: "",
      item: line.item,
      label: straight && g.pitch >= 58 && !line.dead && !line.weak ? line.path : "",
    });
  }
  const cells = new Map(g.cells.map((cell) => [key(cell), cell]));
  const hangings = scene.threads.flatMap((thread): (Hanging & Pick<Thread, "weak" | "item">)[] => {
    const from = cells.get(key(thread));
    const place = g.at(thread.to);
    if (!from || !place) return [];
    const node = nodes.get(thread.to);
    const round = node?.kind === "variable" || node?.kind === "parameter";
    const name = key(thread);
    const id = `${name} ${place.cell}`;
    return [
      {
        id,
        name,
        from,
        object: thread.to,
        to: place,
        half: { ...half(g, node), round },
        weak: thread.weak,
        item: thread.item,
      },
    ];
  });
  const strings = stringsOf(g, hangings);
  for (const { id, name, weak, item } of hangings) {
    found.push({ id, route: strings.get(id)!, weak, dead: false, name, item, label: "" });
  }
  for (const stub of scene.stubs) {
    const to = g.at(stub.to);
    if (!to) continue;
    const b = half(g, nodes.get(stub.to));
    const end = { x: to.x - b.x * 0.6, y: to.y - b.y * 0.8 };
    const route = {
      d: `M${end.x - 14} ${end.y - 12}L${end.x} ${end.y}`,
      end,
      angle: 40,
      middle: { x: end.x - 14, y: end.y - 12 },
    };
    found.push({
      id: `stub ${to.cell} ${stub.text}`,
      route,
      weak: stub.weak,
      dead: false,
      name: "",
      item: stub.item,
      label: stub.text,
    });
  }
  return found;
}

export function References({ drawn }: { drawn: readonly Drawn[] }) {
  // A string leaves a gap in what it crosses, but not in others of the same name.
  const names = [...new Set(drawn.map(({ name }) => name))];
  return (
    <g aria-hidden="true">
      {names.map((name) => {
        const mine = drawn.filter((one) => one.name === name);
        return (
          <g key={name}>
            {name !== "" &&
              mine.map(({ id, route }) => <path key={id} class="under" d={route.d} />)}
            {mine.map((one) => (
              <Reference key={one.id} {...one} />
            ))}
          </g>
        );
      })}
    </g>
  );
}

/** Most references are as they were a step ago; the path says all about the way. */
const sameReference = (a: Drawn, b: Drawn): boolean =>
  a.route.d === b.route.d &&
  a.weak === b.weak &&
  a.dead === b.dead &&
  a.name === b.name &&
  a.item === b.item &&
  a.label === b.label;

const Reference = memo(function Reference({ route, weak, dead, name, item, label }: Drawn) {
  const style = `${weak ? " weak" : ""}${dead ? " deadE" : ""}${name ? " root" : ""}${item ? " hot" : ""}`;
  return (
    <g class="ref">
      <path class={`e${style}`} d={route.d} />
      {!dead && (
        <path
          class={`tip${weak ? " open" : ""}${item ? " hot" : ""}`}
          d={weak ? "M-6 -3.6L0 0L-6 3.6" : "M-7 -3.8L0 0L-7 3.8z"}
          transform={`translate(${route.end.x} ${route.end.y}) rotate(${route.angle})`}
        />
      )}
      {label !== "" && (
        <text class="el" x={route.middle.x + 8} y={route.middle.y + 4}>
          {label}
        </text>
      )}
    </g>
  );
}, sameReference);

/** Numbers of the itemised bill, above everything else. */
export const Items = ({ drawn }: { drawn: readonly Drawn[] }) => (
  <g aria-hidden="true">
    {drawn
      .filter(({ item }) => item > 0)
      .map(({ id, route: { middle }, item }) => (
        <g key={id}>
          <circle class="item" cx={middle.x} cy={middle.y} r="8.5" />
          <text class="itemt" x={middle.x} y={middle.y + 4}>
            {item}
          </text>
        </g>
      ))}
  </g>
);
