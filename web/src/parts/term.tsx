/** A word of the field that explains itself when it is pointed at or focused. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";

export type TermName = keyof Texts["terms"];

/** Milliseconds that the pointer may take from the word to its explanation. */
const GRACE = 150;

/**
 * The explanation belongs to the top layer (popover), so that no pane cuts it off. It stays while
 * the pointer is on it; Escape closes it and leaves the selection alone. Its text is in the page
 * all the time, for who listens.
 */
export function Term({ texts, of, children }: { texts: Texts; of: TermName; children: string }) {
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const leaving = useRef(0);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const box = note.current;
    if (!open || !box || !word.current) return;
    box.showPopover();
    place(box, word.current.getBoundingClientRect());
    const close = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      setOpen(false);
    };
    addEventListener("keydown", close, { capture: true });
    return () => {
      removeEventListener("keydown", close, { capture: true });
      box.hidePopover();
    };
  }, [open]);
  const enter = (): void => {
    clearTimeout(leaving.current);
    setOpen(true);
  };
  const leave = (): void => {
    leaving.current = window.setTimeout(() => setOpen(false), GRACE);
  };
  return (
    <>
      <button
        ref={word}
        type="button"
        class="term"
        aria-describedby={id}
        onMouseEnter={enter}
        onMouseLeave={leave}
        onFocus={enter}
        onBlur={leave}
        onClick={enter}
      >
        {children}
      </button>
      <span
        ref={note}
        id={id}
        class="explains"
        role="tooltip"
        popover="manual"
        onMouseEnter={enter}
        onMouseLeave={leave}
      >
        {texts.terms[of]}
      </span>
    </>
  );
}

/** Below the word, or above where there is no room; never past an edge of the window. */
function place(box: HTMLElement, word: DOMRect): void {
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(word.left, innerWidth - width - 8));
  const below = word.bottom + 6;
  box.style.left = `${left}px`;
  box.style.top = `${below + height < innerHeight ? below : word.top - height - 6}px`;
}
