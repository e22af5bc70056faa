/** Share: one press copies the link; what it opens offers Markdown, files, and an iframe. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";

export interface Said {
  /** In the language of the moment, whichever that is by then. */
  readonly sentence: (texts: Texts) => string;
  readonly failed?: boolean;
  readonly text?: string;
}

export interface Sharing {
  copyLink(): Promise<Said>;
  copyMarkdown(): Promise<Said>;
  copyEmbed(): Promise<Said>;
  save(format: "py" | "json" | "svg" | "png"): Promise<Said>;
  open(file: File): Promise<Said>;
}

const FORMATS = [
  ["py", "program"],
  ["json", "recording"],
  ["svg", "svg"],
  ["png", "png"],
] as const;

interface Props {
  texts: Texts;
  sharing: Sharing;
  /** The console has gone on with the recording. */
  asked: boolean;
}

export function Share({ texts, sharing, asked }: Props) {
  const t = texts.share;
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  const whole = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const begun = useRef<Promise<Said> | null>(null);
  // Of what was begun last: the link is copied meanwhile, and may take longer.
  const tell = (work: Promise<Said>) => {
    begun.current = work;
    void work.then((of) => begun.current === work && setSaid(of));
  };

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!whole.current?.contains(event.target as Node)) setOpen(false);
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    };
    addEventListener("pointerdown", outside);
    addEventListener("focusin", outside);
    addEventListener("keydown", leave, true);
    return () => {
      removeEventListener("pointerdown", outside);
      removeEventListener("focusin", outside);
      removeEventListener("keydown", leave, true);
    };
  }, [open]);

  const press = () => {
    setSaid(null);
    if (!open) tell(sharing.copyLink());
    setOpen(!open);
  };
  const chosen = (files: FileList | null) => {
    const file = files?.[0];
    if (file) tell(sharing.open(file));
    if (input.current) input.current.value = ""; // the same file may be chosen again
  };
  return (
    <span class="share" ref={whole}>
      <button type="button" class="btn" ref={button} aria-expanded={open} onClick={press}>
        {texts.controls.share}
      </button>
      {open && (
        <section class="sheet" aria-label={t.heading}>
          <p class={said?.failed ? "said bad" : "said"} aria-live="polite">
            {said?.sentence(texts)}
          </p>
          {said?.text && (
            <textarea
              readOnly
              rows={3}
              aria-label={t.heading}
              value={said.text}
              onFocus={(event) => event.currentTarget.select()}
            />
          )}
          <button type="button" class="btn" onClick={() => tell(sharing.copyLink())}>
            {t.copyLink}
          </button>
          <button type="button" class="btn" onClick={() => tell(sharing.copyMarkdown())}>
            {t.copyMarkdown}
          </button>
          <button type="button" class="btn" onClick={() => tell(sharing.copyEmbed())}>
            {t.copyEmbed}
          </button>
          <h2>{t.save}</h2>
          <div class="formats">
            {FORMATS.map(([format, name]) => (
              <button
                type="button"
                class="btn"
                key={format}
                aria-label={`${t.save}: ${t[name]}`}
                onClick={() => tell(sharing.save(format))}
              >
                {t[name]}
              </button>
            ))}
          </div>
          <button type="button" class="btn" onClick={() => input.current?.click()}>
            {t.open}
          </button>
          <p class="hint">{t.openHint}</p>
          {asked && <p class="hint">{t.asked}</p>}
          <input
            ref={input}
            type="file"
            hidden
            accept=".py,.json,text/x-python,application/json"
            onChange={(event) => chosen(event.currentTarget.files)}
          />
        </section>
      )}
    </span>
  );
}
