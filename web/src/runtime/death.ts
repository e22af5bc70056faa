/** What to say of an interpreter that died, and where in the program it was. */

/**
 * The innermost line of `filename` in a fatal traceback, which the interpreter
 * prints, most recent call first, as `  File "main.py", line 5 in f`.
 */
export function lineOf(lastFrames: readonly string[], filename: string): number | undefined {
  const start = `File "${filename}", line `;
  const frame = lastFrames.map((line) => line.trim()).find((line) => line.startsWith(start));
  return frame === undefined ? undefined : Number.parseInt(frame.slice(start.length), 10);
}

/** One sentence for the reader. */
export function deathSentence(error: unknown, line: number | undefined): string {
  const where = line === undefined ? "" : ` at line ${line}`;
  return `Python died${where}${reason(error)}; it starts again by itself.`;
}

function reason(error: unknown): string {
  const text = inOneLine(error);
  if (/call stack|recursion/i.test(text))
    return " because calls were nested deeper than the browser allows";
  if (/out of memory|allocation/i.test(text))
    return " because the browser had no more memory for it";
  if (/\bexit|unreachable|abort/i.test(text))
    return " because the program ended the interpreter itself";
  return ` (${text.replace(/[.;]+$/, "")})`;
}

/** What an error says, in one line: of a Python traceback the last, else the first. */
export function inOneLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const lines = text.trim().split("\n");
  return (text.startsWith("Traceback") ? lines.at(-1) : lines[0]) ?? "";
}
