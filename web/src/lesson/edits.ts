/**
 * A lesson's edits of its program. The reader may have changed the text meanwhile: an edit is
 * found by what stood in its lines, not by their numbers.
 */
import type { Edit } from "./page";

/** Not made yet, made, or neither text is there any more. */
export type Made = "no" | "yes" | "gone";

export function isMade(program: string, source: string, edit: Edit): Made {
  return find(program, source, edit).made;
}

/** The source with the edit made, or taken back where it was made; the same where it is gone. */
export function toggled(program: string, source: string, edit: Edit): string {
  const { made, at } = find(program, source, edit);
  if (made === "gone") return source;
  const before = original(program, edit);
  const [out, into] = made === "yes" ? [edit.lines, before] : [before, edit.lines];
  const lines = source.split("\n");
  lines.splice(at, out.length, ...into);
  return lines.join("\n");
}

const original = (program: string, { first, last }: Edit): string[] =>
  program.split("\n").slice(first - 1, last);

function find(program: string, source: string, edit: Edit): { made: Made; at: number } {
  const lines = source.split("\n");
  const before = original(program, edit);
  const candidates = [
    { made: "no", block: before },
    { made: "yes", block: edit.lines },
  ] as const;
  // One may contain the other, where lines were only added: the longer one decides.
  for (const { made, block } of [...candidates].sort((a, b) => b.block.length - a.block.length)) {
    const at = place(lines, block, edit.first - 1);
    if (at >= 0) return { made, at };
  }
  return { made: "gone", at: -1 };
}

/** Where the block stands: where it is expected, else the first place. */
function place(lines: readonly string[], block: readonly string[], expected: number): number {
  const stands = (at: number) => block.every((line, i) => lines[at + i] === line);
  return stands(expected) ? expected : lines.findIndex((_, at) => stands(at));
}
