/** Why the object is alive: a sentence, the ways as chips, and the edit that would end it. */
import { useMemo } from "preact/hooks";
import { type Cure, cureOf } from "../../analysis/cures";
import { bytesOfAll, cut, edgesLike } from "../../analysis/cuts";
import { graphAt } from "../../analysis/graph";
import { firstName, hopsOf } from "../../analysis/hops";
import { cycleThrough, type Retention, retentions } from "../../analysis/paths";
import { plain, type Rich } from "../../i18n/rich";
import { Arrows, Chip } from "../../parts/chips";
import { RichText } from "../../parts/rich";
import { Term } from "../../parts/term";
import { cureText } from "../../telling/cure";
import { wordOf } from "../../telling/holder";
import { hopText, retentionText, whyText } from "../../telling/why";
import { isFrame, unnamedOf } from "../../trace/holders";
import { isShown } from "../../trace/recording";
import { countOf, type State } from "../../trace/replay";
import { type Part, Section, useMoment } from "./section";

/** Ways that are drawn, edits that are told. */
const WAYS = 2;
const EDITS = 3;

export function Why(props: Part & { state: State }) {
  const { texts, r, object, event, state } = props;
  const t = texts.inspector;
  const { at, busy } = useMoment(r, event);
  const ways = useMemo(() => retentions(r, at, object), [r, r.version, at, object]);
  const lost = state === "unreachable";
  return (
    <Section
      title={
        <Term texts={texts} of="root">
          {lost ? t.whyLost : t.why}
        </Term>
      }
      busy={busy}
    >
      <p>
        <RichText text={sentence(props, ways, at)} />
      </p>
      {ways.slice(0, WAYS).map((way) => (
        <WayChips key={way.edges.join(" ")} {...props} event={at} way={way} />
      ))}
      {lost && <Ring {...props} event={at} />}
      {ways.length > 0 && <Edits {...props} event={at} ways={ways} />}
    </Section>
  );
}

function sentence(
  { texts, r, object, state }: Part & { state: State },
  ways: Retention[],
  at: number,
) {
  const t = texts.inspector;
  const [first, second] = ways;
  if (!first) return whyText(texts, r, object, at);
  const said: Rich = retentionText(texts, r, first, WAYS);
  if (!second) {
    const more = state === "alive" && countOf(r, object, at).count > 1 && first.edges.length > 0;
    return more ? [...said, " ", t.onlyWay] : said;
  }
  const [outer, nearest] = [hopsOf(r, second)[0], hopsOf(r, second).at(-1)];
  if (!outer || !nearest) return said;
  const named = isFrame(r, outer.holder) && outer !== nearest && !unnamedOf(outer.path);
  const from = named ? firstName(outer.path) : null;
  return [...said, " ", ...t.otherwise(hopText(texts, r, nearest, at), from)];
}

/** Of a long way the ends. */
const ENDS = 4;

function WayChips({ texts, r, event, onSelect, way }: Part & { way: Retention }) {
  const hops = hopsOf(r, way);
  const objects = hops.map(({ held }) => held);
  const left = objects.length - 2 * ENDS;
  const shown = left > 1 ? [...objects.slice(0, ENDS), -1, ...objects.slice(-ENDS)] : objects;
  if (!hops.length) return null;
  const first = hops[0]!;
  return (
    <Arrows>
      {[
        isFrame(r, first.holder) ? (
          <span key="root">{wordOf(texts, first.path)}</span>
        ) : (
          <Chip key="root" r={r} object={first.holder} event={event} onSelect={onSelect} />
        ),
        ...shown.map((object, i) =>
          object < 0 ? (
            <span key={i}>… {left}</span>
          ) : (
            <Chip key={i} r={r} object={object} event={event} onSelect={onSelect} />
          ),
        ),
      ]}
    </Arrows>
  );
}

/** The cycle that an island's object is in: round and back to it. */
function Ring({ r, object, event, onSelect }: Part) {
  const ring = cycleThrough(graphAt(r, event), object) ?? [];
  const members = ring
    .map((edge) => r.edges.held[edge]!)
    .filter((o) => isShown(r.objects.kind[o]!));
  if (members.length < 2) return null;
  return (
    <Arrows>
      {[object, ...members].map((member, i) => (
        <Chip key={i} r={r} object={member} event={event} onSelect={onSelect} />
      ))}
    </Arrows>
  );
}

function Edits({ texts, r, object, event, ways }: Part & { ways: Retention[] }) {
  const t = texts.inspector;
  const cures = new Map<string, { cure: Cure; text: Rich }>();
  for (const way of ways.slice(0, EDITS)) {
    const cure = cureOf(r, way);
    const text = cureText(texts, cure);
    cures.set(plain(text), { cure, text });
  }
  const all = [...cures.values()];
  const edges = all.flatMap(({ cure }) =>
    cure.edge === null ? [] : edgesLike(r, event, cure.edge),
  );
  const { byCount, byCollector } = cut(r, event, edges);
  const freed = [...byCount, ...byCollector];
  const shown = freed.filter((o) => isShown(r.objects.kind[o]!)).length;
  return (
    <p class="cure">
      <b>{t.edit}</b>{" "}
      {all.map(({ text }, i) => (
        <span key={plain(text)}>
          {i > 0 && t.andEdit}
          <RichText text={text} />
        </span>
      ))}
      {". "}
      {edges.length > 0 && (
        <RichText text={t.editFrees(shown, bytesOfAll(r, freed), freed.includes(object))} />
      )}
    </p>
  );
}
