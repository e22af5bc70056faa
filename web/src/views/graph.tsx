// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here is drawn twice, and takes no focus
// biome-ignore-all lint/a11y/useSemanticElements: SVG has neither buttons nor field sets
/** The graph at one instant: shapes for the objects, strings for the references to them. */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Texts } from "../i18n";
import { bytes } from "../i18n/numbers";
import { type Geometry, geometryFor, type Point } from "../layout/geometry";
import { namesIn } from "../layout/names";
import { type Route, routeBetween, threadTo } from "../layout/routes";
import { type Island, type Line, type Node, type Scene, sceneAt } from "../layout/scene";
import { seatsOf } from "../layout/seats";
import { useSize } from "../parts/size";
import type { Recording } from "../trace/recording";

interface Props {
  texts: Texts;
  recording: Recording;
  /** Of the recording, which grows in place. */
  version: number;
  step: number;
  event: number;
  selected: number | null;
  onSelect: (object: number | null) => void;
  /** What stands above it, from what is in it. */
  head: (scene: Scene) => ComponentChildren;
  /** Show the table instead; it is the children, and always there for those who cannot see. */
  table: boolean;
  onTable: (shown: boolean) => void;
  children: ComponentChildren;
}

export function Graph(props: Props) {
  const { texts, recording, version, step, event, selected, onSelect, table } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the recording grows in place; version says so
  const layout = useMemo(() => layoutOf(recording), [recording, version]);
  const scene = useMemo(
    () => sceneAt(recording, layout.seats, layout.names, step, event, selected),
    [recording, layout, step, event, selected],
  );
  const [pane, size] = useSize<HTMLDivElement>();
  const geometry = useMemo(
    () => (size.width ? geometryFor(layout.seats, layout.names, size) : null),
    [layout, size],
  );
  return (
    <>
      {props.head(scene)}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click on nothing lets go of the chosen object; Escape does too */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div class="canvas" ref={pane} hidden={table} onClick={() => onSelect(null)}>
        {geometry && !table && (
          <Picture
            g={geometry}
            scene={scene}
            texts={texts}
            selected={selected}
            onSelect={onSelect}
          />
        )}
      </div>
      <div class={table ? "tabled" : "sr"}>{props.children}</div>
      <Shelf texts={texts} scene={scene} table={table} onTable={props.onTable} />
    </>
  );
}

function layoutOf(recording: Recording) {
  const seats = seatsOf(recording);
  return { seats, names: namesIn(recording, seats) };
}

interface PictureProps {
  g: Geometry;
  scene: Scene;
  texts: Texts;
  selected: number | null;
  onSelect: (object: number | null) => void;
}

function Picture({ g, scene, texts, selected, onSelect }: PictureProps) {
  const coasts = scene.islands.flatMap((island) => coastOf(island, g) ?? []);
  return (
    <svg
      class="g"
      width={g.width * g.scale}
      height={g.height * g.scale}
      viewBox={`0 0 ${g.width} ${g.height}`}
      role="group"
      aria-label={texts.graph.heading}
    >
      <Patterns />
      {coasts.map((coast) => (
        <rect key={coast.key} class="isle" {...coast.box} rx="16" />
      ))}
      <Ceiling g={g} scene={scene} texts={texts} />
      <References g={g} scene={scene} />
      {coasts.map((coast) => (
        <text key={coast.key} class="islet" x={coast.box.x + 8} y={coast.box.y - 7}>
          {texts.graph.island(coast.size)}
        </text>
      ))}
      <Fallen g={g} scene={scene} texts={texts} />
      {scene.nodes.map((node) => (
        <Shape
          key={`${node.object} ${node.state === "dead"}`}
          node={node}
          g={g}
          texts={texts}
          chosen={node.object === selected}
          onSelect={onSelect}
        />
      ))}
      <Items g={g} scene={scene} />
      {scene.nodes.length + scene.deadNames.length === 0 && (
        <text class="dim mid" x={g.width / 2} y={g.ceiling + 48}>
          {texts.graph.empty}
        </text>
      )}
    </svg>
  );
}

/** What is no longer, or not, in the picture, in words; and the way to the table. */
function Shelf({
  texts,
  scene,
  table,
  onTable,
}: {
  texts: Texts;
  scene: Scene;
  table: boolean;
  onTable: Props["onTable"];
}) {
  const t = texts.graph;
  const { shelf } = scene;
  return (
    <div class="shelf">
      {shelf.islands > 0 && (
        <span class="lost">⊘ {t.olderIslands(shelf.islands, shelf.objects, shelf.bytes)}</span>
      )}
      {scene.diedEarlier > 0 ? (
        <span>
          <i class="tomb" aria-hidden="true">
            †
          </i>
          {t.earlier(scene.diedEarlier)}
        </span>
      ) : (
        shelf.islands === 0 && (
          <span class="quiet">{scene.diedHere ? t.noOlder : t.nothingDied}</span>
        )
      )}
      {scene.temporaries > 0 && <span>{t.temporaries(scene.temporaries)}</span>}
      {scene.notDrawn > 0 && <span>{t.notDrawn(scene.notDrawn)}</span>}
      <button
        type="button"
        class="btn ghost swap"
        aria-pressed={table}
        onClick={() => onTable(!table)}
      >
        {table ? t.graph : t.table} <kbd aria-hidden="true">T</kbd>
      </button>
    </div>
  );
}

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

/* ---------- names */

function Ceiling({ g, scene, texts }: { g: Geometry; scene: Scene; texts: Texts }) {
  const live = new Set(scene.threads.map(({ box, name }) => `${box} ${name}`));
  const dead = new Set(scene.deadNames.map(({ box, name }) => `${box} ${name}`));
  const present = new Set(
    g.cells.filter((c) => live.has(key(c)) || dead.has(key(c))).map((c) => c.box),
  );
  return (
    <>
      {g.boxes.map((box, i) => {
        const shown = box.isModule || g.cells.some((c) => present.has(c.box) && inBox(c, box));
        if (!shown) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: boxes keep their places for the whole recording
          <g key={i}>
            <rect class="frame" x={box.x} y={box.y} width={box.width} height={box.height} rx="6" />
            <text class="cap mono" x={box.x + 12} y={box.y + 22}>
              {box.title}
            </text>
          </g>
        );
      })}
      {g.cells.map((cell) => {
        const id = key(cell);
        if (!live.has(id) && !dead.has(id)) return null;
        const gone = !live.has(id);
        return (
          <g key={id} class={gone ? "name gone" : "name"}>
            <rect
              class="cell"
              x={cell.x - cell.width / 2}
              y={cell.y - 11}
              width={cell.width}
              height="22"
              rx="4"
            />
            <text class="cellt" x={cell.x} y={cell.y + 4.5}>
              {shorten(cell.name, cell.width - 10, 7.6)}
            </text>
            {gone && (
              <>
                <path class="e weak deadE" d={`M${cell.x} ${cell.y + 11}v14`} />
                <text class="dim mid" x={cell.x} y={cell.y + 37}>
                  {texts.graph.dead}
                </text>
              </>
            )}
          </g>
        );
      })}
    </>
  );
}

const key = ({ box, name }: { box: number; name: string }): string => `${box} ${name}`;
const inBox = (
  cell: { x: number; y: number },
  box: { x: number; y: number; width: number; height: number },
) => cell.x > box.x && cell.x < box.x + box.width && cell.y > box.y && cell.y < box.y + box.height;

/* ---------- references */

const half = (g: Geometry, node: Node | undefined): { x: number; y: number } => {
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

function References({ g, scene }: { g: Geometry; scene: Scene }) {
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
const Items = ({ g, scene }: { g: Geometry; scene: Scene }) => (
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

/* ---------- objects */

interface ShapeProps {
  node: Node;
  g: Geometry;
  texts: Texts;
  chosen: boolean;
  onSelect: (object: number) => void;
}

function Shape({ node, g, texts, chosen, onSelect }: ShapeProps) {
  const at = g.at(node.object);
  if (!at) return null;
  const { x: rx, y: ry } = half(g, node);
  const dead = node.state === "dead";
  const names = node.names.join(", ");
  const choose = (event: Event) => {
    event.stopPropagation();
    onSelect(node.object);
  };
  return (
    <g
      class={`node ${node.kind}${dead ? " dead" : ""}`}
      transform={`translate(${at.x} ${at.y})`}
      role="button"
      tabindex={0}
      aria-pressed={chosen}
      aria-label={texts.graph.node(node.label, names, texts.state[node.state], node.count)}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          choose(event);
        }
      }}
    >
      <title>{node.label}</title>
      {chosen && <Outline kind={node.kind} rx={rx + 5} ry={ry + 5} class="halo" />}
      <Outline kind={node.kind} rx={rx} ry={ry} class="s" />
      {node.kind === "array" && <Tape rx={rx} ry={ry} dead={dead} />}
      <Words node={node} width={2 * rx} />
      {!dead && node.count > 0 && (node.kind !== "array" || node.count !== 1 || !at.isSide) && (
        <Badge
          count={node.count}
          x={rx * (node.kind === "variable" ? 0.74 : 1) - 1}
          y={-ry * 0.84}
        />
      )}
    </g>
  );
}

function Outline({
  kind,
  rx,
  ry,
  class: name,
}: {
  kind: Node["kind"];
  rx: number;
  ry: number;
  class: string;
}) {
  if (kind === "variable" || kind === "parameter") return <ellipse class={name} rx={rx} ry={ry} />;
  const radius = kind === "instance" ? ry : kind === "array" ? 0 : 3;
  return <rect class={name} x={-rx} y={-ry} width={2 * rx} height={2 * ry} rx={radius} />;
}

const Tape = ({ rx, ry, dead }: { rx: number; ry: number; dead: boolean }) => {
  const lines = dead ? [5 - rx, rx - 5] : [6 - rx, 12 - rx, rx - 6];
  return <path class="tick" d={lines.map((x) => `M${x} ${-ry}v${2 * ry}`).join("")} />;
};

function Words({ node, width }: { node: Node; width: number }) {
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

const Badge = ({ count, x, y }: { count: number; x: number; y: number }) => {
  const text = String(count);
  const width = Math.max(16, text.length * 7 + 8);
  return (
    <g class="badge" transform={`translate(${x} ${y})`}>
      <rect class="rc" x={-width / 2} y="-8" width={width} height="16" rx="8" />
      <text class="rct" y="4">
        {text}
      </text>
    </g>
  );
};

/* ---------- the fallen, and islands */

function Fallen({ g, scene, texts }: { g: Geometry; scene: Scene; texts: Texts }) {
  const first = scene.nodes.find((node) => node.fell === 1);
  const at = first && g.at(first.object);
  if (!at) return null;
  const { y: ry } = half(g, first);
  return (
    <g aria-hidden="true">
      <path class="cut" d={`M${at.x} ${at.y - ry - 1}v-4m-6 2l12 -5m-12 0l12 -5m-6 1v-4`} />
      <text class="cap" x={at.x + 14} y={at.y - ry - 9}>
        {texts.graph.diedHere(scene.diedHere - scene.temporaries)}
      </text>
    </g>
  );
}

/** The line around an island, with room for what loops around its objects. */
function coastOf(island: Island, g: Geometry) {
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

/* ---------- words that fit */

const shorten = (text: string, width: number, perLetter: number): string => {
  const room = Math.max(1, Math.floor(width / perLetter));
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
};
