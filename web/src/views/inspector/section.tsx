/** What the sections of the inspector have in common. */
import type { ComponentChildren } from "preact";
import type { Texts } from "../../i18n";
import { useSettled } from "../../parts/settled";
import type { Place } from "../../trace/places";
import type { Recording } from "../../trace/recording";
import { passOf, stepOf, totalAt } from "../../trace/replay";

export interface Part {
  texts: Texts;
  r: Recording;
  object: number;
  event: number;
  onSelect: (object: number | null) => void;
  onGoTo: (step: number) => void;
}

export const Section = ({
  title,
  aside,
  busy = false,
  class: name = "",
  children,
}: {
  title: ComponentChildren;
  aside?: ComponentChildren;
  busy?: boolean;
  class?: string;
  children: ComponentChildren;
}) => (
  <div class={`sec ${name}`} aria-busy={busy}>
    <h3>
      {title}
      {aside && <span class="aside">{aside}</span>}
    </h3>
    {children}
  </div>
);

/** With so many living objects a question about one of them is answered within a frame. */
const SMALL = 2000;
/** Milliseconds of rest before a large heap is walked: not while the reader scrubs. */
const REST = 120;

/** The event to walk the heap at: of one that is not small only where the reader rests. */
export function useMoment(
  r: Recording,
  event: number,
  small = SMALL,
): { at: number; busy: boolean } {
  const at = useSettled(event, totalAt(r.living, event) > small ? REST : 0);
  return { at, busy: at !== event };
}

/** `line 7, pass 3 of 10`, of a step. */
export function placeText(texts: Texts, r: Recording, step: number, place: Place): string {
  const { pass, of } = passOf(r, step);
  return texts.inspector.placeAndPass(texts.place(place), pass, of);
}

/** A link to the step in which something happened. */
export const PlaceLink = ({
  texts,
  r,
  event,
  place,
  onGoTo,
}: Pick<Part, "texts" | "r" | "event" | "onGoTo"> & { place: Place }) => {
  const step = stepOf(r, event);
  return (
    <button type="button" class="link" onClick={() => onGoTo(step)}>
      {placeText(texts, r, step, place)}
    </button>
  );
};

/** A bar of bytes: what goes at once, what only a collection frees, of all that there is. */
export const Meter = ({ parts, of }: { parts: readonly number[]; of: number }) => (
  <div class="meter" aria-hidden="true">
    {parts.map((part, i) => (
      <i key={i} style={{ width: `${of ? Math.min(100, (part / of) * 100) : 0}%` }} />
    ))}
  </div>
);
