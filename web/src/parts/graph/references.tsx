// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here is drawn twice, and takes no focus
/** References as lines: strings from names, links between objects, the numbers of a bill. */
import type { Geometry, Point } from "../../layout/geometry";
import type { Stub, Thread } from "../../layout/references";
import { type Route, routeBetween } from "../../layout/routes";
import type { Node, Scene } from "../../layout/scene";
import { type Hanging, stringsOf } from "../../layout/strings";
import { memo } from "../memo";
import { key } from "./names";
import { shorten } from "./words";

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
  /** Its numbers on the bill: `1–3, 5`, or "". */
  readonly items: string;
  readonly label: string;
  /** Where the label begins, if not beside the middle of the way. */
  readonly tag?: Point;
}

export function routesIn(g: Geometry, scene: Scene): Drawn[] {
  const nodes = new Map(scene.nodes.map((node) => [node.object, node]));
  const found: Drawn[] = [];
  for (const line of scene.lines) {
    const from = g.at(line.from);
    const to = g.at(line.to);
    if (!from || !to) continue;
    const holder = nodes.get(line.from);
    const a = { ...half(g, holder), clear: holder?.kind === "function" };
    const b = half(g, nodes.get(line.to));
    const straight = from.column === to.column && to.row - from.row === 1 && !to.isSide;
    found.push({
      id: `${from.cell} ${line.path} ${to.cell}${line.dead ? " †" : ""}`,
      route: routeBetween(from, to, a, b, g),
      weak: line.weak,
      dead: line.dead,
      name: "",
      items: ranges(line.items),
      label: straight && g.pitch >= 58 && !line.dead && !line.weak ? line.path : "",
    });
  }
  const stubs: Pick<Stub, "to" | "text" | "weak" | "items">[] = [...scene.stubs];
  const cells = new Map(g.cells.map((cell) => [key(cell), cell]));
  type Strung = Hanging & Pick<Thread, "weak" | "items" | "via">;
  const hangings = scene.threads.flatMap((thread): Strung[] => {
    const from = cells.get(key(thread));
    const place = g.at(thread.to);
    if (!place) return [];
    if (!from) {
      if (thread.items.length) stubs.push(thread);
      return [];
    }
    const node = nodes.get(thread.to);
    const round = node?.kind === "variable" || node?.kind === "parameter";
    const name = key(thread);
    const id = `${name} ${place.cell}${thread.via}`;
    return [
      {
        id,
        name,
        from,
        object: thread.to,
        to: place,
        half: { ...half(g, node), round },
        weak: thread.weak,
        items: thread.items,
        via: thread.via,
      },
    ];
  });
  const strings = stringsOf(g, hangings);
  for (const { id, name, weak, items, via, to, half: b } of hangings) {
    const route = strings.get(id)!;
    const tag = { x: to.x - b.x, y: to.y - b.y - 6 };
    const label = shorten(via, b.x * 2 - 14, 6.6);
    found.push({ id, route, weak, dead: false, name, items: ranges(items), label, tag });
  }
  const above = new Map<number, number>();
  for (const stub of stubs) {
    const to = g.at(stub.to);
    if (!to) continue;
    const b = half(g, nodes.get(stub.to));
    const end = { x: to.x - b.x * 0.6, y: to.y - b.y * 0.8 };
    // Several stand above each other.
    const nth = above.get(stub.to) ?? 0;
    above.set(stub.to, nth + 1);
    const middle = { x: end.x - 14, y: end.y - 12 - 18 * nth };
    const route = {
      d: `M${middle.x} ${middle.y}L${end.x} ${end.y}`,
      end,
      angle: 40,
      middle,
    };
    found.push({
      id: `stub ${to.cell} ${stub.text}`,
      route,
      weak: stub.weak,
      dead: false,
      name: "",
      items: ranges(stub.items),
      label: shorten(stub.text, b.x * 1.6, 6.6),
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
  a.items === b.items &&
  a.label === b.label;

/** In the picture's own coordinates: each transform is one more thing to compose at every paint. */
function tipOf({ end, angle }: Drawn["route"], length: number, half: number): string {
  const [along, across] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const corner = (side: number) =>
    at(end.x - length * along - side * across, end.y - length * across + side * along);
  return `M${corner(-half)}L${at(end.x, end.y)}L${corner(half)}`;
}

const Reference = memo(function Reference({ route, weak, dead, name, items, label, tag }: Drawn) {
  const { x, y } = tag ?? { x: route.middle.x + 8, y: route.middle.y + 4 };
  const style = `${weak ? " weak" : ""}${dead ? " deadE" : ""}${name ? " root" : ""}${items ? " hot" : ""}`;
  return (
    <g class="ref">
      <path class={`e${style}`} d={route.d} />
      {!dead && (
        <path
          class={`tip${weak ? " open" : ""}${items ? " hot" : ""}`}
          d={weak ? tipOf(route, 6, 3.6) : `${tipOf(route, 7, 3.8)}z`}
        />
      )}
      {label !== "" && (
        <text class={tag ? "el via" : "el"} x={x} y={y}>
          {label}
        </text>
      )}
    </g>
  );
}, sameReference);

/** Numbers of the itemised bill, above everything else and none on another. */
export function Items({ drawn }: { drawn: readonly Drawn[] }) {
  const placed: { x: number; y: number; width: number }[] = [];
  return (
    <g aria-hidden="true">
      {drawn.map(({ id, route: { middle }, items }) => {
        if (items === "") return null;
        const width = Math.max(ITEM, items.length * 6.5 + 8);
        const { x } = middle;
        let { y } = middle;
        const isOn = (one: (typeof placed)[number]): boolean =>
          Math.abs(one.x - x) < (one.width + width) / 2 && Math.abs(one.y - y) < ITEM;
        while (placed.some(isOn)) y += ITEM;
        placed.push({ x, y, width });
        return (
          <g key={id}>
            <rect
              class="item"
              x={x - width / 2}
              y={y - ITEM / 2}
              width={width}
              height={ITEM}
              rx={ITEM / 2}
            />
            <text class="itemt" x={x} y={y + 4}>
              {items}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** Height of a number's sign. */
const ITEM = 17;

/** `1–3, 5`. */
function ranges(items: readonly number[]): string {
  const runs: [from: number, to: number][] = [];
  for (const item of items.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && item === last[1] + 1) last[1] = item;
    else runs.push([item, item]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
