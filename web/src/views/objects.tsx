/** The table of all objects born so far: the graph in words, always there for those who read it. */
import { useMemo, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";
import { memo } from "../parts/memo";
import { useSettled } from "../parts/settled";
import { Term, type TermName, useCells } from "../parts/term";
import { useWindow } from "../parts/window";
import type { Lens } from "../state/lens";
import { NOWHERE, type Place } from "../trace/places";
import type { Recording } from "../trace/recording";
import type { State } from "../trace/replay";
import { type Column, type Order, type Row as RowData, rowOf, rowsAt } from "../trace/rows";

interface Props {
  texts: Texts;
  recording: Recording;
  /** Of the recording, which grows in place. */
  version: number;
  event: number;
  selected: number | null;
  onSelect: (object: number) => void;
  lens: Lens;
  /** For all to see, and not only for those who read it. */
  shown: boolean;
}

/** A longer table draws the rows in sight and some around, and says which of how many they are. */
const LONG = 2000;
/** Rows that are drawn anew together. */
const BLOCK = 250;
/** Up to here a table that all see follows each step at once; others do when the reader rests. */
const SMALL = 300;
/** In milliseconds. */
const RESTED = 200;
/** In CSS pixels: what is out of sight is as high. */
const ROW = 26;

const COLUMNS: readonly (readonly [column: Column, text: keyof Texts["table"] & string])[] = [
  ["name", "object"],
  ["type", "type"],
  ["state", "state"],
  ["count", "count"],
  ["weak", "weak"],
  ["bytes", "bytes"],
  ["born", "born"],
  ["died", "died"],
  ["cause", "cause"],
  ["label", "label"],
];

const EXPLAINED: Record<Column, TermName> = {
  name: "name",
  type: "type",
  state: "state",
  count: "count",
  weak: "weak",
  bytes: "bytes",
  born: "born",
  died: "death",
  cause: "cause",
  label: "label",
};

export function Objects({ shown, ...p }: Props) {
  const { texts, recording: r, version, selected, onSelect, lens } = p;
  const event = useSettled(p.event, shown && r.shown.length <= SMALL ? 0 : RESTED);
  const t = texts.table;
  const table = useRef<HTMLTableElement>(null);
  const [order, setOrder] = useState<Order | null>(null);
  const query = lens.finding ? lens.query : "";
  const rows = useMemo(
    () => rowsAt(r, event, lens.hidden, query, order),
    [r, version, event, lens.hidden, query, order],
  );
  const cells = useCells(texts);
  const long = rows.length > LONG;
  const [from, to] = useWindow(table, rows.length, ROW, long);
  const sort = (column: Column) =>
    setOrder(
      order?.column !== column
        ? { column, down: false }
        : order.down
          ? null
          : { column, down: true },
    );
  const blocks = [];
  for (let at = from; at < to; at += BLOCK) blocks.push(at);
  return (
    <>
      {/* What is not drawn is as high as it would be. */}
      <div
        style={{
          paddingTop: `${from * ROW}px`,
          paddingBottom: `${(rows.length - to) * ROW}px`,
        }}
      >
        <table
          {...cells.handlers}
          ref={table}
          aria-label={t.name}
          aria-busy={event !== p.event}
          aria-rowcount={rows.length + 1}
          class={long ? "objects long" : "objects"}
        >
          {long && !shown && (
            <caption>{t.part(Math.min(to, rows.length), rows.length, texts.graph.table)}</caption>
          )}
          <thead>
            <tr aria-rowindex={1}>
              {COLUMNS.map(([column, text]) => (
                <th
                  key={column}
                  scope="col"
                  aria-sort={
                    order?.column !== column ? undefined : order.down ? "descending" : "ascending"
                  }
                >
                  <Term
                    texts={texts}
                    of={EXPLAINED[column]}
                    tabIndex={shown ? 0 : -1}
                    onPress={() => sort(column)}
                  >
                    {t[text] as string}
                  </Term>
                </th>
              ))}
            </tr>
          </thead>
          {blocks.map((at) => {
            const objects = rows.slice(at, Math.min(at + BLOCK, to));
            return (
              <Block
                key={at}
                objects={objects}
                first={at}
                texts={texts}
                recording={r}
                version={version}
                event={event}
                selected={selected !== null && objects.includes(selected) ? selected : null}
                onSelect={onSelect}
                reachable={shown}
              />
            );
          })}
        </table>
        {cells.note}
      </div>
    </>
  );
}

interface BlockProps {
  objects: readonly number[];
  /** Rows above them. */
  first: number;
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
  function Block({ objects, first, texts, recording, event, ...p }: BlockProps) {
    return (
      <tbody>
        {objects.map((object, i) => (
          <Row
            key={object}
            {...textOf(rowOf(recording, object, event), texts)}
            index={first + i + 2}
            chosen={object === p.selected}
            object={object}
            onSelect={p.onSelect}
            reachable={p.reachable}
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
    a.first === b.first &&
    a.objects.length === b.objects.length &&
    a.objects.every((object, i) => object === b.objects[i]),
);

const STATE_TERMS: Partial<Record<State, TermName>> = {
  alive: "live",
  unreachable: "unreachable",
  dead: "death",
};

/** A line by its number; anywhere else in words. */
function cellText(texts: Texts, place: Place): string {
  if (place === NOWHERE) return "";
  return place.input ? texts.place(place) : String(place.line);
}

function textOf({ death, ...row }: RowData, texts: Texts) {
  const cause = texts.cause;
  return {
    ...row,
    stateText: texts.state[row.state],
    bytes: row.bytes.toLocaleString("en"),
    born: cellText(texts, row.born),
    died: cellText(texts, row.died),
    cause: death ? (death.by === "gc" ? cause.gc(death.generation) : cause.refcount) : "",
    causeTerm: death && (death.by === "gc" ? "collector" : "count"),
  };
}

type RowProps = ReturnType<typeof textOf> & {
  object: number;
  /** Place in the whole table, its head being 1. */
  index: number;
  chosen: boolean;
  onSelect: (object: number) => void;
  reachable: boolean;
};

const Row = memo(function Row(p: RowProps) {
  return (
    <tr class={p.state} aria-selected={p.chosen} aria-rowindex={p.index}>
      <th scope="row">
        <button type="button" tabindex={p.reachable ? 0 : -1} onClick={() => p.onSelect(p.object)}>
          {p.name}
        </button>
      </th>
      <td data-term={p.kind === "parameter" ? "variable" : p.kind}>{p.type}</td>
      <td data-term={STATE_TERMS[p.state]}>{p.stateText}</td>
      <td>{p.count}</td>
      <td>{p.weak}</td>
      <td>{p.bytes}</td>
      <td>{p.born}</td>
      <td>{p.died}</td>
      <td data-term={p.causeTerm}>{p.cause}</td>
      <td>{p.label}</td>
    </tr>
  );
});
