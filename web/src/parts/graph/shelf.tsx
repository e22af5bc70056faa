// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: what is hidden here takes no focus
/** What is no longer, or not, in the picture, in words that open into lists. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Texts } from "../../i18n";
import type { Scene } from "../../layout/scene";
import { placeOfDeath, placeOfStep } from "../../trace/places";
import { isShown, type Recording, upTo } from "../../trace/recording";
import { bytesOf, deathOf, isAlive, labelOf, startOfStep, stepOf } from "../../trace/replay";
import { Explained } from "../term";

interface Props {
  texts: Texts;
  recording: Recording;
  step: number;
  event: number;
  scene: Scene;
  table: boolean;
  onTable: (shown: boolean) => void;
  onSelect: (object: number) => void;
  onGoTo: (step: number) => void;
  /** Tools of the picture. */
  children: ComponentChildren;
}

/** Entries of a list; the table has them all. */
const LISTED = 100;

export function Shelf(p: Props) {
  const { texts, scene, table } = p;
  const t = texts.graph;
  const { shelf } = scene;
  const [open, setOpen] = useState<"" | "dead" | "islands">("");
  const opener = (list: "dead" | "islands", text: ComponentChildren, name = "") => (
    <Explained
      explained={texts.terms[list === "dead" ? "shelf" : "older"]}
      class={`opener ${name}`}
      aria-expanded={open === list}
      onClick={() => setOpen(open === list ? "" : list)}
    >
      {text}
    </Explained>
  );
  return (
    <div class="shelf">
      {open === "dead" && scene.diedEarlier > 0 && <Dead {...p} onClose={() => setOpen("")} />}
      {open === "islands" && shelf.islands > 0 && <Islands {...p} onClose={() => setOpen("")} />}
      {shelf.islands > 0 &&
        opener(
          "islands",
          <>⊘ {t.olderIslands(shelf.islands, shelf.objects, shelf.bytes)}</>,
          "lost",
        )}
      {scene.diedEarlier > 0 ? (
        <span>
          <i class="tomb" aria-hidden="true">
            †
          </i>
          {opener("dead", t.earlier(scene.diedEarlier))}
        </span>
      ) : (
        shelf.islands === 0 && (
          <span class="quiet">{scene.diedHere ? t.noOlder : t.nothingDied}</span>
        )
      )}
      {scene.temporaries > 0 && <span>{t.temporaries(scene.temporaries)}</span>}
      {scene.notDrawn > 0 && <span>{t.notDrawn(scene.notDrawn)}</span>}
      {p.children}
      <button
        type="button"
        class="btn ghost swap"
        aria-pressed={table}
        onClick={() => p.onTable(!table)}
      >
        {table ? t.graph : t.table} <kbd aria-hidden="true">T</kbd>
      </button>
    </div>
  );
}

type ListProps = Props & { onClose: () => void };

function List({
  texts,
  name,
  onClose,
  children,
}: {
  texts: Texts;
  name: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  return (
    <section
      class="list"
      aria-label={name}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div class="head">
        <h3>{name}</h3>
        <button type="button" class="btn ghost" aria-label={texts.find.close} onClick={onClose}>
          ✕
        </button>
      </div>
      <ul>{children}</ul>
    </section>
  );
}

/** The dead of earlier steps, the last first. */
function Dead(p: ListProps) {
  const { texts, recording: r } = p;
  const dead: number[] = [];
  for (let row = upTo(r.deaths.event, startOfStep(r, p.step)) - 1; row >= 0; row--) {
    if (dead.length >= LISTED) break;
    const object = r.deaths.object[row]!;
    if (isShown(r.objects.kind[object]!)) dead.push(object);
  }
  return (
    <List texts={texts} name={texts.graph.earlier(p.scene.diedEarlier)} onClose={p.onClose}>
      {dead.map((object) => {
        const { event } = deathOf(r, object)!;
        return (
          <li key={object}>
            <button type="button" onClick={() => p.onSelect(object)}>
              † {labelOf(r, object)}
            </button>
            <button type="button" onClick={() => p.onGoTo(stepOf(r, event))}>
              {texts.place(placeOfDeath(r, object))}
            </button>
          </li>
        );
      })}
      {p.scene.diedEarlier > LISTED && (
        <li class="quiet">{texts.graph.andMore(p.scene.diedEarlier - LISTED)}</li>
      )}
    </List>
  );
}

/** Islands that are not drawn, the newest first, with the step in which each formed. */
function Islands(p: ListProps) {
  const { texts, recording: r, event } = p;
  const drawn = new Set(p.scene.islands.map(({ island }) => island));
  const listed: number[] = [];
  for (
    let island = upTo(r.islands.from, event) - 1;
    island >= 0 && listed.length < LISTED;
    island--
  ) {
    if (event < r.islands.to[island]! && !drawn.has(island)) listed.push(island);
  }
  const { islands, objects, bytes } = p.scene.shelf;
  return (
    <List
      texts={texts}
      name={texts.graph.olderIslands(islands, objects, bytes)}
      onClose={p.onClose}
    >
      {listed.map((island) => {
        const members = r.islands.members[island]!.filter(
          (object) => isShown(r.objects.kind[object]!) && isAlive(r, object, event),
        );
        const size = members.reduce((sum, object) => sum + bytesOf(r, object), 0);
        const step = stepOf(r, r.islands.from[island]!);
        return (
          <li key={island}>
            <button
              type="button"
              class="lost"
              onClick={() => members[0] !== undefined && p.onSelect(members[0])}
            >
              ⊘ {texts.graph.islandCard(members.length, size)}
            </button>
            <button type="button" onClick={() => p.onGoTo(step)}>
              {texts.graph.formedAt(texts.place(placeOfStep(r, step)), step + 1)}
            </button>
          </li>
        );
      })}
      {islands > listed.length && (
        <li class="quiet">{texts.graph.andMore(islands - listed.length)}</li>
      )}
    </List>
  );
}
