/** What the sections of the inspector have in common. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Texts } from "../../i18n";
import { useSettled } from "../../parts/settled";
import { Term, type TermName } from "../../parts/term";
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

/** Entries that each press adds to a list. */
const STRIDE = 50;

/** How many of a list's entries to show, of which `few` at first, and what shows more of them. */
export function useFew(texts: Texts, all: number, few: number): [number, ComponentChildren] {
  const [extra, setExtra] = useState(0);
  const shown = few + extra;
  const more = all > shown && (
    <button type="button" class="link" onClick={() => setExtra(extra + STRIDE)}>
      {texts.inspector.more(all - shown)}
    </button>
  );
  return [shown, more];
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

/** How much is given back, in words and as a part of what there is, where that is any bytes. */
export const Frees = ({
  texts,
  of,
  title,
  busy = false,
  live,
  parts,
  children,
}: {
  texts: Texts;
  of: TermName;
  title: string;
  busy?: boolean;
  live: number;
  parts: readonly number[];
  children: ComponentChildren;
}) => (
  <Section
    title={
      <Term texts={texts} of={of}>
        {title}
      </Term>
    }
    aside={live > 0 && texts.inspector.ofLive(live)}
    busy={busy}
  >
    <p class="frees">{children}</p>
    {live > 0 && <Meter parts={parts} of={live} />}
  </Section>
);

/** A bar of bytes: what goes at once, what only a collection frees, of all that there is. */
export const Meter = ({ parts, of }: { parts: readonly number[]; of: number }) => (
  <div class="meter" aria-hidden="true">
    {parts.map((part, i) => (
      <i key={i} style={{ width: `${of ? Math.min(100, (part / of) * 100) : 0}%` }} />
    ))}
  </div>
);
