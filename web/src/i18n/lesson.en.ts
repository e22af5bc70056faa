import type { Question, Who } from "../lesson/questions";
import { bytes } from "./numbers";
import { code, type Rich, rich, strong, term } from "./rich";
import { terms } from "./terms.en";

const many = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

const who = (of: Who): Rich =>
  "label" in of
    ? [code(of.label)]
    : of.nth === undefined
      ? [code(of.name)]
      : [`the ${ordinal(of.nth)} `, code(of.name)];

const ordinal = (n: number): string =>
  ["first", "second", "third", "fourth", "fifth"][n - 1] ?? `${n}th`;

const when = ({ line, pass }: { line?: number; pass?: number }): string =>
  line === undefined
    ? "at the end"
    : `after line ${line}${pass && pass > 0 ? `, pass ${pass}` : ""}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** English texts of lessons and their questions. */
export const lessonEn = {
  region: "Lesson",
  open: "About this example",
  contents: "Lessons",
  place: (n: number, of: number) => `${n} / ${of}`,
  previous: "Previous lesson",
  next: "Next lesson",
  close: "Close the lesson",
  chapter: {
    step17: "Book: step 17",
    memory: "Collector and depth",
    leaks: "Real leaks",
    training: "Training",
  },
  tries: "Things to try",
  edit: "Change the program",
  undo: "Change it back",
  gone: "These lines are no longer in the program.",
  check: "Check yourself.",
  asks(question: Question): Rich {
    switch (question.ask) {
      case "line of death":
        return rich`Which line kills ${who(question.of)}?`;
      case "cause":
        return rich`What ends ${who(question.of)}?`;
      case "count":
        return rich`What is the ${term("reference count", terms.count)} of ${who(question.of)} ${when(question.at)}?`;
      case "holder":
        return rich`Who holds ${who(question.of)} ${when(question.at)}?`;
      case "alive":
        return rich`How many objects are alive ${when(question.at)}?`;
      case "unreachable":
        return rich`${capital(when(question.at))}, how many objects ${term("can no name reach", terms.unreachable)}?`;
      case "deaths":
        return rich`How many objects die in line ${question.at.line ?? 0}${question.at.pass && question.at.pass > 0 ? `, pass ${question.at.pass}` : ""}?`;
      case "bytes":
        return rich`How many bytes are ${term("alive", terms.live)} ${when(question.at)}?`;
      case "peak":
        return rich`How many bytes are alive at the ${term("highest point", terms.peak)}?`;
      case "first to die":
        return rich`Which of them dies first?`;
      case "collected":
        return rich`How many objects does the ${term("collector", terms.collector)} free in line ${question.at.line ?? 0}?`;
    }
  },
  choice(question: Question, choice: string | number | null): string {
    if (choice === null) return "nothing, it stays";
    if (question.ask === "line of death") return `line ${choice}`;
    if (question.ask === "bytes" || question.ask === "peak") return bytes(Number(choice));
    if (choice === "refcount") return "reference count";
    if (choice === "gc") return "the collector";
    return String(choice);
  },
  /** What a choice means, where it is a word of the field. */
  meaning(choice: string | number | null): string | null {
    if (choice === "refcount") return terms.count;
    return choice === "gc" ? terms.collector : null;
  },
  /** What the recording says: the sentence after "by your recording". */
  fact(question: Question, right: string | number | null): Rich {
    switch (question.ask) {
      case "line of death":
        return right === null
          ? rich`${who(question.of)} is alive at the end.`
          : rich`${who(question.of)} died in line ${strong(right)}.`;
      case "cause":
        return right === null
          ? rich`${who(question.of)} is alive at the end.`
          : rich`${who(question.of)} ${right === "gc" ? rich`was freed by ${strong("the collector")}` : rich`died when its ${strong("reference count")} reached 0`}.`;
      case "count":
        return rich`${when(question.at)}, the count is ${strong(right ?? 0)}.`;
      case "holder":
        return rich`${when(question.at)}, ${code(right ?? "")} holds it.`;
      case "alive":
        return rich`${when(question.at)}, ${strong(many(Number(right), "object"))} ${right === 1 ? "is" : "are"} alive.`;
      case "unreachable":
        return rich`${when(question.at)}, ${strong(many(Number(right), "object"))} ${right === 1 ? "is" : "are"} ${term("out of reach", terms.unreachable)}.`;
      case "deaths":
        return rich`${strong(many(Number(right), "object"))} died there.`;
      case "bytes":
        return rich`${when(question.at)}, ${strong(bytes(Number(right)))} are alive.`;
      case "peak":
        return rich`at the ${term("highest point", terms.peak)} ${strong(bytes(Number(right)))} were alive.`;
      case "first to die":
        return rich`${code(right ?? "")} died first.`;
      case "collected":
        return rich`the ${term("collector", terms.collector)} freed ${strong(many(Number(right), "object"))} there.`;
    }
  },
  right: "Yes, by your recording: ",
  wrong: "Your recording says otherwise: ",
  show: "Show it",
  unanswered: {
    run: "Press Run: your recording will answer.",
    stale: "The program was changed. Run it again, and the new recording will answer.",
    outputs: {
      weak: "This asks about weak outputs: choose Weak and press Run.",
      strong: "This asks about strong outputs: choose Strong and press Run.",
    },
    object: "In this recording there is no such object: the program was changed.",
    line: "In this recording that line did not run: the program was changed.",
    steps: "In this recording no line has run.",
  },
};
