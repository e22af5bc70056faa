/**
 * Text with marked parts, as values and never as markup: what a program calls
 * its things goes into the page as text, whatever it contains.
 */
export interface Marked {
  readonly mark: "code" | "strong" | "term";
  readonly text: string;
  /** Of a term: what it means. */
  readonly explained?: string;
}
export type Rich = readonly (string | Marked)[];

export const code = (text: string | number): Marked => ({ mark: "code", text: String(text) });
export const strong = (text: string | number): Marked => ({ mark: "strong", text: String(text) });
/** A word of the field within a sentence. */
export const term = (text: string, explained: string): Marked => ({
  mark: "term",
  text,
  explained,
});

/** Tag for templates: rich`name ${code(name)}`. */
export function rich(
  parts: TemplateStringsArray,
  ...values: (string | number | Marked | Rich)[]
): Rich {
  const all: (string | Marked)[] = [];
  parts.forEach((part, i) => {
    if (part) all.push(part);
    const value = values[i];
    if (value === undefined) return;
    if (typeof value === "string" || typeof value === "number") all.push(String(value));
    else if ("mark" in value) all.push(value);
    else all.push(...value);
  });
  return all;
}

export const plain = (text: Rich): string =>
  text.map((part) => (typeof part === "string" ? part : part.text)).join("");
