/**
 * The text of a lesson, from the little Markdown it is written in: a title, paragraphs, and under
 * the second heading things to try, each with the lines it puts into the program.
 *
 *     # Title
 *     Paragraphs of `code`, **strong**, <kbd>→</kbd>, [a moment](#line-10-pass-2) and
 *     [words](#term-count) that explain themselves: each where a lesson first uses it.
 *
 *     ## Things to try
 *     - What to look for.
 *       ```python 9-10
 *       what stands in lines 9 to 10 of the program then
 *       ```
 */

/** When: after a line has run for the n-th time, the last time (-1), or, without a line, at the end. */
export interface Moment {
  readonly line?: number;
  readonly pass?: number;
}

export type Inline =
  | string
  | { readonly mark: "code" | "strong" | "key"; readonly text: string }
  | { readonly mark: "moment"; readonly text: string; readonly at: Moment }
  | { readonly mark: "term"; readonly text: string; readonly of: string; readonly strong: boolean };

/** Lines of the program, from 1, and what takes their place. */
export interface Edit {
  readonly first: number;
  readonly last: number;
  readonly lines: readonly string[];
}

export interface Try {
  readonly text: readonly Inline[];
  readonly edit: Edit | null;
}

export interface LessonPage {
  readonly title: string;
  readonly paragraphs: readonly (readonly Inline[])[];
  readonly tries: readonly Try[];
}

export function readPage(markdown: string): LessonPage {
  const [first = "", ...rest] = markdown.split("\n");
  const heading = rest.findIndex((line) => line.startsWith("## "));
  const body = heading < 0 ? rest : rest.slice(0, heading);
  const tries = heading < 0 ? [] : rest.slice(heading + 1);
  return {
    title: first.replace(/^#\s*/, ""),
    paragraphs: body
      .join("\n")
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.trim().replace(/\s*\n\s*/g, " "))
      .filter(Boolean)
      .map(inline),
    tries: items(tries).map(readTry),
  };
}

/** The lines of each list item, without its dash and indent. */
function items(lines: readonly string[]): string[][] {
  const found: string[][] = [];
  for (const line of lines) {
    if (line.startsWith("- ")) found.push([line.slice(2)]);
    else found.at(-1)?.push(line.replace(/^ {2}/, ""));
  }
  return found;
}

function readTry(lines: readonly string[]): Try {
  const fence = lines.findIndex((line) => line.startsWith("```"));
  const text = (fence < 0 ? lines : lines.slice(0, fence)).join(" ").trim();
  const place = /^```python (\d+)(?:-(\d+))?$/.exec(lines[fence] ?? "");
  if (!place) return { text: inline(text), edit: null };
  const first = Number(place[1]);
  const end = lines.indexOf("```", fence + 1);
  return {
    text: inline(text),
    edit: { first, last: Number(place[2] ?? first), lines: lines.slice(fence + 1, end) },
  };
}

const MARKED =
  /(`[^`]+`|<kbd>[^<]+<\/kbd>|\[[^\]]+\]\(#(?:line-\d+(?:-pass-\d+)?|term-\w+)\)|\*\*[^*]+\*\*)/;

/** A number and its unit stay on one line. */
const UNIT = /(\d) (?=[kM]?B\b)/g;

function inline(text: string): Inline[] {
  return text.replace(UNIT, "$1\u00a0").split(MARKED).filter(Boolean).map(mark);
}

function mark(part: string): Inline {
  const moment = /^\[([^\]]+)\]\(#line-(\d+)(?:-pass-(\d+))?\)$/.exec(part);
  if (moment) {
    const at = { line: Number(moment[2]), ...(moment[3] && { pass: Number(moment[3]) }) };
    return { mark: "moment", text: moment[1]!, at };
  }
  const term = /^\[(\*\*)?(.+?)\1?\]\(#term-(\w+)\)$/.exec(part);
  if (term) return { mark: "term", text: term[2]!, of: term[3]!, strong: Boolean(term[1]) };
  if (part.startsWith("<kbd>")) return { mark: "key", text: part.slice(5, -6) };
  if (part.startsWith("`")) return { mark: "code", text: part.slice(1, -1) };
  if (part.startsWith("**")) return { mark: "strong", text: part.slice(2, -2) };
  return part;
}
