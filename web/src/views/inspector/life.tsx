/** Birth and death, with links to their lines; cause; place in the fall. */
import type { ComponentChildren } from "preact";
import { fallOf } from "../../analysis/falls";
import { lastHolder } from "../../parts/bill";
import { RichText } from "../../parts/rich";
import { Term, type TermName } from "../../parts/term";
import { holderText } from "../../telling/holder";
import { NOWHERE, placeOfDeath, placeOfStack } from "../../trace/places";
import { OPEN, type Recording } from "../../trace/recording";
import { deathOf, stepCount, stepOf } from "../../trace/replay";
import { type Part, PlaceLink, Section } from "./section";

export function Life(props: Part) {
  const { texts, r, object, event, onGoTo } = props;
  const t = texts.inspector;
  const death = deathOf(r, object);
  const over = death !== null && death.event <= event;
  const place = placeOfStack(r, r.objects.stack[object]!);
  const born = r.objects.born[object]!;
  const link = { texts, r, onGoTo };
  const cause = causeOf(props);
  const fall = over ? fallOf(r, object) : [];
  const word = (of: TermName, text: string) => (
    <Term texts={texts} of={of}>
      {text}
    </Term>
  );
  return (
    <Section title={t.life}>
      <dl class="life">
        <dt>{word("born", t.born)}</dt>
        <dd>{place === NOWHERE ? t.older : <PlaceLink {...link} event={born} place={place} />}</dd>
        <dt>{word("death", over ? t.died : t.dies)}</dt>
        <dd>
          {death ? (
            <PlaceLink {...link} event={death.event} place={placeOfDeath(r, object)} />
          ) : r.end ? (
            t.outlives
          ) : (
            t.notHere
          )}
        </dd>
        {cause && (
          <>
            <dt>{word("cause", t.cause)}</dt>
            <dd>{cause}</dd>
          </>
        )}
        {fall.length > 1 && (
          <>
            <dt>{word("fall", t.order)}</dt>
            <dd>{t.orderOf(fall.indexOf(object) + 1, fall.length)}</dd>
          </>
        )}
      </dl>
      <LifeBar r={r} object={object} event={event} />
    </Section>
  );
}

function causeOf({ texts, r, object }: Part): ComponentChildren {
  const t = texts.inspector;
  const death = deathOf(r, object);
  if (!death) return null;
  if (death.by === "gc") {
    return (
      <>
        <Term texts={texts} of="collector">
          {t.collector}
        </Term>
        {death.generation !== null && (
          <>
            {", "}
            <Term texts={texts} of="generation">
              {t.ofGeneration(death.generation)}
            </Term>
          </>
        )}
        : {t.inCycle}
      </>
    );
  }
  if (death.edge < 0) return <RichText text={t.refcount} />;
  const last = lastHolder(r, death.edge, death.event);
  return <RichText text={t.lastHolder(holderText(texts, r, last))} />;
}

function LifeBar({ r, object, event }: { r: Recording; object: number; event: number }) {
  const steps = Math.max(1, stepCount(r));
  const percent = (at: number): number => ((stepOf(r, at) + 0.5) / steps) * 100;
  const from = percent(r.objects.born[object]!);
  const died = r.objects.died[object]!;
  const to = died === OPEN ? 100 : percent(died);
  return (
    <div class={`lifebar ${r.objects.kind[object]}`} aria-hidden="true">
      <i style={{ left: `${from}%`, width: `${Math.max(1, to - from)}%` }} />
      <u style={{ left: `${percent(event)}%` }} />
    </div>
  );
}
