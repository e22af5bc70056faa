/** The bar: what to run, how, and how far it is. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Language, Texts } from "../i18n";
import { Logo, PlayIcon, StopIcon, StrongIcon, ThemeIcon, WeakIcon } from "../parts/icons";
import { type TermName, useExplained } from "../parts/term";
import type { Mode } from "../state/state";

interface Props {
  texts: Texts;
  language: Language;
  examples: readonly { id: string; title: string; chapter: string }[];
  example: string;
  mode: Mode;
  /** May Stop be pressed; is Run waiting for Python. */
  busy: boolean;
  loading: boolean;
  /** Of loading, from 0 to 1. */
  loaded: number;
  status: string;
  statusMore: string;
  /** What the status means. */
  explained: string;
  mood: "busy" | "good" | "bad" | "idle";
  onExample: (id: string) => void;
  /** Share, which has a view of its own. */
  children: ComponentChildren;
  onRun: () => void;
  onStop: () => void;
  onMode: (mode: Mode) => void;
  onLanguage: (language: Language) => void;
  onTheme: () => void;
  onKeys: () => void;
}

export function Bar(p: Props) {
  const t = p.texts.controls;
  const [more, setMore] = useState(false);
  return (
    <header class="bar">
      <div class="brand">
        <Logo />
        <h1 class="w">livegrad</h1>
      </div>
      <select
        class="chooser"
        aria-label={t.example}
        value={p.example}
        onChange={(event) => p.onExample(event.currentTarget.value)}
      >
        {p.example === "" && <option value="">{t.own}</option>}
        {[...new Set(p.examples.map(({ chapter }) => chapter))].map((name) => (
          <optgroup key={name} label={name}>
            {p.examples.map(
              ({ id, title, chapter }, i) =>
                chapter === name && <option key={id} value={id}>{`${i + 1}  ${title}`}</option>,
            )}
          </optgroup>
        ))}
      </select>
      <button type="button" class="btn primary" onClick={p.onRun} disabled={p.busy}>
        <PlayIcon />
        <span class="lbl">{p.loading && p.busy ? t.runWhenReady : t.run}</span>
        {p.loading && <i class="fill" style={{ width: `${Math.round(p.loaded * 100)}%` }} />}
      </button>
      <button type="button" class="btn stop" onClick={p.onStop} disabled={!p.busy}>
        <StopIcon />
        <span class="lbl">{t.stop}</span>
      </button>
      <button
        type="button"
        class="btn ghost more"
        aria-label={t.more}
        aria-expanded={more}
        onClick={() => setMore(!more)}
      >
        ⋯
      </button>
      <Outputs texts={p.texts} mode={p.mode} onMode={p.onMode} />
      <span class="spacer" />
      <span class={`ready ${p.mood}`}>
        <i aria-hidden="true" />
        <Status explained={p.explained}>{p.status}</Status>
        {p.statusMore !== "" && (
          <span class="progress" aria-hidden="true">
            {p.statusMore}
          </span>
        )}
      </span>
      {p.children}
      <fieldset class="seg small languages">
        <legend class="sr">{p.texts.page.languages}</legend>
        {(["en", "ko"] as const).map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            aria-pressed={p.language === language}
            onClick={() => p.onLanguage(language)}
          >
            {language === "en" ? "EN" : "한국어"}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        class="btn ghost theme keyhelp"
        aria-label={p.texts.keys.heading}
        aria-haspopup="dialog"
        onClick={p.onKeys}
      >
        <kbd data-key="?" />
      </button>
      <button
        type="button"
        class="btn ghost theme"
        aria-label={p.texts.page.theme}
        onClick={p.onTheme}
      >
        <ThemeIcon />
      </button>
    </header>
  );
}

/** Its explanation is beside it: what is announced is the status alone. */
function Status({ explained, children }: { explained: string; children: string }) {
  const { open: _, rest: __, handlers, note, ...described } = useExplained(explained, false);
  return (
    <>
      {/* No button: its name would be now that of Run, now that of Stop. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys, too, reach what it means */}
      <span {...described} {...handlers} role="status" class="term" tabIndex={0}>
        {children}
      </span>
      {note}
    </>
  );
}

function Outputs({
  texts,
  mode,
  onMode,
}: {
  texts: Texts;
  mode: Mode;
  onMode: (mode: Mode) => void;
}) {
  const t = texts.controls;
  const choices: { value: Mode; of: TermName; text: string; icon: ComponentChildren }[] = [
    { value: "weak", of: "weakOutputs", text: t.weak, icon: <WeakIcon /> },
    { value: "strong", of: "strongOutputs", text: t.strong, icon: <StrongIcon /> },
    { value: "compare", of: "compare", text: t.compare, icon: null },
  ];
  return (
    <div class="seg outputs" role="radiogroup" aria-label={t.outputs}>
      {choices.map(({ value, of, text, icon }) => (
        <Choice
          key={value}
          value={value}
          explained={texts.terms[of]}
          checked={mode === value}
          onChoose={() => onMode(value)}
        >
          {icon}
          <span>{text}</span>
        </Choice>
      ))}
    </div>
  );
}

interface ChoiceProps {
  value: Mode;
  explained: string;
  checked: boolean;
  onChoose: () => void;
  children: ComponentChildren;
}

function Choice({ value, explained, checked, onChoose, children }: ChoiceProps) {
  const { open: _, rest: __, handlers, note, ...described } = useExplained(explained, true);
  return (
    <>
      <label {...handlers}>
        <input
          {...described}
          type="radio"
          name="outputs"
          value={value}
          checked={checked}
          onChange={onChoose}
        />
        {children}
      </label>
      {note}
    </>
  );
}
