/** What to say of an interpreter that died, and where in the program it was. */

/**
 * The innermost line of `filename` in a fatal traceback, which the interpreter
 * prints, most recent call first, as `  File "main.py", line 5 in f`.
 */
export function lineOf(lastWords: readonly string[], filename: string): number | undefined {
  const start = `File "${filename}", line `;
  const frame = lastWords.map((words) => words.trim()).find((words) => words.startsWith(start));
  return frame === undefined ? undefined : Number.parseInt(frame.slice(start.length), 10);
}

/** One sentence for the reader. */
export function deathSentence(error: unknown, line: number | undefined): string {
  const where = line === undefined ? "" : ` at line ${line}`;
  return `Python died${where}${reason(error)}; it starts again by itself.`;
}

function reason(error: unknown): string {
  const text = firstLine(error);
  if (/call stack|recursion/i.test(text))
    return " because calls were nested deeper than the browser allows";
  if (/memory|allocation/i.test(text)) return " because the browser had no more memory for it";
  if (/\bexit/i.test(text)) return " because the program ended the interpreter itself";
  return ` (${text.replace(/[.;]+$/, "")})`;
}

export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.trim().replace(/\n.*/s, "");
}
