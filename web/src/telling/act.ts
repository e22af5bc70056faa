/**
 * What a line did, before what it cost: an exception, a call, names, attributes and items that
 * took hold or let go, frames that were left.
 */
import type { Texts } from "../i18n";
import type { Rich } from "../i18n/rich";
import {
  type Change,
  callsPaused,
  changesBetween,
  classesMade,
  exceptionsCaught,
  exceptionsRaised,
  framesLeft,
  isCell,
  nameOfCell,
} from "../trace/changes";
import { mannerOf } from "../trace/holders";
import { failingStep } from "../trace/places";
import type { Binding, StepFacts } from "../trace/questions";
import type { Recording } from "../trace/recording";
import { endOfStep, labelOf, startOfStep } from "../trace/replay";
import { holderText } from "./holder";

/** More than this in one line is counted, not listed. */
const MOST = 2;
/** Arguments of a call that are listed. */
const MOST_ARGUMENTS = 3;

export function actsOf(texts: Texts, r: Recording, step: number, facts: StepFacts): Rich[] {
  const t = texts.tell;
  const [after, upto] = [startOfStep(r, step), endOfStep(r, step)];
  const [caught] = exceptionsCaught(r, after, upto);
  if (caught !== undefined) return [t.traceback(labelOf(r, caught))];
  const changes = changesBetween(r, after, upto);
  // A local that moved into a closure's cell is not let go of.
  const moved = new Set(changes.filter(({ by }) => isCell(r, by.holder)).map(({ held }) => held));
  const bindings = facts.bindings.filter((b) => b.after >= 0 || !moved.has(b.before));
  // Of the one that ended the program more is told than that.
  const exceptions = step === failingStep(r) ? [] : exceptionsRaised(r, after, upto);
  const raised = exceptions.map((object) => t.raising(labelOf(r, object)));
  const said = [...bindingsText(texts, r, bindings, after), ...raised];
  if (!said.length) said.push(...changesText(texts, r, changes, upto));
  else if (said.length < MOST)
    said.push(...changesText(texts, r, changes.filter(isBesideNames(r)).slice(0, 1), upto));
  return said.length ? said : leavingsText(texts, r, after, upto);
}

/** Calls that began, values handed back, and names that changed. */
export function bindingsText(
  texts: Texts,
  r: Recording,
  bindings: readonly Binding[],
  since: number,
): Rich[] {
  const isArgument = ({ frame, name }: Binding): boolean =>
    r.objects.born[frame]! > since && r.argumentsOf.get(frame)?.includes(name) === true;
  const isReturn = ({ name }: Binding): boolean => name === "return";
  const names = bindings.filter((binding) => !isArgument(binding) && !isReturn(binding));
  const returns = bindings.filter(isReturn).slice(0, MOST);
  const told = [...names.slice(0, MOST - returns.length), ...returns];
  const frames = [...new Set(bindings.map(({ frame }) => frame))];
  const said = frames.flatMap((frame) => {
    const args = bindings.filter((binding) => binding.frame === frame && isArgument(binding));
    return [
      ...(args.length ? [callText(texts, r, args, since)] : []),
      ...told
        .filter((binding) => binding.frame === frame)
        .map((binding) => bindingText(texts, r, binding, since)),
    ];
  });
  const more = names.length + returns.length - told.length;
  return more > 0 ? [...said, texts.tell.moreNames(more)] : said;
}

/** @param args of one call. */
function callText(texts: Texts, r: Recording, args: readonly Binding[], since: number): Rich {
  const told = args.slice(0, MOST_ARGUMENTS).map(({ name, after, isWeak }) => ({
    name,
    isWeak,
    label: labelOf(r, after),
    isNew: r.objects.born[after]! > since,
  }));
  return texts.tell.called(r.objects.type[args[0]!.frame]!, told, args.length - told.length);
}

function bindingText(texts: Texts, r: Recording, binding: Binding, since: number): Rich {
  const t = texts.tell;
  const { frame, name, before, after, wasWeak, isWeak } = binding;
  if (name === "return") return t.returns(r.objects.type[frame]!, labelOf(r, after));
  const who = t.name(name);
  if (after < 0) {
    return wasWeak ? t.forgot(who, labelOf(r, before)) : t.letGo(name, labelOf(r, before));
  }
  if (isWeak) return t.tookWeakly(who, labelOf(r, after));
  const isNew = r.objects.born[after]! > since;
  if (before < 0 || wasWeak) return t.bound(name, labelOf(r, after), isNew);
  return t.rebound(name, labelOf(r, before), labelOf(r, after), isNew);
}

/** What is worth a sentence beside names: a generator's locals are names already. */
const isBesideNames =
  (r: Recording) =>
  ({ by }: Change): boolean =>
    ["item", "attribute", "only"].includes(mannerOf(r, by)) &&
    r.objects.kind[by.holder] !== "generator";

function changesText(texts: Texts, r: Recording, changes: readonly Change[], upto: number): Rich[] {
  const t = texts.tell;
  const said = changes.slice(0, 1).map(({ by, held, made }) => {
    const label = labelOf(r, held);
    if (isCell(r, by.holder)) return t.closes(nameOfCell(r, by.holder, upto), label);
    const who = holderText(texts, r, by);
    if (by.strength === "weak") return (made ? t.tookWeakly : t.forgot)(who, label);
    return (made ? t.took : t.gaveUp)(who, label);
  });
  if (changes.length > 1) said.push(t.moreReferences(changes.length - 1));
  return said;
}

/** Calls that wait, calls that ended, and the body of a class, which is no call. */
function leavingsText(texts: Texts, r: Recording, after: number, upto: number): Rich[] {
  const t = texts.tell;
  const names = (frames: readonly number[]): string[] => [
    ...new Set(frames.map((frame) => r.objects.type[frame]!)),
  ];
  const paused = callsPaused(r, after, upto);
  const left = framesLeft(r, after, upto).filter((frame) => !paused.includes(frame));
  return [
    ...(paused.length ? [t.paused(names(paused))] : []),
    ...(left.length ? [t.left(names(left))] : []),
    ...classesMade(r, after, upto).slice(-1).map(t.classMade),
  ];
}
