/** Objects as small pieces of the graph in a line of text: each has its shape and can be chosen. */
import type { ComponentChildren } from "preact";
import type { Recording } from "../trace/recording";
import { isAlive, labelOf } from "../trace/replay";

interface ChipProps {
  r: Recording;
  object: number;
  event: number;
  onSelect: (object: number | null) => void;
  /** Before the label: `†3`. */
  mark?: string;
}

export function Chip({ r, object, event, onSelect, mark }: ChipProps) {
  const dead = !isAlive(r, object, event);
  const kind = r.objects.kind[object]!;
  return (
    <button
      type="button"
      class={dead ? "dead" : kind}
      title={labelOf(r, object)}
      onClick={() => onSelect(object)}
    >
      {mark && <b>{mark} </b>}
      {shortOf(r, object)}
    </button>
  );
}

/** A Variable by its number, as in the graph; what else there is by its label. */
const shortOf = (r: Recording, object: number): string =>
  r.objects.kind[object] === "variable" ? `#${r.objects.number[object]}` : labelOf(r, object);

/** Pieces with an arrow from each to the next. */
export const Arrows = ({ children }: { children: ComponentChildren[] }) => (
  <div class="path">
    {children.flat().map((child, i) => (
      <>
        {i > 0 && <i aria-hidden="true">→</i>}
        {child}
      </>
    ))}
  </div>
);
