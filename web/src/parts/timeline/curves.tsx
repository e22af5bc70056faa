/** Bytes and objects as stepped curves: the past full, the future pale. */
import { memo } from "preact/compat";
import type { Texts } from "../../i18n";
import { type Axis, loopOf, lostBytes, pointsOf } from "../../layout/axis";
import { type Curve, OPEN, type PeakedCurve, type Recording } from "../../trace/recording";
import { peakUpTo, stepCount, totalAt } from "../../trace/replay";
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
    const most = Math.max(1, ...tracks.map((r) => peakUpTo(r.living, OPEN)));
    return (
      <>
        {tracks[0] && <Passes texts={texts} r={tracks[0]} axis={axis} plot={plot} />}
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
        {!hasBytes && !plot.small && (
          <text class="end" x={plot.left - 8} y={plot.bytes.top + plot.bytes.height / 2 + 4}>
            {texts.timeline.objects}
          </text>
        )}
        {/* The lowest first: what is out of reach under the strong curve, then the weak area on it. */}
        {tracks.toReversed().map((r, i) => (
          <Areas
            key={style.at(-1 - i)}
            r={r}
            curve={curveOf(r)}
            alone={tracks.length === 1}
            axis={axis}
            plot={plot}
            y={y}
          />
        ))}
        {tracks.map((r, i) => (
          <Lines
            key={style[i]}
            style={style[i]!}
            d={pathOf(r, curveOf(r), axis, plot, y)}
            counted={!hasBytes}
          />
        ))}
        {!plot.small &&
          tracks.length > 1 &&
          tracks.map((r, i) => (
            <text
              key={style[i]}
              class={`lab ${style[i]}`}
              x={plot.right + 8}
              y={y(curveOf(r).total.at(-1) ?? 0) + (style[i] === "strong" ? -4 : 9)}
            >
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
            <text class="end" x={plot.left - 8} y={plot.objects.top + plot.objects.height}>
              {texts.timeline.objects}
            </text>
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

function pathOf(
  r: Recording,
  curve: Curve,
  axis: Axis,
  plot: Plot,
  y: (v: number) => number,
): string {
  const end = axis.edge(stepCount(r));
  const points = pointsOf(curve, (event) => axis.at(r, event), end, plot.resolution);
  return points
    .map(([at, value], i) => {
      const x = plot.x(at).toFixed(1);
      return i ? `H${x}V${y(value).toFixed(1)}` : `M${x} ${y(value).toFixed(1)}`;
    })
    .join("");
}

function Areas({
  r,
  curve,
  alone,
  axis,
  plot,
  y,
}: {
  r: Recording;
  curve: Curve;
  alone: boolean;
  axis: Axis;
  plot: Plot;
  y: (v: number) => number;
}) {
  const whole = `${pathOf(r, curve, axis, plot, y)}V${y(0).toFixed(1)}H${plot.left}z`;
  const lost = lostBytes(r);
  const reach = lost.event.length
    ? `${pathOf(r, reachable(r, lost), axis, plot, y)}V${y(0).toFixed(1)}H${plot.left}z`
    : whole;
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

/** Bytes less those out of reach. */
function reachable(r: Recording, lost: Curve): Curve {
  const event = [...new Set([...r.bytes.event, ...lost.event])].sort((a, b) => a - b);
  return { event, total: event.map((e) => totalAt(r.bytes, e) - totalAt(lost, e)) };
}

/** The first steps of the passes, and the number of each that has room for a name. */
function passesOf(texts: Texts, r: Recording, axis: Axis, plot: Plot) {
  const location = loopOf(r);
  const steps = location < 0 ? [] : r.locations.steps[location]!;
  let free = 0;
  return steps.map((step, i) => {
    const x = plot.x(axis.edge(step));
    const text = texts.timeline.pass(i + 1);
    const named = x >= free && !plot.small && i + 1 < steps.length;
    const width = 7 * text.length;
    if (named) free = x + 18 + width;
    return { step, x, text, width, named };
  });
}

function Passes({ texts, r, axis, plot }: Part) {
  const passes = passesOf(texts, r, axis, plot);
  const drawn = passes
    .filter(({ named }) => named || passes.length <= 60)
    .map(({ step, x }) => (
      <path key={step} class="grid dotted" d={`M${x} ${plot.bytes.top}V${plot.lane.top}`} />
    ));
  return <>{drawn}</>;
}

interface Part {
  texts: Texts;
  r: Recording;
  axis: Axis;
  plot: Plot;
}

/** Names of the passes, but none that the knob at `now` would cover in part. */
export const PassNames = ({ texts, r, axis, plot, now }: Part & { now: number }) => (
  <>
    {passesOf(texts, r, axis, plot)
      .filter(({ x, width, named }) => named && (x + 5 + width < now - 36 || x > now + 34))
      .map(({ step, x, text }) => (
        <text key={step} x={x + 5} y="12">
          {text}
        </text>
      ))}
  </>
);
