/** The table of all objects born so far: the graph in words, always there for those who read it. */
import { memo } from "preact/compat";
import { useState } from "preact/hooks";
import type { Texts } from "../i18n";
import { useSettled } from "../parts/settled";
import { firstNameOf, namesOf } from "../trace/holders";
import { type Recording, upTo } from "../trace/recording";
import { bytesOf, countOf, deathOf, labelOf, lineOfStack, stateOf } from "../trace/replay";

interface Props {
  texts: Texts;
  recording: Recording;
  event: number;
  selected: number | null;
  onSelect: (object: number) => void;
}

/** More rows than this are shown on demand. */
const ROWS = 2000;
/** Up to here the table follows each step at once; a longer one follows when the reader rests. */
const SMALL = 300;

export function Objects({ texts, recording: r, event: present, selected, onSelect }: Props) {
  const [shown, setShown] = useState(ROWS);
  const event = useSettled(present, r.shown.length > SMALL ? 120 : 0);
  const t = texts.table;
  // Births are in order, but the shown ones among them are not a column: count them once.
  const born = upTo(r.objects.born, event);
  const rows: number[] = [];
  let more = 0;
  for (const object of r.shown) {
    if (object >= born) break;
    if (rows.length < shown) rows.push(object);
    else more++;
  }
  return (
    <>
      <table aria-label={t.name} class="objects">
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
        <tbody>
          {rows.map((object) => (
            <Row
              key={object}
              {...rowOf(r, object, event, texts)}
              chosen={object === selected}
              object={object}
              onSelect={onSelect}
            />
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <button type="button" class="btn" onClick={() => setShown(shown + ROWS)}>
          {t.more(Math.min(more, ROWS))}
        </button>
      )}
    </>
  );
}

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
    bytes: bytesOf(r, object),
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
};

const Row = memo(function Row(p: RowProps) {
  return (
    <tr class={p.state} aria-selected={p.chosen}>
      <th scope="row">
        <button type="button" tabindex={-1} onClick={() => p.onSelect(p.object)}>
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
