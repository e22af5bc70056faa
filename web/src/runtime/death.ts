/** What to make of an interpreter that died, and where in the program it was. */
import type { Fault, Why } from "./faults";

/**
 * The innermost line of `filename` in a fatal traceback, which the interpreter
 * prints, most recent call first, as `  File "main.py", line 5 in f`.
 */
export function lineOf(lastFrames: readonly string[], filename: string): number | null {
  const start = `File "${filename}", line `;
  const frame = lastFrames.map((line) => line.trim()).find((line) => line.startsWith(start));
  return frame === undefined ? null : Number.parseInt(frame.slice(start.length), 10);
}

/** The fault behind what `lab.run` threw: an exception of Python's is the recorder's, broken. */
export function faultOf(error: unknown, line: number | null): Fault {
  const detail = inOneLine(error).replace(/[.;]+$/, "");
  const isPythons = error instanceof Error && error.name === "PythonError";
  if (isPythons) return { code: "broken", line, detail };
  return { code: "died", why: why(inOneLine(error)), line, detail };
}

function why(words: string): Why {
  if (/call stack|recursion/i.test(words)) return "depth";
  if (/out of memory|allocation/i.test(words)) return "memory";
  if (/\bexit|unreachable|abort/i.test(words)) return "exit";
  return "other";
}

/** What an error says, in one line: of a Python traceback the last, else the first. */
export function inOneLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const lines = text.trim().split("\n");
  return (text.startsWith("Traceback") ? lines.at(-1) : lines[0]) ?? "";
}
