/** What went wrong with the runtime or with a recording, said in the page's language. */
import type { Texts } from "../i18n";
import type { Fault } from "../runtime/faults";
import type { Flaw } from "../trace/errors";
import type { Recording } from "../trace/recording";

/** Why a recording ended, if there is more to tell than that it did. */
export const tellEnd = (texts: Texts, { fault, end }: Recording): string | null =>
  fault ? tellFault(texts, fault) : end?.message ? tellRaised(texts, end.message) : null;

/** A failure of ours, or the words of another. */
export const tellReason = (texts: Texts, why: string | Fault): string =>
  typeof why === "string" ? tellRaised(texts, why) : tellFault(texts, why);

/** The last line of a traceback. Python's words are Python's; the engine's have the page's language. */
export function tellRaised(texts: Texts, line: string): string {
  const { type, sentence } = partsOf(line);
  const told = texts.engine(sentence);
  return told === null ? line : type + told;
}

/** What stands below a traceback that ends in words of another language than the page's. */
export function tellMeaning(texts: Texts, traceback: string): string | null {
  return texts.engine(partsOf(traceback.trimEnd().split("\n").at(-1)!).sentence);
}

/** `TypeError: its words`; a note of an exception has no type. */
function partsOf(line: string): { type: string; sentence: string } {
  const [, type = "", sentence = line] = /^([\w.]+: )(.+)$/s.exec(line) ?? [];
  return { type, sentence };
}

export function tellFlaw({ flaw: t }: Texts, flaw: Flaw): string {
  switch (flaw.code) {
    case "version":
      return t.version(flaw.version);
    case "damaged":
      return t.damaged(flaw.detail);
    default:
      return t[flaw.code];
  }
}

export function tellFault(texts: Texts, fault: Fault): string {
  const t = texts.fault;
  switch (fault.code) {
    case "fetch":
      return t.fetch(fault.file, fault.status);
    case "file":
      return t.file(fault.file);
    case "browser":
      return t.browser(fault.lacks);
    case "start":
      return t.start(fault.detail);
    case "died":
      return t.died(
        fault.line,
        fault.why === "other" ? t.why.other(fault.detail) : t.why[fault.why],
      );
    case "broken":
      return t.broken(fault.line, fault.detail);
    case "trace":
      return tellFlaw(texts, fault.flaw);
    default:
      return t[fault.code];
  }
}
