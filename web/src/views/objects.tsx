/** The table of all objects born so far: the graph in words, always there for those who read it. */
import { memo } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import type { Texts } from "../i18n";
import { useSettled } from "../parts/settled";
import { firstNameOf, namesOf } from "../trace/holders";
import { type Recording, upTo } from "../trace/recording";
import { bytesOf, countOf, deathOf, labelOf, lineOfStack, stateOf } from "../trace/replay";

interface Props {
  texts: Texts;
  recording: Recording;
  /** Of the recording, which grows in place. */
  version: number;
  event: number;
  selected: number | null;
  onSelect: (object: number) => void;
  /** For all to see, and not only for those who read it. */
  shown: boolean;
}

/** Rows that come at once; the others follow in turns, between which the page can answer. */
const FIRST = 1000;
/** Rows that come together. */
const BLOCK = 250;
/** More rows than this would make the page slow for good: they come on demand. */
const MOST = 20_000;
/** Up to here the table follows each step at once; a longer one follows when the reader rests. */
const SMALL = 300;
/** In milliseconds. */
const RESTED = 200;

export function Objects({ shown, ...p }: Props) {
  const { texts, recording: r, selected, onSelect } = p;
  const event = useSettled(p.event, r.shown.length > SMALL ? RESTED : 0);
  const t = texts.table;
  const [most, setMost] = useState(MOST);
  const rows = r.shown.slice(0, bornUpTo(r, event));
  const there = useGrowing(Math.min(rows.length, most), event);
  const blocks = [];
  for (let from = 0; from < there; from += BLOCK) {
    blocks.push(rows.slice(from, Math.min(from + BLOCK, there)));
  }
  const more = rows.length - most;
  return (
    <>
      <table aria-label={t.name} aria-rowcount={rows.length + 1} class="objects">
        <thead>
          <tr>
            <th scope="col">{t.object}</th>
            <th scope="col">{t.type}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.count}</th>
            <th scope="col">{t.weak}</th>
            <th scope="col">{t.bytes}</th>
            <th scope="col">{t.born}</th>
            <th scope="col">{t.died}</th>
            <th scope="col">{t.cause}</th>
            <th scope="col">{t.label}</th>
          </tr>
        </thead>
        {blocks.map((objects) => (
          <Block
            key={objects[0]}
            objects={objects}
            texts={texts}
            recording={r}
            version={p.version}
            event={event}
            selected={selected !== null && objects.includes(selected) ? selected : null}
            onSelect={onSelect}
            reachable={shown}
          />
        ))}
      </table>
      {more > 0 && (
        <button type="button" class="btn" onClick={() => setMost(most + MOST)}>
          {t.more(Math.min(more, MOST))}
        </button>
      )}
    </>
  );
}

/** How many of the shown objects were born up to the event: they are in order of birth. */
function bornUpTo(r: Recording, event: number): number {
  const born = upTo(r.objects.born, event);
  const first = r.shown.findLastIndex((object) => object < born);
  return first + 1;
}

/** Counts up to `all` in turns, and starts again when the event is another. */
function useGrowing(all: number, event: number): number {
  const [grown, setGrown] = useState({ event, rows: FIRST });
  const rows = grown.event === event ? grown.rows : FIRST;
  useEffect(() => {
    if (rows >= all) return;
    const more = () => setGrown({ event, rows: rows + BLOCK });
    const wait = setTimeout(more, 30);
    return () => clearTimeout(wait);
  }, [rows, all, event]);
  return Math.min(all, rows);
}

interface BlockProps {
  objects: readonly number[];
  texts: Texts;
  recording: Recording;
  version: number;
  event: number;
  selected: number | null;
  onSelect: (object: number) => void;
  reachable: boolean;
}

/** Rows that are drawn anew together, or not at all. */
const Block = memo(
  function Block({
    objects,
    texts,
    recording: r,
    event,
    selected,
    onSelect,
    reachable,
  }: BlockProps) {
    return (
      <tbody>
        {objects.map((object) => (
          <Row
            key={object}
            {...rowOf(r, object, event, texts)}
            chosen={object === selected}
            object={object}
            onSelect={onSelect}
            reachable={reachable}
          />
        ))}
      </tbody>
    );
  },
  (a, b) =>
    a.event === b.event &&
    a.version === b.version &&
    a.recording === b.recording &&
    a.texts === b.texts &&
    a.selected === b.selected &&
    a.reachable === b.reachable &&
    a.objects.length === b.objects.length,
);

function rowOf(r: Recording, object: number, event: number, texts: Texts) {
  const state = stateOf(r, object, event);
  const dead = state === "dead";
  const { count, weak } = countOf(r, object, event);
  const label = labelOf(r, object);
  const names = dead ? [firstNameOf(r, object, event)] : namesOf(r, object, event);
  const death = dead ? deathOf(r, object) : null;
  const born = lineOfStack(r, r.objects.stack[object]!);
  return {
    name: names.filter(Boolean).join(", ") || label,
    type: r.objects.type[object]!,
    state,
    stateText: texts.state[state],
    count,
    weak,
    bytes: bytesOf(r, object).toLocaleString("en"),
    born: born || "",
    died: death?.line || "",
    cause: death
      ? death.by === "gc"
        ? texts.cause.gc(death.generation)
        : texts.cause.refcount
      : "",
    label,
  };
}

type RowProps = ReturnType<typeof rowOf> & {
  object: number;
  chosen: boolean;
  onSelect: (object: number) => void;
  reachable: boolean;
};

const Row = memo(function Row(p: RowProps) {
  return (
    <tr class={p.state} aria-selected={p.chosen}>
      <th scope="row">
        <button type="button" tabindex={p.reachable ? 0 : -1} onClick={() => p.onSelect(p.object)}>
          {p.name}
        </button>
      </th>
      <td>{p.type}</td>
      <td>{p.stateText}</td>
      <td>{p.count}</td>
      <td>{p.weak}</td>
      <td>{p.bytes}</td>
      <td>{p.born}</td>
      <td>{p.died}</td>
      <td>{p.cause}</td>
      <td>{p.label}</td>
    </tr>
  );
});
