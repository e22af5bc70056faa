// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here is drawn twice, and takes no focus
// biome-ignore-all lint/a11y/useSemanticElements: SVG has neither buttons nor field sets
/** The graph at one instant: shapes for the objects, strings for the references to them. */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Texts } from "../i18n";
import { type Geometry, geometryFor } from "../layout/geometry";
import { namesIn } from "../layout/names";
import { type Scene, sceneAt } from "../layout/scene";
import { seatsOf } from "../layout/seats";
import { coastOf, Fallen } from "../parts/graph/groups";
import { Ceiling } from "../parts/graph/names";
import { Shape } from "../parts/graph/objects";
import { Items, References, routesIn } from "../parts/graph/references";
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
  // The recording grows in place; version says so.
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
  const drawn = routesIn(g, scene);
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
      <References drawn={drawn} />
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
      <Items drawn={drawn} />
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
