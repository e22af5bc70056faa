/** "What if this reference were weak?", of each strong one: what would die, and when. */
import { useEffect, useRef, useState } from "preact/hooks";
import { bytesOfAll, cut } from "../../analysis/cuts";
import { type Fall, peakWithout, weakening } from "../../analysis/weakening";
import { type Rich, rich } from "../../i18n/rich";
import { useGradual } from "../../parts/gradual";
import { RichText } from "../../parts/rich";
import { Term } from "../../parts/term";
import { holderText } from "../../telling/holder";
import { billOf, type Holder } from "../../trace/holders";
import { placeOfStep } from "../../trace/places";
import { isShown, type Recording } from "../../trace/recording";
import { isAlive, labelOf, peakUpTo, stepOf } from "../../trace/replay";
import { type Part, placeText, Section, useFew } from "./section";

/** Shown at first. */
const SWITCHES = 6;

export function WhatIf(props: Part) {
  const { texts, r, object, event } = props;
  const t = texts.inspector;
  const [on, setOn] = useState(-1);
  const strong = billOf(r, object, event);
  const [few, more] = useFew(texts, strong.length, SWITCHES);
  return (
    <Section
      title={
        <Term texts={texts} of="weak">
          {t.whatIf}
        </Term>
      }
      class="if"
    >
      {strong.length === 0 && <p class="none">{t.noStrong}</p>}
      {strong.slice(0, few).map((by) => (
        <div key={by.edge}>
          <button
            type="button"
            role="switch"
            class="toggle"
            aria-checked={on === by.edge}
            onClick={() => setOn(on === by.edge ? -1 : by.edge)}
          >
            <i class="sw" aria-hidden="true" />
            <span>
              <RichText text={t.isWeak(holderText(texts, r, by))} />
            </span>
          </button>
          {on === by.edge && <Answer {...props} by={by} />}
        </div>
      ))}
      {more && <p class="none">{more}</p>}
    </Section>
  );
}

function Answer(props: Part & { by: Holder }) {
  const { texts, r, by } = props;
  const falls = useGradual(() => weakening(r, by.edge), [r, r.version, by.edge]);
  const said = [now(props), ...(falls ? later(props, falls) : [])];
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: "nearest" }), [falls]);
  return (
    <p class="answer" aria-live="polite" ref={place}>
      {said.map((text, i) => (
        <span key={i}>
          {i > 0 && " "}
          <RichText text={text} />
        </span>
      ))}
      {!falls && ` ${texts.inspector.counting}`}
    </p>
  );
}

const shownOf = (r: Recording, objects: readonly number[]): number =>
  objects.filter((o) => isShown(r.objects.kind[o]!)).length;

/** If it were loosened at this moment. */
function now({ texts, r, event, by }: Part & { by: Holder }): Rich {
  const { byCount, byCollector } = cut(r, event, [by.edge]);
  return texts.inspector.weakNow(
    shownOf(r, byCount),
    shownOf(r, byCollector),
    bytesOfAll(r, [...byCount, ...byCollector]),
  );
}

/** If it had been weak from the beginning. */
function later({ texts, r, object, by }: Part & { by: Holder }, falls: readonly Fall[]): Rich[] {
  const t = texts.inspector;
  const own = falls.find((fall) => fall.object === object);
  const others =
    shownOf(
      r,
      falls.map((fall) => fall.object),
    ) - (own ? 1 : 0);
  const said: Rich[] = [];
  if (own) {
    const where = placeText(texts, r, own.step, placeOfStep(r, own.step));
    const died = r.objects.death[object]!;
    const sooner = died < 0 ? 0 : stepOf(r, r.deaths.event[died]!) - own.step;
    said.push(sooner > 0 ? t.sooner(sooner, where, own.cause) : t.wouldDie(where, own.cause));
    if (others > 0) said.push(t.withIt(others));
  } else said.push(others > 0 ? t.othersFall(others) : t.sameDeath);
  const [peak, before] = [peakWithout(r, falls), peakUpTo(r.bytes, r.lastEvent)];
  if (peak < before) said.push(t.newPeak(peak, before));
  if (own && outlives(r, by.holder, own, falls)) said.push(warning(texts, r, by));
  return said;
}

/** Whether the holder would still be there, and look in vain. */
function outlives(r: Recording, holder: number, own: Fall, falls: readonly Fall[]): boolean {
  const fallen = falls.find((fall) => fall.object === holder);
  return isAlive(r, holder, own.event) && (!fallen || fallen.step > own.step);
}

function warning(texts: Part["texts"], r: Recording, by: Holder): Rich {
  const t = texts.inspector;
  const label = labelOf(r, by.holder);
  const kind = r.objects.kind[by.holder]!;
  if (kind === "function" && by.path.startsWith("inputs")) return t.losesInput(label);
  if (kind === "variable" && by.path === "creator") return t.losesCreator(label);
  if (kind === "variable" && by.path === "data") return t.losesData(label);
  return t.finds(rich`${holderText(texts, r, by)}`);
}
