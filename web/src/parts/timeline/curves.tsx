/** Bytes and objects as stepped curves: the past full, the future pale. */
import type { Texts } from "../../i18n";
import type { Axis } from "../../layout/axis";
import { less, lostBytes, pointsOf } from "../../layout/curves";
import { type Curve, OPEN, type PeakedCurve, type Recording } from "../../trace/recording";
import { peakUpTo } from "../../trace/replay";
import { memo } from "../memo";
import { type Plot, scale, ticksFor } from "./plot";

interface CurvesProps {
  texts: Texts;
  tracks: readonly Recording[];
  styles: string;
  versions: string;
  axis: Axis;
  plot: Plot;
  /** Else the objects are counted: without arrays there is nothing to weigh. */
  hasBytes: boolean;
}

export const Curves = memo(
  function Curves({ texts, tracks, styles, axis, plot, hasBytes }: CurvesProps) {
    const style = styles.split(",");
    const curveOf = (r: Recording): PeakedCurve => (hasBytes ? r.bytes : r.living);
    const peak = Math.max(0, ...tracks.map((r) => peakUpTo(curveOf(r), OPEN)));
    const y = scale(plot.bytes, peak);
    const paths = new Map(tracks.map((r) => [r, pathOf(r, curveOf(r), axis, plot, y)]));
    const endsAt = labelsAt(
      tracks.map((r, i) => ({ y: y(curveOf(r).total.at(-1) ?? 0), isWeak: style[i] === "weak" })),
      y(0),
    );
    const most = Math.max(1, ...tracks.map((r) => peakUpTo(r.living, OPEN)));
    return (
      <>
        {ticksFor(peak, hasBytes).map((tick) => (
          <g key={tick}>
            <path class="grid" d={`M${plot.left} ${y(tick)}H${plot.right}`} />
            {!plot.small && (
              <text class="end" x={plot.left - 8} y={y(tick) + 4}>
                {tick && hasBytes ? texts.bytes(Math.round(tick)) : tick}
              </text>
            )}
          </g>
        ))}
        {/* The lowest first: what is out of reach under the strong curve, then the weak area on it. */}
        {tracks.toReversed().map((r, i) => (
          <Areas
            key={style.at(-1 - i)}
            r={r}
            curve={curveOf(r)}
            d={paths.get(r)!}
            alone={tracks.length === 1}
            axis={axis}
            plot={plot}
            y={y}
          />
        ))}
        {tracks.map((r, i) => (
          <Lines key={style[i]} style={style[i]!} d={paths.get(r)!} counted={!hasBytes} />
        ))}
        {!plot.small &&
          tracks.length > 1 &&
          tracks.map((r, i) => (
            <text key={style[i]} class={`lab ${style[i]}`} x={plot.right + 8} y={endsAt[i]}>
              {style[i] === "weak" ? texts.graph.weak : texts.graph.strong}{" "}
              {hasBytes ? texts.bytes(r.bytes.total.at(-1) ?? 0) : r.living.total.at(-1)}
            </text>
          ))}
        {plot.objects && (
          <>
            <path
              class="grid"
              d={`M${plot.left} ${plot.objects.top + plot.objects.height}H${plot.right}`}
            />
            {tracks.map((r, i) => {
              const yo = scale(plot.objects!, most);
              const end = r.living.total.at(-1) ?? 0;
              return (
                <g key={style[i]}>
                  <path class={`obj ${style[i]}`} d={pathOf(r, r.living, axis, plot, yo)} />
                  <text
                    x={plot.right + 8}
                    y={yo(end) + (tracks.length === 1 ? 3 : style[i] === "weak" ? 9 : -3)}
                  >
                    {end}
                  </text>
                </g>
              );
            })}
          </>
        )}
      </>
    );
  },
  (a, b) =>
    a.versions === b.versions &&
    a.axis === b.axis &&
    a.plot === b.plot &&
    a.texts === b.texts &&
    a.styles === b.styles,
);

/** Heights of the words at the curves' ends: the strong one's above its own, and clear of the weak one's. */
function labelsAt(ends: readonly { y: number; isWeak: boolean }[], floor: number): number[] {
  const weak = ends.find(({ isWeak }) => isWeak);
  const below = weak ? Math.min(weak.y + 9, floor - 4) : Number.POSITIVE_INFINITY;
  return ends.map(({ y, isWeak }) => (isWeak ? below : Math.min(y - 4, below - 12)));
}

export function pathOf(
  r: Recording,
  curve: Curve,
  axis: Axis,
  { span, resolution, x }: Pick<Plot, "span" | "resolution" | "x">,
  y: (v: number) => number,
): string {
  return pointsOf(curve, r, axis, span, resolution)
    .map(([at, value], i) => {
      const across = x(at).toFixed(1);
      return i ? `H${across}V${y(value).toFixed(1)}` : `M${across} ${y(value).toFixed(1)}`;
    })
    .join("");
}

function Areas({
  r,
  curve,
  d,
  alone,
  axis,
  plot,
  y,
}: {
  r: Recording;
  curve: PeakedCurve;
  d: string;
  alone: boolean;
  axis: Axis;
  plot: Plot;
  y: (v: number) => number;
}) {
  const close = `V${y(0).toFixed(1)}H${plot.left}z`;
  const whole = d + close;
  const lost = lostBytes(r);
  const reach = lost.event.length ? pathOf(r, less(r.bytes, lost), axis, plot, y) + close : whole;
  return (
    <>
      <g clip-path="url(#past)">
        {lost.event.length > 0 && (
          <>
            <path class="lostbg" d={whole} />
            <path class="lost" d={whole} />
          </>
        )}
        <path class={curve === r.bytes ? "past" : "past counted"} d={reach} />
      </g>
      {alone && (
        <g clip-path="url(#future)">
          <path class={curve === r.bytes ? "ahead" : "ahead counted"} d={whole} />
        </g>
      )}
    </>
  );
}

const Lines = ({ style, d, counted }: { style: string; d: string; counted: boolean }) => (
  <>
    <g clip-path="url(#past)">
      <path class={`curve ${style}${counted ? " counted" : ""}`} d={d} />
    </g>
    <g clip-path="url(#future)" class="fut">
      <path class={`curve ${style}${counted ? " counted" : ""}`} d={d} />
    </g>
  </>
);
