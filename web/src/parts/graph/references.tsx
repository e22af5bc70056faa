// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here is drawn twice, and takes no focus
/** References as lines: strings from names, links between objects, the numbers of a bill. */
import type { Geometry } from "../../layout/geometry";
import { type Route, routeBetween, threadTo } from "../../layout/routes";
import type { Line, Node, Scene } from "../../layout/scene";
import { key } from "./names";

export const half = (g: Geometry, node: Node | undefined): { x: number; y: number } => {
  const { width, height } = node?.kind === "array" ? g.array : g.node;
  return { x: width / 2, y: height / 2 };
};

function routes(g: Geometry, scene: Scene) {
  const nodes = new Map(scene.nodes.map((node) => [node.object, node]));
  const found: {
    id: string;
    route: Route;
    weak: boolean;
    dead: boolean;
    root: boolean;
    item: number;
    label: string;
  }[] = [];
  for (const line of scene.lines) {
    const from = g.at(line.from);
    const to = g.at(line.to);
    if (!from || !to) continue;
    const a = half(g, nodes.get(line.from));
    const b = half(g, nodes.get(line.to));
    const route = routeBetween(from, to, a, b);
    const straight = from.column === to.column && to.row - from.row === 1 && !to.isSide;
    const label = straight && g.pitch >= 58 && !line.dead && !line.weak ? line.path : "";
    found.push({
      id: lineId(line),
      route,
      weak: line.weak,
      dead: line.dead,
      root: false,
      item: line.item,
      label,
    });
  }
  const lanes = new Map<string, number>();
  const arriving = new Map<number, number>();
  for (const { to } of scene.threads) arriving.set(to, (arriving.get(to) ?? 0) + 1);
  const arrived = new Map<number, number>();
  for (const thread of scene.threads) {
    const cell = g.cells.find((c) => c.box === thread.box && c.name === thread.name);
    const to = g.at(thread.to);
    if (!cell || !to) continue;
    const id = `${key(thread)} ${thread.to}`;
    const lane = lanes.get(key(thread)) ?? lanes.size;
    lanes.set(key(thread), lane);
    const n = arrived.get(thread.to) ?? 0;
    arrived.set(thread.to, n + 1);
    const aside = (n - (arriving.get(thread.to)! - 1) / 2) * 14;
    const node = nodes.get(thread.to);
    const shape = {
      ...half(g, node),
      round: node?.kind === "variable" || node?.kind === "parameter",
    };
    const route = threadTo(g, cell, to, shape, lane, aside);
    found.push({
      id,
      route,
      weak: thread.weak,
      dead: false,
      root: true,
      item: thread.item,
      label: "",
    });
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
      id: `stub ${stub.to} ${stub.text}`,
      route,
      weak: stub.weak,
      dead: false,
      root: false,
      item: stub.item,
      label: stub.text,
    });
  }
  return found;
}

const lineId = (line: Line): string => `${line.from} ${line.path} ${line.to}`;

export function References({ g, scene }: { g: Geometry; scene: Scene }) {
  return (
    <g aria-hidden="true">
      {routes(g, scene).map(({ id, route, weak, dead, root, item, label }) => {
        const style = `${weak ? " weak" : ""}${dead ? " deadE" : ""}${root ? " root" : ""}${item ? " hot" : ""}`;
        return (
          <g key={id} class="ref">
            {root && <path class="under" d={route.d} />}
            <path class={`e${style}`} d={route.d} />
            {!dead && (
              <path
                class={`tip${weak ? " open" : ""}${item ? " hot" : ""}`}
                d={weak ? "M-6 -3.6L0 0L-6 3.6" : "M-7 -3.8L0 0L-7 3.8z"}
                transform={`translate(${route.end.x} ${route.end.y}) rotate(${route.angle})`}
              />
            )}
            {label && (
              <text class="el" x={route.middle.x + 8} y={route.middle.y + 4}>
                {label}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** Numbers of the itemised bill, above everything else. */
export const Items = ({ g, scene }: { g: Geometry; scene: Scene }) => (
  <g aria-hidden="true">
    {routes(g, scene)
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
