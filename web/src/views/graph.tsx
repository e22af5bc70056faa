/** The graph at one instant: objects that hang from names, seen through the reader's lens. */
import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { Texts } from "../i18n";
import { geometryFor } from "../layout/geometry";
import { seenThrough } from "../layout/lens";
import { type Scene, sceneAt } from "../layout/scene";
import { idAt } from "../layout/seats";
import { useLayout } from "../parts/graph/arranged";
import { Finder } from "../parts/graph/finder";
import { Picture } from "../parts/graph/picture";
import { Shelf } from "../parts/graph/shelf";
import { useInSight, useZoom } from "../parts/graph/zoom";
import { ZoomButtons } from "../parts/graph/zoom-buttons";
import { useSize } from "../parts/size";
import { type Lens, zoomed } from "../state/lens";
import { findObjects } from "../trace/find";
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
  onGoTo: (step: number) => void;
  lens: Lens;
  onLens: (change: Partial<Lens>) => void;
  /** What stands above it, from what is in it; null while it is being laid out. */
  head: (scene: Scene | null) => ComponentChildren;
  /** Show the table instead; it is the children, and always there for those who cannot see. */
  table: boolean;
  onTable: (shown: boolean) => void;
  children: ComponentChildren;
}

/** A pane with less has no room for three columns that can be read. */
const NARROW = 560;

/** A pane that is hidden is as wide as it was. */
function useNarrow(width: number): boolean {
  const narrow = useRef(false);
  if (width) narrow.current = width < NARROW;
  return narrow.current;
}

export function Graph(props: Props) {
  const { texts, recording, version, step, event, selected, onSelect, table, lens, onLens } = props;
  const [pane, size] = useSize<HTMLDivElement>();
  const narrow = useNarrow(size.width);
  const layout = useLayout(recording, version, lens.opened, narrow);
  const scene = useMemo(
    () => layout && sceneAt(recording, layout, step, event, selected),
    [recording, layout, step, event, selected],
  );
  const chosen = layout && selected !== null ? idAt(layout.seats, selected, event) : null;
  const seen = useMemo(
    () => scene && seenThrough(scene, lens.hidden, lens.near ? chosen : null),
    [scene, lens.hidden, lens.near, chosen],
  );
  const found = useMemo(
    () => (lens.finding ? findObjects(recording, event, lens.query) : []),
    [recording, version, event, lens.finding, lens.query],
  );
  const geometry = useMemo(
    () => (layout && size.width ? geometryFor(layout.seats, layout.names, size) : null),
    [layout, size],
  );
  const zoom = (by: number) => onLens({ zoom: zoomed(lens.zoom, by) });
  useZoom(pane, lens.zoom, zoom);
  useInSight(pane, selected);
  const open = (fold: string) => {
    if (!lens.opened.includes(fold)) onLens({ opened: [...lens.opened, fold] });
    else props.onTable(true);
  };
  return (
    <>
      {props.head(scene)}
      {lens.finding && (
        <Finder
          texts={texts}
          query={lens.query}
          found={found}
          selected={selected}
          onQuery={(query) => onLens({ query })}
          onSelect={onSelect}
          onClose={() => onLens({ finding: false, query: "" })}
        />
      )}
      <div class="easel" hidden={table}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a click on nothing lets go of the chosen object; Escape does too */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
        <div class="canvas" ref={pane} onClick={() => onSelect(null)}>
          {geometry && seen && !table && (
            <Picture
              g={geometry}
              zoom={lens.zoom}
              scene={seen}
              texts={texts}
              chosen={chosen}
              found={lens.finding && lens.query.trim() ? new Set(found) : null}
              onSelect={onSelect}
              onOpen={open}
            />
          )}
          {!layout && (
            <p class="empty" role="status">
              {texts.graph.arranging(recording.shown.length)}
            </p>
          )}
        </div>
      </div>
      <div class={table ? "tabled" : "sr"}>{props.children}</div>
      {scene && (
        <Shelf
          texts={texts}
          recording={recording}
          step={step}
          event={event}
          scene={scene}
          table={table}
          onTable={props.onTable}
          onSelect={onSelect}
          onGoTo={props.onGoTo}
        >
          {!table && <ZoomButtons texts={texts} lens={lens} onZoom={zoom} onLens={onLens} />}
        </Shelf>
      )}
    </>
  );
}
