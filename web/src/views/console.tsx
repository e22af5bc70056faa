/** A line of Python on what the program has left, what came of it, and what `_` holds since. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";
import { Meaning } from "../parts/meaning";
import { RichText } from "../parts/rich";
import type { Told } from "../runtime/console";

/** What the console answers; "gone" where the program's interpreter is, and what it left with it. */
export type Reply = Told | "gone";

export type Lack = keyof Texts["console"]["none"];

interface Entry {
  readonly input: string;
  readonly reply: Reply;
}

interface Props {
  texts: Texts;
  /** A new one begins an empty console: the recording of the run. */
  run: unknown;
  /** In Compare: which of the two runs is asked. */
  title: string;
  /** Why inputs are not recorded, if they are not. */
  apart: keyof Texts["console"]["apart"] | null;
  onAsk: (text: string) => Promise<Reply>;
  onComplete: (text: string) => Promise<readonly string[]>;
}

export function Console({ texts, run, title, apart, onAsk, onComplete }: Props) {
  const t = texts.console;
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<readonly string[]>([]);
  /** Inputs of all runs, and which of them is shown. */
  const history = useRef<string[]>([]);
  const place = useRef(0);
  const box = useRef<HTMLTextAreaElement>(null);
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => setEntries([]), [run]);
  useEffect(() => {
    if (entries.length) end.current?.scrollIntoView({ block: "nearest" });
  }, [entries, found]);

  const put = (value: string) => {
    setText(value);
    setFound([]);
  };

  const ask = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    const reply = await onAsk(text);
    setBusy(false);
    if (typeof reply === "object" && reply.more) {
      put(`${text}\n${/:\s*$/.test(text) ? "    " : ""}`);
      return;
    }
    history.current.push(text);
    place.current = history.current.length;
    setEntries([...entries, { input: text, reply }]);
    put("");
  };

  const complete = async (before: string, after: string) => {
    const word = /[\w.]*$/.exec(before)![0];
    const all = await onComplete(before);
    setFound(all.length > 1 ? all : []);
    const common = shared(all);
    if (common.length > word.length) {
      setText(before.slice(0, before.length - word.length) + common + after);
    }
  };

  const remembered = (by: 1 | -1) => {
    const at = place.current + by;
    if (at < 0 || at > history.current.length) return;
    place.current = at;
    put(history.current[at] ?? "");
  };

  const onKey = (event: KeyboardEvent) => {
    const { selectionStart: at, selectionEnd } = box.current!;
    const before = text.slice(0, at);
    const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      void ask();
    } else if (event.key === "Tab" && at === selectionEnd && /[\w.]$/.test(before)) {
      event.preventDefault(); // Else Tab leaves the console, as everywhere.
      void complete(before, text.slice(at));
    } else if (event.key === "ArrowUp" && !before.includes("\n")) {
      event.preventDefault();
      remembered(-1);
    } else if (event.key === "ArrowDown" && !text.slice(at).includes("\n")) {
      event.preventDefault();
      remembered(1);
    } else if (event.key === "Escape") {
      setFound([]);
      box.current?.blur();
    }
  };

  const told = entries.findLast(({ reply }) => typeof reply === "object")?.reply;
  const last = typeof told === "object" ? told.last : null;
  return (
    <section class="console" aria-label={t.name}>
      {(entries.length > 0 || found.length > 0) && (
        <div class="transcript" role="log" aria-label={t.name}>
          {entries.map(({ input, reply }, i) => (
            <div key={i}>
              <pre class="in">{prompted(input)}</pre>
              {typeof reply === "object" ? (
                <Printed texts={texts} {...reply} />
              ) : (
                <p class="sys">{t.gone}</p>
              )}
            </div>
          ))}
          {found.length > 0 && <p class="found">{found.join("  ")}</p>}
        </div>
      )}
      {last && (
        <p class="last" aria-live="polite">
          <RichText text={t.last(last)} />
        </p>
      )}
      {title && <p class="sys">{title}</p>}
      {apart && <p class="sys">{t.apart[apart]}</p>}
      <div class="ask-line">
        <span aria-hidden="true">{">>>"}</span>
        <textarea
          ref={box}
          rows={text.split("\n").length}
          aria-label={t.name}
          placeholder={busy ? t.busy : t.hint}
          spellcheck={false}
          autocomplete="off"
          value={text}
          readOnly={busy}
          onInput={(event) => put(event.currentTarget.value)}
          onKeyDown={onKey}
        />
      </div>
      <div ref={end} />
    </section>
  );
}

const Printed = ({ texts, output, failed }: { texts: Texts } & Told) => (
  <>
    {output && <pre class={failed ? "stderr" : ""}>{output}</pre>}
    {failed && <Meaning texts={texts} traceback={output} />}
  </>
);

/** Why there is nothing to ask, and what to do. */
export const NoConsole = ({ texts, why }: { texts: Texts; why: Lack }) => (
  <section class="console" aria-label={texts.console.name}>
    <p class="sys">
      <RichText text={texts.console.none[why]} />
    </p>
  </section>
);

const prompted = (input: string): string =>
  input
    .split("\n")
    .map((line, i) => `${i ? "..." : ">>>"} ${line}`)
    .join("\n");

/** The longest beginning that all have. */
function shared(words: readonly string[]): string {
  const first = words[0] ?? "";
  let length = first.length;
  for (const word of words) while (!word.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
