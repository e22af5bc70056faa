/** The whole of a long recording, small, with the part that the timeline shows: drag it, or its ends. */
import { useRef } from "preact/hooks";
import type { Axis } from "../../layout/axis";
import type { Span } from "../../layout/curves";
import type { Recording } from "../../trace/recording";
import { OPEN } from "../../trace/recording";
import { peakUpTo } from "../../trace/replay";
import { memo } from "../memo";
import { pathOf } from "./curves";
import { type Plot, scale, WHOLE } from "./plot";

interface Props {
  axis: Axis;
  plot: Plot;
  tracks: readonly Recording[];
  versions: string;
  hasBytes: boolean;
  /** Where the reader is, as a place on the axis. */
  now: number;
  onSpan: (span: Span) => void;
}

/** How near its end one must press to move that end alone, in pixels. */
const GRIP = 7;
/** A part smaller than this shows nothing. */
const LEAST = 1e-4;

export function Brush({ axis, plot, tracks, versions, hasBytes, now, onSpan }: Props) {
  const { left, right, span } = plot;
  const { top, height } = plot.overview!;
  const x = (place: number): number => left + place * (right - left);
  const press = useRef<{ at: number; span: Span; part: "from" | "to" | "whole" | "new" } | null>(
    null,
  );
  const placeOf = (event: PointerEvent): number => {
    const svg = (event.currentTarget as SVGElement).ownerSVGElement!;
    const across = event.clientX - svg.getBoundingClientRect().left;
    return Math.max(0, Math.min(1, (across - left) / (right - left)));
  };
  const down = (event: PointerEvent) => {
    event.stopPropagation();
    (event.currentTarget as SVGElement).setPointerCapture(event.pointerId);
    const at = placeOf(event);
    const grip = GRIP / (right - left);
    const part =
      Math.abs(at - span.from) < grip
        ? "from"
        : Math.abs(at - span.to) < grip
          ? "to"
          : at > span.from && at < span.to && span.to - span.from < 0.999
            ? "whole"
            : "new";
    press.current = { at, span, part };
  };
  const move = (event: PointerEvent) => {
    if (!press.current) return;
    event.stopPropagation();
    onSpan(dragged(press.current, placeOf(event)));
  };
  const up = () => {
    press.current = null;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the figure is hidden from readers of text; the buttons beside it do the same
    <g
      class="brush"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onDblClick={() => onSpan(WHOLE)}
    >
      <rect class="ground" x={left} y={top} width={right - left} height={height} />
      <Small axis={axis} plot={plot} tracks={tracks} versions={versions} hasBytes={hasBytes} />
      <path class="here" d={`M${x(now)} ${top}v${height}`} />
      <rect
        class="part"
        x={x(span.from)}
        y={top}
        width={Math.max(3, x(span.to) - x(span.from))}
        height={height}
      />
      {[span.from, span.to].map((end, i) => (
        <rect
          key={i}
          class="grip"
          x={x(end) - 2}
          y={top + height / 2 - 6}
          width="4"
          height="12"
          rx="2"
        />
      ))}
    </g>
  );
}

/** What a drag makes of the part that was shown when it began. */
export function dragged(
  { at, span, part }: { at: number; span: Span; part: "from" | "to" | "whole" | "new" },
  to: number,
): Span {
  const least = (a: number, b: number): Span => {
    const [from, end] = a < b ? [a, b] : [b, a];
    return end - from < LEAST ? { from, to: Math.min(1, from + LEAST) } : { from, to: end };
  };
  if (part === "from") return least(to, span.to);
  if (part === "to") return least(span.from, to);
  if (part === "new") return least(at, to);
  const by = Math.max(-span.from, Math.min(1 - span.to, to - at));
  return { from: span.from + by, to: span.to + by };
}

const Small = memo(
  function Small({ axis, plot, tracks, hasBytes }: Omit<Props, "now" | "onSpan">) {
    const curveOf = (r: Recording) => (hasBytes ? r.bytes : r.living);
    const peak = Math.max(...tracks.map((r) => peakUpTo(curveOf(r), OPEN)));
    const y = scale({ top: plot.overview!.top + 2, height: plot.overview!.height - 3 }, peak);
    const whole = {
      span: WHOLE,
      resolution: plot.resolution / 2,
      x: (place: number) => plot.left + place * (plot.right - plot.left),
    };
    return (
      <>
        {tracks.map((r, i) => (
          <path key={i} class="small" d={pathOf(r, curveOf(r), axis, whole, y)} />
        ))}
      </>
    );
  },
  (a, b) =>
    a.axis === b.axis &&
    a.versions === b.versions &&
    a.plot.overview?.top === b.plot.overview?.top &&
    a.plot.right === b.plot.right,
);
