import { bytes } from "./numbers";
import { code, type Rich, rich, strong, term } from "./rich";
import { terms } from "./terms.en";

const many = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

/** What a line cost: objects and bytes. */
interface Cost {
  readonly born: number;
  readonly allocated: number;
  readonly fell: number;
  readonly collected: number;
  readonly passing: number;
  readonly passed: number;
  readonly freed: number;
}

/** What an argument of a call is. */
interface Argument {
  readonly name: string;
  readonly label: string;
  readonly isNew: boolean;
  /** It is a weak reference to what has the label. */
  readonly isWeak: boolean;
}

/** Clauses as a sentence, its first letter large. */
function sentenceOf(clauses: readonly Rich[]): Rich {
  const [first, ...rest] = clauses.flatMap((clause, i) => (i ? ["; ", ...clause] : clause));
  if (typeof first !== "string") return [...(first ? [first] : []), ...rest, "."];
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest, "."];
}

/** English texts of what a line did. */
export const tellEn = {
  heading: (where: string) => where.charAt(0).toUpperCase() + where.slice(1),
  born: (n: number) => `${n} born`,
  died: (n: number) => `${n} died`,
  bound: (name: string, label: string, isNew: boolean) =>
    rich`${code(name)} was bound to ${isNew ? "the new " : ""}${label}.`,
  rebound: (name: string, before: string, after: string, isNew: boolean) =>
    rich`${code(name)} moved from ${before} to ${isNew ? "the new " : ""}${after}.`,
  /** A name as a holder. */
  name: (name: string): Rich => [code(name)],
  called: (fn: string, args: readonly Argument[], more: number): Rich =>
    rich`${code(fn)} was called: ${args.flatMap(({ name, label, isNew, isWeak }, i) => rich`${i ? ", " : ""}${code(name)} is ${isWeak ? rich`a ${term("weak reference", terms.weak)} to ` : isNew ? "the new " : ""}${label}`)}${more ? `, and ${more} more` : ""}.`,
  returns: (fn: string, label: string) => rich`${code(fn)} hands ${label} to its caller.`,
  letGo: (name: string, label: string) => rich`${code(name)} let go of ${label}.`,
  count: (label: string, before: number, after: number) =>
    rich`The ${term("reference count", terms.count)} of ${label} went from ${strong(before)} to ${strong(after)}.`,
  moreNames: (n: number) => rich`${many(n, "more name")} changed.`,
  took: (who: Rich, label: string): Rich => rich`${label} is now held by ${who}.`,
  tookWeakly: (who: Rich, label: string): Rich =>
    rich`${who} now refers to ${label} ${term("weakly", terms.weak)}.`,
  gaveUp: (who: Rich, label: string): Rich => rich`${label} is no longer held by ${who}.`,
  forgot: (who: Rich, label: string): Rich => rich`${who} no longer refers to ${label}.`,
  closes: (name: string, label: string): Rich =>
    name
      ? rich`${code(name)}, which an inner function uses too, was bound to ${label}.`
      : rich`A closure now holds ${label}.`,
  moreReferences: (n: number): Rich => rich`${many(n, "more reference")} came or went.`,
  left: (frames: readonly string[]): Rich =>
    rich`${frames.flatMap((frame, i) => rich`${i ? ", " : ""}${code(frame)}`)} returned and let go of what was local to it.`,
  paused: (frames: readonly string[]): Rich =>
    rich`${frames.flatMap((frame, i) => rich`${i ? ", " : ""}${code(frame)}`)} waits and keeps what is local to it.`,
  classMade: (name: string): Rich => rich`The class ${code(name)} is complete.`,
  raising: (label: string): Rich => rich`${label} was raised.`,
  traceback: (label: string): Rich =>
    rich`${label} was raised; its traceback keeps the frames it passed, with their locals.`,
  cost: (n: Cost): Rich => {
    const parts = [
      ...(n.born
        ? [
            rich`${strong(many(n.born, "object"))} ${n.born === 1 ? "was" : "were"} born${n.allocated ? rich`, ${strong(bytes(n.allocated))}` : ""}`,
          ]
        : []),
      ...(n.fell
        ? [
            rich`${strong(many(n.fell, "object"))} lost ${n.fell === 1 ? "its" : "their"} last holder and died${n.freed && !n.collected ? rich`, ${strong(bytes(n.freed))} freed` : ""}`,
          ]
        : []),
      ...(n.collected
        ? [
            rich`the ${term("collector", terms.collector)} freed ${strong(many(n.collected, "object"))}${n.freed ? rich`, ${strong(bytes(n.freed))}` : ""}`,
          ]
        : []),
      ...(n.passing
        ? [
            rich`${strong(many(n.passing, "object"))}${n.passed ? rich`, ${strong(bytes(n.passed))},` : ""} lived only within this line`,
          ]
        : []),
    ];
    return sentenceOf(parts);
  },
  collectedNothing: rich`The ${term("collector", terms.collector)} ran and found nothing.`,
  lost: (n: number, lostBytes: number) =>
    rich`${term("No name reaches", terms.unreachable)} ${strong(`${many(n, "object")}${lostBytes ? `, ${bytes(lostBytes)}` : ""}`)} any more, yet ${n === 1 ? "a cycle still holds it" : "each is still held by another"}.`,
  peak: (top: number) => rich`For an instant within it ${strong(`${bytes(top)} were alive`)}.`,
  nothing: rich`Nothing that is watched was born, died or changed hands.`,
  imported: rich`Modules were imported; nothing that is watched was born or died.`,
  defined: (name: string): Rich =>
    rich`${code(name)} was defined. Nothing runs in it before it is called.`,
  classDefined: (name: string): Rich => rich`The body of the class ${code(name)} runs here, once.`,
  printed: rich`It printed; nothing that is watched was born or died.`,
  looped: rich`The loop checked whether to go on; nothing that is watched was born or died.`,
  justBorn: (labels: readonly string[]): Rich => rich`${labels.join(", ")} just came to life.`,
  justFreed: (n: number): Rich => rich`${bytes(n)} were just given back.`,
  justAllocated: (n: number): Rich => rich`${bytes(n)} were just allocated.`,
  justDied: (labels: readonly string[]): Rich => rich`${labels.join(", ")} just died.`,
  inside: (place: number, of: number, live: number): Rich =>
    rich`In the middle of the line, event ${place} of ${of}: ${strong(`${bytes(live)} live`)}.`,
  raised: (message: string) =>
    rich`${strong("It raised")} ${code(message)}. The program ends here; its recording stays usable.`,
  raisedIn: (mode: "weak" | "strong", message: string) =>
    rich`${mode === "weak" ? "Weak" : "Strong"}: ${strong("it raised")} ${code(message)} and ends here.`,
  both: (mode: "weak" | "strong", died: number, freed: number) =>
    rich`${mode === "weak" ? "Weak" : "Strong"}: ${strong(died ? `${many(died, "object")} died, ${bytes(freed)} freed` : "nothing died")}.`,
  unreadable: (type: string) =>
    rich`Python could not read the program: ${code(type)}. Nothing was recorded.`,
  noStep: rich`Press ${strong("Run")} to see what each line does.`,
};
