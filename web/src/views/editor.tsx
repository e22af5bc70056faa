/** The program: a plain text box until CodeMirror is there, then CodeMirror under the same name. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";
import type { Editor as CodeEditor } from "../parts/codemirror";
import type { Marks } from "../parts/marks";
import { Term } from "../parts/term";

interface Props {
  texts: Texts;
  source: string;
  marks: Marks;
  note: string;
  onChange: (source: string) => void;
  onRun: () => void;
  /** To the next run of a line; absent where the recording is of another text. */
  onLine: ((line: number) => void) | undefined;
}

/** The next frame is on the screen: what is large and not needed for it may be fetched now. */
const painted = (): Promise<void> =>
  new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

export function Editor({ texts, source, marks, note, onChange, onRun, onLine }: Props) {
  const t = texts.program;
  const host = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  // The editor outlives every rendering: it must see the newest of these.
  const latest = useRef({ source, onChange, onRun, onLine });
  latest.current = { source, onChange, onRun, onLine };

  useEffect(() => {
    let gone = false;
    let made: CodeEditor | null = null;
    void painted()
      .then(() => import("../parts/codemirror"))
      .then(({ createEditor }) => {
        if (gone || !host.current) return;
        const typing = area.current === document.activeElement ? area.current : null;
        const at = typing?.selectionStart ?? null;
        made = createEditor(host.current, latest.current.source, texts.program.heading, {
          onChange: (text) => {
            latest.current.source = text;
            latest.current.onChange(text);
          },
          onRun: () => latest.current.onRun(),
          onLine: (line) => latest.current.onLine?.(line),
        });
        if (at !== null) {
          made.view.dispatch({ selection: { anchor: at } });
          made.view.focus();
        }
        setEditor(made);
      });
    return () => {
      gone = true;
      made?.view.destroy();
    };
  }, []);

  // All after the paint: CodeMirror asks for the selection, for which the browser lays out what has
  // changed, and of a step the picture comes first.
  // Not `source`: a key pressed since the rendering would be undone, and that undone, without end.
  useEffect(() => editor?.setText(latest.current.source), [editor, source]);
  // A new text has its present line elsewhere.
  useEffect(() => editor?.setMarks(marks), [editor, marks, source]);
  useEffect(() => editor?.setLabel(t.heading), [editor, t]);

  return (
    <section class="pane editor" aria-label={`${t.heading}: main.py`}>
      <div class="head">
        <h2>{t.heading}</h2>
        <span class="sub">main.py</span>
        <span class="sub note">{note || null}</span>
      </div>
      <div class="cols">
        <span />
        <span>{t.allocated}</span>
        <span>{t.freed}</span>
        <span>
          <Term texts={texts} of="costs">
            {t.costs}
          </Term>
        </span>
      </div>
      <div class="code" ref={host}>
        {!editor && (
          <textarea
            ref={area}
            aria-label={t.heading}
            spellcheck={false}
            value={source}
            onInput={(event) => onChange(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                onRun();
              }
            }}
          />
        )}
      </div>
    </section>
  );
}
