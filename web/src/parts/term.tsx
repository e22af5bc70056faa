/** A word of the field that explains itself when it is pointed at or focused. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";

export type TermName = keyof Texts["terms"];

/**
 * The explanation belongs to the top layer (popover), so that no pane cuts it off; Escape closes
 * it and leaves the selection alone. Its text is in the page all the time, for who listens.
 */
export function Term({ texts, of, children }: { texts: Texts; of: TermName; children: string }) {
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const box = note.current;
    if (!box || !word.current) return;
    if (open) {
      box.showPopover?.();
      place(box, word.current.getBoundingClientRect());
    } else if (box.matches(":popover-open")) box.hidePopover();
  }, [open]);
  return (
    <>
      <button
        ref={word}
        type="button"
        class="term"
        aria-describedby={id}
        onMouseEnter={() => setOpen(true)}
        onMouseLeave={() => setOpen(false)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !open) return;
          event.stopPropagation();
          setOpen(false);
        }}
      >
        {children}
      </button>
      <span ref={note} id={id} class="explains" role="tooltip" popover="manual">
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
