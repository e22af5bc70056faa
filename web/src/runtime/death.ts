/** What to make of an interpreter that died. */
import type { Fault, Why } from "./faults";

/** The fault behind what `lab.run` threw: an exception of Python's is the recorder's, broken. */
export function faultOf(error: unknown, line: number | null): Fault {
  const detail = inOneLine(error).replace(/[.;]+$/, "");
  if (isPythons(error)) return { code: "broken", line, detail };
  return { code: "died", why: why(inOneLine(error)), line, detail };
}

function why(words: string): Why {
  if (/call stack|recursion/i.test(words)) return "depth";
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
