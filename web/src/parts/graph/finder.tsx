/** The field that searches the living objects: Enter goes from one to the next. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Texts } from "../../i18n";

interface Props {
  texts: Texts;
  query: string;
  found: readonly number[];
  selected: number | null;
  onQuery: (text: string) => void;
  onSelect: (object: number) => void;
  onClose: () => void;
}

export function Finder({ texts, query, found, selected, onQuery, onSelect, onClose }: Props) {
  const t = texts.find;
  const field = useRef<HTMLInputElement>(null);
  // At once: what is typed next are words, and no keys of the page.
  useLayoutEffect(() => field.current?.focus(), []);
  const at = selected === null ? -1 : found.indexOf(selected);
  const go = (by: 1 | -1) => {
    const next = found.at((at < 0 && by < 0 ? 0 : at + by) % Math.max(1, found.length));
    if (next !== undefined) onSelect(next);
  };
  return (
    <search class="finder">
      <input
        ref={field}
        type="search"
        aria-label={t.label}
        placeholder={t.hint}
        value={query}
        onInput={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span role="status" class="sub">
        {query.trim() && t.matches(at + 1, found.length)}
      </span>
      <button
        type="button"
        class="btn ghost"
        aria-label={t.previous}
        disabled={!found.length}
        onClick={() => go(-1)}
      >
        ↑
      </button>
      <button
        type="button"
        class="btn ghost"
        aria-label={t.next}
        disabled={!found.length}
        onClick={() => go(1)}
      >
        ↓
      </button>
      <button type="button" class="btn ghost" aria-label={t.close} onClick={onClose}>
        ✕
      </button>
    </search>
  );
}
