/** A word of the field that explains itself when it is pointed at or focused. */
import type { ButtonHTMLAttributes, ComponentChildren, VNode } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";

export type TermName = keyof Texts["terms"];

interface WordProps {
  explained: string;
  children: ComponentChildren;
  /** Where the word is also a button of its own: what pressing it does, and whether keys reach it. */
  onPress?: () => void;
  tabIndex?: number;
}

type TermProps = Omit<WordProps, "explained"> & { texts: Texts; of: TermName };

export const Term = ({ texts, of, ...word }: TermProps) => (
  <Word explained={texts.terms[of]} {...word} />
);

/** A word whose explanation comes with it. */
export function Word({ explained, children, onPress, tabIndex }: WordProps) {
  const { open, rest: _, handlers, note, ...word } = useExplained(explained, Boolean(onPress));
  return (
    <>
      <button
        {...word}
        {...handlers}
        type="button"
        class="term"
        tabIndex={tabIndex}
        onClick={onPress ?? open}
      >
        {children}
      </button>
      {note}
    </>
  );
}

type ExplainedProps = ButtonHTMLAttributes & { explained: string };

/** A button of its own that says what it is about. */
export function Explained({ explained, children, ...button }: ExplainedProps) {
  const { open: _, rest: __, handlers, note, ...word } = useExplained(explained, true);
  return (
    <>
      <button {...word} {...handlers} type="button" {...button}>
        {children}
      </button>
      {note}
    </>
  );
}

/**
 * For words too many to have a note each, such as the cells of a table: those with the attribute
 * `data-term` share one. Keys find the same explanation at the head of their column.
 */
export function useCells(texts: Texts) {
  const [of, setOf] = useState<TermName>("count");
  const { rest, handlers, note } = useExplained(texts.terms[of], true);
  return {
    note,
    handlers: {
      onPointerOver({ target, pointerType }: PointerEvent) {
        const cell = (target as Element).closest<HTMLElement>("[data-term]");
        if (!cell || pointerType !== "mouse") return handlers.onPointerLeave();
        setOf(cell.dataset.term as TermName);
        rest(cell);
      },
      onPointerLeave: handlers.onPointerLeave,
    },
  };
}

/** Milliseconds that the pointer may take from the word to its explanation. */
const GRACE = 150;
/** Milliseconds that it must rest on what is there to be pressed, before words come in the way. */
const PATIENCE = 500;

/**
 * What makes any element explain itself: attributes for it, and the note to put beside it.
 * The note belongs to the top layer (popover), so that no pane cuts it off. It stays while
 * the pointer is on it; Escape closes it and leaves the selection alone. Its text is in the page
 * all the time, for who listens.
 */
export function useExplained(text: string, pressed: boolean) {
  const id = useId();
  /** What was pointed at or focused: several signs may share one note. */
  const word = useRef<Element | null>(null);
  const note = useRef<HTMLSpanElement>(null);
  const timer = useRef(0);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const box = note.current;
    if (!isOpen || !box || !word.current) return;
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
  }, [isOpen]);
  const after = (wait: number, shown: boolean): void => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(shown), wait);
  };
  const stay = (): void => {
    clearTimeout(timer.current);
    setOpen(true);
  };
  const open = (event: Event): void => {
    word.current = event.currentTarget as Element;
    stay();
  };
  const leave = (): void => after(GRACE, false);
  /** The pointer has come to what is there to be pressed, or to be read. */
  const rest = (at: Element): void => {
    if (word.current !== at) setOpen(false);
    word.current = at;
    after(PATIENCE, true);
  };
  const handlers = {
    onPointerEnter(event: PointerEvent) {
      // A finger that presses wants what the button does.
      if (!pressed) return open(event);
      if (event.pointerType === "mouse") rest(event.currentTarget as Element);
    },
    onPointerLeave: leave,
    onFocusIn(event: FocusEvent) {
      if (!pressed || (event.target as Element).matches(":focus-visible")) open(event);
    },
    onFocusOut: leave,
  };
  return {
    open,
    rest,
    "aria-describedby": id,
    handlers,
    note: (
      <span
        ref={note}
        id={id}
        class="explains"
        role="tooltip"
        popover="manual"
        onPointerEnter={stay}
        onPointerLeave={leave}
      >
        {text}
      </span>
    ) as VNode,
  };
}

/** For what has one note for several signs. */
export type Explanation = ReturnType<typeof useExplained>;

/** Below the word, or above where there is no room; never past an edge of the window. */
function place(box: HTMLElement, word: DOMRect): void {
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(word.left, innerWidth - width - 8));
  const below = word.bottom + 6;
  box.style.left = `${left}px`;
  box.style.top = `${below + height < innerHeight ? below : word.top - height - 6}px`;
}
