/** For the dead: what killed it, what fell with it and in which order, and what that gave back. */
import { bytesOfAll } from "../../analysis/cuts";
import { fallOf, placeOf } from "../../analysis/falls";
import { Arrows, Chip } from "../../parts/chips";
import { RichText } from "../../parts/rich";
import { Term } from "../../parts/term";
import { whyText } from "../../telling/why";
import { deathOf, totalAt } from "../../trace/replay";
import { Meter, type Part, Section } from "./section";

/** Of a long fall its beginning and its end; the chosen one is always among them. */
const FIRST = 4;
const LAST = 2;

export function Killed({ texts, r, object, event, onSelect }: Part) {
  const t = texts.inspector;
  const fall = fallOf(r, object);
  const nbytes = bytesOfAll(r, fall);
  const before = totalAt(r.bytes, deathOf(r, object)!.event - 1);
  const shown = fall.filter((o, i) => i < FIRST || i >= fall.length - LAST || o === object);
  const chips = shown.map((o, i) => {
    const place = placeOf(r, o);
    const gap = i > 0 && fall.indexOf(o) > fall.indexOf(shown[i - 1]!) + 1;
    const chip = (
      <Chip
        key={o}
        r={r}
        object={o}
        event={event}
        onSelect={onSelect}
        mark={place === null ? "†" : `†${place}`}
      />
    );
    return gap ? [<span key={`${o} gap`}>…</span>, chip] : [chip];
  });
  return (
    <>
      <Section title={t.whatKilled}>
        <p>
          <RichText text={whyText(texts, r, object, event)} />
        </p>
        {fall.length > 1 && <Arrows>{chips.flat()}</Arrows>}
      </Section>
      <Section
        title={
          <Term texts={texts} of="fall">
            {t.freed}
          </Term>
        }
      >
        <p class="frees">
          <RichText text={t.wholeFall(fall.length, before || nbytes ? nbytes : null)} />
        </p>
        {before > 0 && <Meter parts={[nbytes]} of={Math.max(before, nbytes)} />}
      </Section>
    </>
  );
}
