/** Facts of a step put into sentences, true for any program. */
import type { Texts } from "../i18n";
import type { Rich } from "../i18n/rich";
import { factsBetween, type StepFacts } from "../trace/questions";
import type { Recording } from "../trace/recording";
import { upTo } from "../trace/recording";
import {
  endOfStep,
  labelOf,
  lineOfStep,
  passOf,
  startOfStep,
  stepCount,
  totalAt,
} from "../trace/replay";

export interface Telling {
  readonly heading: string;
  readonly tally: string[];
  readonly sentences: Rich[];
}

/** More names than this in one line are counted, not listed. */
const NAMES = 2;

export function tellStep(texts: Texts, r: Recording, step: number, event: number): Telling {
  const facts = factsBetween(r, startOfStep(r, step), event);
  const inside = event < endOfStep(r, step);
  return {
    heading: headingOf(texts, r, step),
    tally: tallyOf(texts, facts),
    sentences: inside
      ? [texts.tell.inside(totalAt(r.bytes, event)), ...bornAndFallen(texts, facts)]
      : sentencesOf(texts, r, step, facts),
  };
}

/** Both recordings at the same step. */
export function tellBoth(
  texts: Texts,
  lead: Recording,
  both: readonly { recording: Recording; mode: "weak" | "strong" }[],
  step: number,
): Telling {
  const facts = both.map(({ recording, mode }) => ({
    mode,
    facts: factsBetween(recording, startOfStep(recording, step), endOfStep(recording, step)),
    r: recording,
  }));
  const names = facts[0] ? namesOf(texts, facts[0].r, facts[0].facts) : [];
  return {
    heading: headingOf(texts, lead, step),
    tally: facts[0] ? tallyOf(texts, facts[0].facts) : [],
    sentences: [
      ...names,
      ...facts.map(({ mode, facts: f }) => texts.tell.both(mode, f.died.length, f.freed)),
      ...facts.flatMap(({ facts: f }) =>
        f.lost.length ? [texts.tell.lost(f.lost.length, f.lostBytes)] : [],
      ),
    ],
  };
}

export function headingOf(texts: Texts, r: Recording, step: number): string {
  const { pass, of } = passOf(r, step);
  const line = texts.tell.line(lineOfStep(r, step));
  return of > 1 ? `${line}, ${texts.position.pass(pass, of)}` : line;
}

const tallyOf = (texts: Texts, { born, died }: StepFacts): string[] => [
  ...(born.length ? [texts.tell.born(born.length)] : []),
  ...(died.length ? [`† ${texts.tell.died(died.length)}`] : []),
];

function sentencesOf(texts: Texts, r: Recording, step: number, facts: StepFacts): Rich[] {
  const t = texts.tell;
  const said: Rich[] = namesOf(texts, r, facts);
  said.push(...bornAndFallen(texts, facts, said.length > 0));
  if (said.length < 2 && !facts.died.length && !facts.born.length) {
    said.push(...countsOf(texts, r, facts));
  }
  if (facts.collections.length && !facts.byCollector) said.push(t.collectedNothing);
  if (facts.lost.length) said.push(t.lost(facts.lost.length, facts.lostBytes));
  const top = topWithin(r, step);
  if (top > 0) said.push(t.peak(top));
  if (step === stepCount(r) - 1 && r.end?.status === "failed" && r.end.message) {
    said.push(t.raised(r.end.message.split(":")[0]!));
  }
  return said.length ? said : [t.nothing];
}

/** Where nothing was born or died, a count that changed is the news. */
const countsOf = (texts: Texts, r: Recording, { counts }: StepFacts): Rich[] =>
  counts
    .slice(0, 2)
    .map(({ object, before, after }) => texts.tell.count(labelOf(r, object), before, after));

function namesOf(texts: Texts, r: Recording, { bindings }: StepFacts): Rich[] {
  const t = texts.tell;
  const said = bindings.slice(0, NAMES).map(({ name, before, after }) => {
    if (after < 0) return t.letGo(name, labelOf(r, before));
    if (before < 0) return t.bound(name, labelOf(r, after));
    return t.rebound(name, labelOf(r, before), labelOf(r, after));
  });
  if (bindings.length > NAMES) said.push(t.moreNames(bindings.length - NAMES));
  return said;
}

function bornAndFallen(texts: Texts, facts: StepFacts, named = false): Rich[] {
  const t = texts.tell;
  const said: Rich[] = [];
  const bornHere = new Set(facts.born);
  const passing = facts.died.filter((object) => bornHere.has(object)).length;
  const fell = facts.died.length - facts.byCollector - passing;
  const stayed = facts.born.length - passing;
  if (stayed > (named ? 2 : 0)) said.push(t.bornOnly(facts.born.length, facts.allocated));
  if (facts.byCollector) said.push(t.collected(facts.byCollector, facts.freed));
  if (fell > 0) said.push(t.fell(fell, facts.byCollector ? 0 : facts.freed));
  if (passing > 0) said.push(t.temporary(passing));
  return said;
}

/** Bytes at the highest point inside a line, where that is above both of its ends; else 0. */
function topWithin(r: Recording, step: number): number {
  const after = startOfStep(r, step);
  const end = endOfStep(r, step);
  let top = 0;
  for (let i = upTo(r.bytes.event, after); i < upTo(r.bytes.event, end); i++) {
    top = Math.max(top, r.bytes.total[i]!);
  }
  const ends = Math.max(after < 0 ? 0 : totalAt(r.bytes, after), totalAt(r.bytes, end));
  return top > ends ? top : 0;
}
