/** A lesson: its text, things to try, and questions; or the list of all lessons; or one closed row. */
import type { ComponentChildren } from "preact";
import type { Texts } from "../i18n";
import type { Made } from "../lesson/edits";
import type { Inline, LessonPage, Moment } from "../lesson/page";
import { BackIcon, CloseIcon, ForwardIcon } from "../parts/lesson-icons";
import { Term, type TermName } from "../parts/term";

export type Shown = "closed" | "text" | "contents";

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly chapter: string;
}

interface Props {
  texts: Texts;
  /** All of them in their order, and where in it this one is: -1 for none. */
  entries: readonly Entry[];
  at: number;
  page: LessonPage | null;
  shown: Shown;
  /** Of each thing to try: is its edit made. */
  made: readonly Made[];
  onShow: (shown: Shown) => void;
  onChoose: (id: string) => void;
  onTry: (index: number) => void;
  onMoment: (at: Moment) => void;
  /** The questions. */
  children?: ComponentChildren;
}

export function Lesson(p: Props) {
  const t = p.texts.lesson;
  if (p.shown === "closed" || (p.shown === "text" && !p.page)) {
    return (
      <section class="pane lesson closed" aria-label={t.region}>
        <button type="button" class="row" onClick={() => p.onShow(p.page ? "text" : "contents")}>
          <span class="what">{p.page ? t.open : t.contents}</span>
          <span class="title">{p.page?.title}</span>
        </button>
      </section>
    );
  }
  const contents = p.shown === "contents";
  return (
    <section class="pane lesson" aria-label={t.region}>
      <div class="head">
        <button
          type="button"
          class="link back"
          aria-expanded={contents}
          onClick={() => p.onShow(contents ? (p.page ? "text" : "closed") : "contents")}
        >
          <BackIcon />
          {t.contents}
        </button>
        {p.at >= 0 && <span class="sub">{t.place(p.at + 1, p.entries.length)}</span>}
        <span class="sub chapter">{p.entries[p.at]?.chapter}</span>
        <Turn {...p} by={-1} name={t.previous} />
        <Turn {...p} by={1} name={t.next} />
        <button
          type="button"
          class="btn ghost icon"
          aria-label={t.close}
          onClick={() => p.onShow("closed")}
        >
          <CloseIcon />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div class="prose" tabIndex={0} key={contents ? "contents" : p.entries[p.at]?.id}>
        {contents || !p.page ? <Contents {...p} /> : <Text {...p} page={p.page} />}
      </div>
    </section>
  );
}

function Turn({ entries, at, by, name, onChoose }: Props & { by: 1 | -1; name: string }) {
  const to = entries[at + by];
  return (
    <button
      type="button"
      class="btn ghost icon"
      aria-label={name}
      disabled={at < 0 || !to}
      onClick={() => to && onChoose(to.id)}
    >
      {by < 0 ? <BackIcon /> : <ForwardIcon />}
    </button>
  );
}

function Text({ texts, page, made, onTry, onMoment, children }: Props & { page: LessonPage }) {
  const t = texts.lesson;
  const words = (parts: readonly Inline[]) => (
    <Words parts={parts} texts={texts} onMoment={onMoment} />
  );
  return (
    <>
      <h2>{page.title}</h2>
      {page.paragraphs.map((paragraph, i) => (
        <p key={i}>{words(paragraph)}</p>
      ))}
      {page.tries.length > 0 && (
        <>
          <h3>{t.tries}</h3>
          <ul class="tries">
            {page.tries.map(({ text, edit }, i) => (
              <li key={i}>
                {words(text)}
                {edit && (
                  <>
                    <pre>
                      <code>{edit.lines.join("\n")}</code>
                    </pre>
                    {made[i] === "gone" ? (
                      <span class="gone">{t.gone}</span>
                    ) : (
                      <button type="button" class="btn small" onClick={() => onTry(i)}>
                        {made[i] === "yes" ? t.undo : t.edit}
                      </button>
                    )}
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {children}
    </>
  );
}

interface WordsProps {
  parts: readonly Inline[];
  texts: Texts;
  onMoment: (at: Moment) => void;
}

const Words = ({ parts, ...p }: WordsProps) => (
  <>
    {parts.map((part, i) =>
      typeof part === "string" ? part : <Marked key={i} part={part} {...p} />,
    )}
  </>
);

type MarkedProps = Omit<WordsProps, "parts"> & { part: Exclude<Inline, string> };

function Marked({ part, texts, onMoment }: MarkedProps) {
  switch (part.mark) {
    case "moment":
      return (
        <button type="button" class="link" onClick={() => onMoment(part.at)}>
          {part.text}
        </button>
      );
    case "term":
      return (
        <Term texts={texts} of={part.of as TermName}>
          {part.strong ? <b>{part.text}</b> : part.text}
        </Term>
      );
    case "code":
      return <code>{part.text}</code>;
    case "key":
      return <kbd>{part.text}</kbd>;
    case "strong":
      return <b>{part.text}</b>;
  }
}

function Contents({ texts, entries, at, onChoose }: Props) {
  const chapters = [...new Set(entries.map(({ chapter }) => chapter))];
  return (
    <nav aria-label={texts.lesson.contents}>
      <h2 class="sr">{texts.lesson.contents}</h2>
      {chapters.map((chapter) => (
        <section key={chapter}>
          <h3>{chapter}</h3>
          <ol class="contents">
            {entries.map(
              (entry, i) =>
                entry.chapter === chapter && (
                  <li key={entry.id} value={i + 1}>
                    <button
                      type="button"
                      class="link"
                      aria-current={i === at ? "true" : undefined}
                      onClick={() => onChoose(entry.id)}
                    >
                      {entry.title}
                    </button>
                  </li>
                ),
            )}
          </ol>
        </section>
      ))}
    </nav>
  );
}
