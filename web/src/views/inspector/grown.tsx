/** The leak report: what has grown since a step, by the line that made it. */
import { useMemo, useState } from "preact/hooks";
import { lossOf } from "../../analysis/cuts";
import { retainedAt } from "../../analysis/dominators";
import { type Growth, growthBetween, pinnedAt } from "../../analysis/growth";
import { Chip } from "../../parts/chips";
import { memo } from "../../parts/memo";
import { RichText } from "../../parts/rich";
import { Term } from "../../parts/term";
import { placeOfStep } from "../../trace/places";
import { isShown, type Recording } from "../../trace/recording";
import { labelOf, stepOf, totalAt } from "../../trace/replay";
import { Meter, type Part, Section, useFew, useMoment } from "./section";

/** So many living objects are all walked at each step. */
const SMALL = 200;
/** Lines, objects and arrays that are listed. */
const LINES = 6;
const OBJECTS = 4;
const MOST = 4;

type Props = Omit<Part, "object"> & { step: number };

export function Grown(props: Props) {
  const { texts, r, step, event } = props;
  const t = texts.inspector.grown;
  const [since, setSince] = useState(-1);
  const from = since > step ? -1 : since;
  const { at, busy } = useMoment(r, event, SMALL);
  const grown = useMemo(() => growthBetween(r, from, stepOf(r, at), at), [r, r.version, from, at]);
  const pinned = useMemo(() => pinnedAt(r, at), [r, r.version, at]);
  const [few, more] = useFew(texts, grown.length, LINES);
  const where = from < 0 ? t.beginning : t.stepAt(from + 1, texts.place(placeOfStep(r, from)));
  return (
    <Section title={t.heading} aside={`${t.since} ${where}`} busy={busy}>
      {grown.length === 0 && <p class="none">{t.nothing}</p>}
      {grown.length > 0 && !grown.some(({ piles }) => piles) && <p class="none">{t.flat}</p>}
      <ul class="grown">
        {grown.slice(0, few).map((line) => (
          <Line
            key={line.line}
            texts={texts}
            r={r}
            event={at}
            growth={line}
            onSelect={props.onSelect}
            onGoTo={props.onGoTo}
          />
        ))}
      </ul>
      {more && <p class="none">{more}</p>}
      {pinned.slice(0, MOST).map(({ owner, views, nbytes, used }) => (
        <p key={owner} class="pinned">
          <RichText text={t.pinned(labelOf(r, owner), texts.bytes(used), texts.bytes(nbytes))} />{" "}
          <span class="path">
            <Chip r={r} object={views[0]!} event={at} onSelect={props.onSelect} />
          </span>
        </p>
      ))}
      <div class="since">
        <button type="button" class="link" onClick={() => setSince(step)} disabled={from === step}>
          {t.fromHere}
        </button>
        {from >= 0 && (
          <button type="button" class="link" onClick={() => setSince(-1)}>
            {t.fromStart}
          </button>
        )}
      </div>
    </Section>
  );
}

/** As it was, while the reader scrubs a heap that is walked only where they rest. */
const Line = memo(function Line({
  texts,
  r,
  event,
  growth,
  onSelect,
  onGoTo,
}: Omit<Props, "step"> & { growth: Growth }) {
  const t = texts.inspector.grown;
  const { line, runs, objects, types, nbytes, piles } = growth;
  const last = stepOfLast(r, objects);
  return (
    <li>
      <p>
        {line === null ? (
          t.line(line)
        ) : (
          <button type="button" class="link" onClick={() => onGoTo(last)}>
            {t.line(line)}
          </button>
        )}
        {piles && <span class="tag">{t.piles}</span>}
        <b class="aside">{nbytes ? texts.bytes(nbytes) : null}</b>
      </p>
      {nbytes > 0 && <Meter parts={[nbytes]} of={totalAt(r.bytes, event)} />}
      <div class="path" title={t.types(types)}>
        <i>{t.left(objects.length, runs)}</i>
        {objects.slice(-OBJECTS).map((object) => (
          <Chip key={object} r={r} object={object} event={event} onSelect={onSelect} />
        ))}
        {objects.length > OBJECTS && <i>…</i>}
      </div>
    </li>
  );
});

const stepOfLast = (r: Part["r"], objects: readonly number[]): number =>
  stepOf(r, r.objects.born[objects.at(-1)!]!);

const shownWith = (r: Recording, event: number, object: number): number => {
  const { byCount, byCollector } = lossOf(r, event, object);
  return [...byCount, ...byCollector].filter((o) => isShown(r.objects.kind[o]!)).length;
};

/** The objects on which most hangs at this step. */
export function Most({ texts, r, event, onSelect }: Omit<Props, "step">) {
  const t = texts.inspector.grown;
  const { at, busy } = useMoment(r, event, SMALL);
  const most = useMemo(
    () =>
      [...retainedAt(r, at)]
        .filter(([object]) => isShown(r.objects.kind[object]!))
        .sort(([, a], [, b]) => b.nbytes - a.nbytes || b.objects - a.objects)
        .slice(0, MOST)
        .map(([object, { nbytes }]) => ({ object, nbytes, retains: shownWith(r, at, object) })),
    [r, r.version, at],
  );
  if (!most.length) return null;
  return (
    <Section
      title={
        <Term texts={texts} of="retained">
          {t.most}
        </Term>
      }
      busy={busy}
    >
      <ul class="grown">
        {most.map(({ object, nbytes, retains }) => (
          <li key={object}>
            <p class="path">
              <Chip r={r} object={object} event={at} onSelect={onSelect} />
              <i>{t.retains(retains)}</i>
              <b class="aside">{nbytes ? texts.bytes(nbytes) : null}</b>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
