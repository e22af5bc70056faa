/** The lessons: a folder each, with a program, a text in each language, and the questions. */
import type { Language } from "../i18n";
import { type LessonPage, readPage } from "../lesson/page";
import type { Question } from "../lesson/questions";

export type Chapter = "step17" | "memory" | "leaks" | "training";

export interface Lesson {
  /** Name of the folder, which orders the lessons: `08-loop`. */
  readonly id: string;
  readonly chapter: Chapter;
  readonly source: string;
  readonly page: Record<Language, LessonPage>;
  readonly questions: readonly Question[];
}

interface Data {
  readonly chapter: Chapter;
  readonly questions: readonly Question[];
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
const data = import.meta.glob<Data>("../../lessons/*/lesson.json", {
  import: "default",
  eager: true,
});

export const lessons: readonly Lesson[] = Object.entries(programs)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([path, source]) => {
    const folder = path.slice(0, path.lastIndexOf("/"));
    return {
      id: folder.slice(folder.lastIndexOf("/") + 1),
      ...data[`${folder}/lesson.json`]!,
      source,
      page: {
        en: readPage(pages[`${folder}/en.md`] ?? ""),
        ko: readPage(pages[`${folder}/ko.md`] ?? ""),
      },
    };
  });
