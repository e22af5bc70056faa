/**
 * What a line did and what it cost, in one or two sentences that are true for any program: first
 * what took hold or let go, then births, deaths and bytes; a third only for what is out of the
 * ordinary (a peak within the line, objects out of reach, an exception).
 */
import type { Texts } from "../i18n";
import type { Rich } from "../i18n/rich";
import { textOfLine } from "../trace/changes";
import { failingStep, placeOfStep } from "../trace/places";
import { factsBetween, marksOf, type StepFacts } from "../trace/questions";
import { type Recording, upTo } from "../trace/recording";
import { endOfStep, labelOf, passOf, startOfStep, totalAt } from "../trace/replay";
import { actsOf, bindingsText } from "./act";

export interface Telling {
  readonly heading: string;
  readonly tally: string[];
  readonly sentences: Rich[];
}

/** Characters of an input that head what is told of it. */
const LONGEST = 60;
/** More objects than this at once are not named. */
const NAMES = 2;
/** So much more than at both ends of a line is a peak: a scalar that comes and goes is none. */
const PEAK = 1.02;

export function tellStep(texts: Texts, r: Recording, step: number, event: number): Telling {
  const facts = factsBetween(r, startOfStep(r, step), event);
  const inside = event < endOfStep(r, step);
  return {
    heading: headingOf(texts, r, step),
    tally: tallyOf(texts, facts),
    sentences: inside ? insideOf(texts, r, step, event) : sentencesOf(texts, r, step, facts),
  };
}

/** In the middle of a line: what has just happened there, and what is alive for the moment. */
function insideOf(texts: Texts, r: Recording, step: number, event: number): Rich[] {
  const t = texts.tell;
  const marks = marksOf(r, step);
  const place = marks.findIndex((mark) => mark >= event);
  const before = marks[place - 1] ?? startOfStep(r, step);
  const { born, died, allocated, freed } = factsBetween(r, before, event);
  const said: Rich[] = [];
  if (born.length) said.push(t.justBorn(born.map((object) => labelOf(r, object)).slice(0, NAMES)));
  if (died.length) said.push(t.justDied(died.map((object) => labelOf(r, object)).slice(0, NAMES)));
  if (!died.length && freed) said.push(t.justFreed(freed));
  if (!born.length && allocated) said.push(t.justAllocated(allocated));
  if (place >= 0) said.push(t.inside(place + 1, marks.length, totalAt(r.bytes, event)));
  return said.length ? said : [t.nothing];
}

/** The recordings that executed the line, of which `lead` is one, each with its own step. */
export function tellBoth(
  texts: Texts,
  lead: Recording,
  both: readonly { recording: Recording; mode: "weak" | "strong"; step: number }[],
  step: number,
): Telling {
  const facts = both.map(({ recording, mode, step: own }) => ({
    mode,
    facts: factsBetween(recording, startOfStep(recording, own), endOfStep(recording, own)),
    r: recording,
  }));
  const names = facts[0]
    ? bindingsText(
        texts,
        facts[0].r,
        facts[0].facts.bindings,
        startOfStep(facts[0].r, both[0]!.step),
      )
    : [];
  return {
    heading: headingOf(texts, lead, step),
    tally: facts[0] ? tallyOf(texts, facts[0].facts) : [],
    sentences: [
      ...names,
      ...facts.map(({ mode, facts: f }) => texts.tell.both(mode, f.died.length, f.freed)),
      ...facts.flatMap(({ facts: f }) =>
        f.lost.length ? [texts.tell.lost(f.lost.length, f.lostBytes)] : [],
      ),
      ...raisedInBoth(texts, both),
    ],
  };
}

/** Once where both raised the same; else which of the two did. */
function raisedInBoth(
  texts: Texts,
  both: readonly { recording: Recording; mode: "weak" | "strong"; step: number }[],
): Rich[] {
  const t = texts.tell;
  const raised = both.flatMap(({ recording, mode, step }) => {
    const type = raisedAt(recording, step);
    return type ? [{ mode, type }] : [];
  });
  const [first, second] = raised;
  if (first && first.type === second?.type) return [t.raised(first.type)];
  return raised.map(({ mode, type }) => t.raisedIn(mode, type));
}

/** The type of the exception that ended the program with this step; "" for none. */
const raisedAt = (r: Recording, step: number): string =>
  step === failingStep(r) ? (r.end!.message ?? "").split(":")[0]! : "";

export function headingOf(texts: Texts, r: Recording, step: number): string {
  const { pass, of } = passOf(r, step);
  const place = placeOfStep(r, step);
  const text = place.input ? textOfLine(r, r.steps.location[step]!) : "";
  const where = texts.tell.heading(texts.place(place)) + (text && `: ${text.slice(0, LONGEST)}`);
  return of > 1 ? `${where}, ${texts.position.pass(pass, of)}` : where;
}

const tallyOf = (texts: Texts, { born, died }: StepFacts): string[] => [
  ...(born.length ? [texts.tell.born(born.length)] : []),
  ...(died.length ? [`† ${texts.tell.died(died.length)}`] : []),
];

function sentencesOf(texts: Texts, r: Recording, step: number, facts: StepFacts): Rich[] {
  const t = texts.tell;
  const did = actsOf(texts, r, step, facts);
  const cost = costOf(texts, facts, did.length > 0);
  const said: Rich[] = [...did, ...cost];
  if (said.length < 2 && !cost.length) said.push(...countsOf(texts, r, facts));
  if (facts.collections.length && !facts.byCollector) said.push(t.collectedNothing);
  if (facts.lost.length) said.push(t.lost(facts.lost.length, facts.lostBytes));
  const top = topWithin(r, step);
  if (top > 0) said.push(t.peak(top));
  const raised = raisedAt(r, step);
  if (raised) said.push(t.raised(raised));
  return said.length ? said : [quiet(texts, r, step, facts)];
}

/** A line after which all is as before: what it was for, where its text says so. */
function quiet(texts: Texts, r: Recording, step: number, { printed }: StepFacts): Rich {
  const t = texts.tell;
  const text = textOfLine(r, r.steps.location[step]!);
  const defined = /^(?:async\s+)?(def|class)\s+([\p{L}_][\p{L}\p{N}_]*)/u.exec(text);
  if (defined) return (defined[1] === "def" ? t.defined : t.classDefined)(defined[2]!);
  if (printed) return t.printed;
  if (/^(?:import|from)\s/.test(text)) return t.imported;
  if (/^(?:for|while)\s/.test(text)) return t.looped;
  return t.nothing;
}

/** Where nothing was born or died, a count that changed is the news. */
const countsOf = (texts: Texts, r: Recording, { counts }: StepFacts): Rich[] =>
  counts
    .slice(0, 2)
    .map(({ object, before, after }) => texts.tell.count(labelOf(r, object), before, after));

/** Births, deaths and bytes in one sentence; a single birth that a name told of costs no words. */
function costOf(texts: Texts, facts: StepFacts, told: boolean): Rich[] {
  const { born, died, byCollector, passed } = facts;
  // What came and went is said apart, bytes and all.
  const [allocated, freed] = [facts.allocated - passed, facts.freed - passed];
  const bornHere = new Set(born);
  const passing = died.filter((object) => bornHere.has(object)).length;
  const fell = died.length - byCollector - passing;
  const stayed = born.length - passing;
  if (!fell && !byCollector && !passing && !allocated && told && stayed < 3) return [];
  if (!born.length && !died.length) return [];
  return [
    texts.tell.cost({
      born: told && stayed < 3 && !allocated ? 0 : stayed,
      allocated,
      fell,
      collected: byCollector,
      passing,
      passed,
      freed,
    }),
  ];
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
  return top > ends * PEAK ? top : 0;
}
