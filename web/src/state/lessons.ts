/** The examples: one folder each, a program and a text in each language. */
import type { Language } from "../i18n";

export interface Lesson {
  /** Name of the folder, which orders the lessons: `08-loop`. */
  readonly id: string;
  readonly source: string;
  readonly title: Record<Language, string>;
  /** Paragraphs below the title. */
  readonly text: Record<Language, readonly string[]>;
}

const programs = import.meta.glob<string>("../../lessons/*/program.py", {
  query: "?raw",
  import: "default",
  eager: true,
});
const pages = import.meta.glob<string>("../../lessons/*/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const lessons: readonly Lesson[] = Object.entries(programs)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([path, source]) => {
    const folder = path.slice(0, path.lastIndexOf("/"));
    const en = split(pages[`${folder}/en.md`] ?? "");
    const ko = split(pages[`${folder}/ko.md`] ?? "");
    return {
      id: folder.slice(folder.lastIndexOf("/") + 1),
      source,
      title: { en: en.title, ko: ko.title },
      text: { en: en.paragraphs, ko: ko.paragraphs },
    };
  });

/** `# Title` on the first line, then paragraphs parted by empty lines. */
export function split(page: string): { title: string; paragraphs: string[] } {
  const [first = "", ...rest] = page.split("\n");
  const paragraphs = rest
    .join("\n")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replace(/\s*\n\s*/g, " "))
    .filter(Boolean);
  return { title: first.replace(/^#\s*/, ""), paragraphs };
}
