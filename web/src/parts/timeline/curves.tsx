/** Bytes and objects as stepped curves: the past full, the future pale. */
import { memo } from "preact/compat";
import type { Texts } from "../../i18n";
import { type Axis, loopOf, lostBytes, pointsOf } from "../../layout/axis";
import type { Curve, Recording } from "../../trace/recording";
import { stepCount, totalAt } from "../../trace/replay";
import { type Plot, scale, ticksFor } from "./plot";

interface CurvesProps {
  texts: Texts;
  tracks: readonly Recording[];
  styles: string;
  versions: string;
  axis: Axis;
  plot: Plot;
  peak: number;
}

export const Curves = memo(
  function Curves({ texts, tracks, styles, axis, plot, peak }: CurvesProps) {
    const style = styles.split(",");
    const y = scale(plot.bytes, peak);
    const most = Math.max(1, ...tracks.flatMap((r) => r.living.total));
    const pass = tracks[0] ? loopOf(tracks[0]) : -1;
    return (
      <>
        {pass >= 0 && (
          <Passes texts={texts} r={tracks[0]!} location={pass} axis={axis} plot={plot} />
        )}
        {ticksFor(peak).map((tick) => (
          <g key={tick}>
            <path class="grid" d={`M${plot.left} ${y(tick)}H${plot.right}`} />
            {!plot.small && (
              <text class="end" x={plot.left - 8} y={y(tick) + 4}>
                {tick ? texts.bytes(Math.round(tick)) : "0"}
              </text>
            )}
          </g>
        ))}
        {/* The lowest first: what is out of reach under the strong curve, then the weak area on it. */}
        {tracks.toReversed().map((r, i) => (
          <Areas
            key={style.at(-1 - i)}
            r={r}
            alone={tracks.length === 1}
            axis={axis}
            plot={plot}
            y={y}
          />
        ))}
        {tracks.map((r, i) => (
          <Lines key={style[i]} style={style[i]!} d={pathOf(r, r.bytes, axis, plot, y)} />
        ))}
        {!plot.small &&
          tracks.length > 1 &&
          tracks.map((r, i) => (
            <text
              key={style[i]}
              class={`lab ${style[i]}`}
              x={plot.right + 8}
              y={y(r.bytes.total.at(-1) ?? 0) + (style[i] === "strong" ? -4 : 9)}
            >
              {style[i] === "weak" ? texts.graph.weak : texts.graph.strong}{" "}
              {texts.bytes(r.bytes.total.at(-1) ?? 0)}
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
  alone,
  axis,
  plot,
  y,
}: {
  r: Recording;
  alone: boolean;
  axis: Axis;
  plot: Plot;
  y: (v: number) => number;
}) {
  const whole = `${pathOf(r, r.bytes, axis, plot, y)}V${y(0).toFixed(1)}H${plot.left}z`;
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
        <path class="past" d={reach} />
      </g>
      {alone && (
        <g clip-path="url(#future)">
          <path class="ahead" d={whole} />
        </g>
      )}
    </>
  );
}

const Lines = ({ style, d }: { style: string; d: string }) => (
  <>
    <g clip-path="url(#past)">
      <path class={`curve ${style}`} d={d} />
    </g>
    <g clip-path="url(#future)" class="fut">
      <path class={`curve ${style}`} d={d} />
    </g>
  </>
);

/** Bytes less those out of reach. */
function reachable(r: Recording, lost: Curve): Curve {
  const event = [...new Set([...r.bytes.event, ...lost.event])].sort((a, b) => a - b);
  return { event, total: event.map((e) => totalAt(r.bytes, e) - totalAt(lost, e)) };
}

function Passes({
  texts,
  r,
  location,
  axis,
  plot,
}: {
  texts: Texts;
  r: Recording;
  location: number;
  axis: Axis;
  plot: Plot;
}) {
  const steps = r.locations.steps[location]!;
  let free = 0;
  return (
    <>
      {steps.map((step, i) => {
        const x = plot.x(axis.edge(step));
        const next = steps[i + 1];
        const labelled = x >= free && !plot.small && next !== undefined;
        if (labelled) free = x + 18 + 7 * texts.timeline.pass(i + 1).length;
        if (!labelled && steps.length > 60) return null;
        return (
          <g key={step}>
            <path class="grid dotted" d={`M${x} ${plot.bytes.top}V${plot.lane.top}`} />
            {labelled && (
              <text x={x + 5} y="12">
                {texts.timeline.pass(i + 1)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}
