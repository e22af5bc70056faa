/** What to make of an interpreter that died. */
import type { Fault, Why } from "./faults";

/**
 * The fault behind what `lab.run` threw: an exception of Python's is the recorder's, broken.
 *
 * `lastWords` is the fatal error that Python itself has printed, or "": it knows the cause where
 * the error tells only that it gave up.
 */
export function faultOf(error: unknown, line: number | null, lastWords = ""): Fault {
  const detail = (lastWords || inOneLine(error)).replace(/[.;]+$/, "");
  if (isPythons(error)) return { code: "broken", line, detail: inOneLine(error) };
  return { code: "died", why: why(lastWords || inOneLine(error)), line, detail };
}

/** What a line that Python prints says of its end; "" if it is no last word. */
export const lastWordsIn = (line: string): string =>
  /^Fatal Python error: (.+)/.exec(line)?.[1] ?? "";

function why(words: string): Why {
  if (/call stack|stack overflow|recursion/i.test(words)) return "depth";
  if (/out of memory|allocation/i.test(words)) return "memory";
  if (/\bexit|unreachable|abort/i.test(words)) return "exit";
  return "other";
}

/** What an error says, in one line: of one of Python's the last, else the first. */
export function inOneLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const lines = text.trim().split("\n");
  return (isPythons(error) ? lines.at(-1) : lines[0]) ?? "";
}

const isPythons = (error: unknown): boolean =>
  error instanceof Error && error.name === "PythonError";
