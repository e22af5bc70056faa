/** Bytes and objects over the recorded steps, the lane of lines, deaths and collections. */

import { memo } from "preact/compat";
import { useMemo, useRef } from "preact/hooks";
import type { Texts } from "../i18n";
import { type Axis, axisOf, loopOf, lostBytes, pointsOf } from "../layout/axis";
import { useSize } from "../parts/size";
import { type Curve, isShown, type Recording, upTo } from "../trace/recording";
import { endOfStep, lineOfStep, startOfStep, stepCount, totalAt } from "../trace/replay";

export interface Track {
  readonly recording: Recording;
  readonly version: number;
  readonly style: "weak" | "strong" | "alone";
  /** The event that is shown. */
  readonly event: number;
}
interface Props {
  texts: Texts;
  tracks: readonly Track[];
  /** The recording that owns the lane of lines. */
  lead: Recording;
  step: number;
  onGoTo: (step: number) => void;
}

export function Timeline({ texts, tracks, lead, step, onGoTo }: Props) {
  const [figure, size] = useSize<HTMLElement>();
  const dragging = useRef(false);
  const versions = tracks.map((track) => track.version).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: recordings grow in place; versions say so
  const axis = useMemo(() => axisOf(tracks.map((t) => t.recording)), [versions, lead]);
  const plot = useMemo(() => plotFor(size), [size]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const lost = useMemo(() => tracks.map((t) => lostBytes(t.recording)), [versions, lead]);
  const leadTrack = tracks.find((t) => t.recording === lead)!;
  // Steps without events share one: the end of a step is its edge, not the place of its event.
  const inside = leadTrack.event < endOfStep(lead, step);
  const now = plot.x(inside ? axis.at(lead, leadTrack.event) : axis.edge(step + 1));
  const peak = Math.max(0, ...tracks.flatMap(({ recording }) => recording.bytes.total));
  const seek = (event: PointerEvent) => {
    const box = figure.current!.getBoundingClientRect();
    onGoTo(axis.stepAt((event.clientX - box.left - plot.left) / (plot.right - plot.left)));
  };
  const label = tracks.length > 1 ? "" : texts.bytes(totalAt(lead.bytes, leadTrack.event));
  return (
    <figure class="timeline" aria-label={texts.timeline.figure} ref={figure}>
      <figcaption class="sr">{texts.timeline.summary(stepCount(lead), peak)}</figcaption>
      {size.width > 0 && (
        <svg
          class="t"
          width={size.width}
          height={size.height}
          aria-hidden="true"
          onPointerDown={(event) => {
            dragging.current = true;
            event.currentTarget.setPointerCapture(event.pointerId);
            seek(event);
          }}
          onPointerMove={(event) => dragging.current && seek(event)}
          onPointerUp={() => (dragging.current = false)}
          onPointerCancel={() => (dragging.current = false)}
        >
          <defs>
            <clipPath id="past">
              <rect x="0" y="0" width={Math.max(0, now)} height={size.height} />
            </clipPath>
            <clipPath id="future">
              <rect x={now} y="0" width={Math.max(0, size.width - now)} height={size.height} />
            </clipPath>
            <pattern
              id="lost"
              width="7"
              height="7"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <path d="M0 0v7" stroke="var(--alert)" stroke-width="1.6" opacity=".5" />
            </pattern>
          </defs>
          <Curves
            texts={texts}
            tracks={tracks.map((t) => t.recording)}
            styles={tracks.map((t) => t.style).join()}
            versions={versions}
            axis={axis}
            plot={plot}
            peak={peak}
          />
          <Lanes
            texts={texts}
            lead={lead}
            version={leadTrack.version}
            others={tracks.length > 1 ? tracks.map((t) => t.recording) : NONE}
            axis={axis}
            plot={plot}
          />
          <Lost
            texts={texts}
            bytes={Math.max(0, ...tracks.map((t, i) => totalAt(lost[i]!, t.event)))}
            now={now}
            plot={plot}
          />
          <Ending texts={texts} r={lead} axis={axis} plot={plot} />
          <Now
            axis={axis}
            plot={plot}
            step={step}
            line={lineOfStep(lead, step)}
            now={now}
            label={label}
          />
        </svg>
      )}
    </figure>
  );
}

const NONE: readonly Recording[] = [];

/* ---------- where things are */

interface Plot {
  left: number;
  right: number;
  small: boolean;
  bytes: { top: number; height: number };
  objects: { top: number; height: number } | null;
  lane: { top: number; height: number };
  marks: number | null;
  x(place: number): number;
  resolution: number;
}

function plotFor({ width, height }: { width: number; height: number }): Plot {
  const small = width <= 960;
  const left = small ? 12 : 72;
  const right = Math.max(left + 10, width - (small ? 12 : 96));
  const lane = 16;
  const below = small ? lane + 4 : 8 + 22 + 12 + lane + 20;
  const bytes = { top: 20, height: Math.max(20, height - 20 - below - 2) };
  const under = bytes.top + bytes.height;
  const objects = small ? null : { top: under + 10, height: 20 };
  const laneTop = small ? under + 4 : under + 38;
  return {
    left,
    right,
    small,
    bytes,
    objects,
    lane: { top: laneTop, height: lane },
    marks: small ? null : laneTop + lane + 3,
    x: (place) => left + place * (right - left),
    resolution: Math.max(1, Math.round((right - left) * 2)),
  };
}

/** Highest tick: a round number at or above the peak, or the peak itself. */
const ticksFor = (peak: number): number[] => (peak > 0 ? [0, peak / 2, peak] : [0]);

/* ---------- curves */

interface CurvesProps {
  texts: Texts;
  tracks: readonly Recording[];
  styles: string;
  versions: string;
  axis: Axis;
  plot: Plot;
  peak: number;
}

const Curves = memo(
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

const scale =
  ({ top, height }: { top: number; height: number }, most: number) =>
  (value: number): number =>
    top + height - (height * value) / Math.max(1, most);

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

/* ---------- lanes */

interface LanesProps {
  texts: Texts;
  lead: Recording;
  version: number;
  others: readonly Recording[];
  axis: Axis;
  plot: Plot;
}

const Lanes = memo(
  function Lanes({ texts, lead, others, axis, plot }: LanesProps) {
    return (
      <>
        <LineLane texts={texts} r={lead} axis={axis} plot={plot} />
        {plot.marks !== null && (
          <>
            <text class="end" x={plot.left - 8} y={plot.marks + 12}>
              {texts.timeline.deaths}
            </text>
            <Marks r={others[0] ?? lead} axis={axis} plot={plot} y={plot.marks} />
          </>
        )}
      </>
    );
  },
  (a, b) =>
    a.lead === b.lead &&
    a.version === b.version &&
    a.axis === b.axis &&
    a.plot === b.plot &&
    a.texts === b.texts,
);

function LineLane({
  texts,
  r,
  axis,
  plot,
}: {
  texts: Texts;
  r: Recording;
  axis: Axis;
  plot: Plot;
}) {
  const { top, height } = plot.lane;
  const cells = [];
  let free = 0;
  for (let step = 0; step < stepCount(r); step++) {
    const x = plot.x(axis.edge(step));
    const width = plot.x(axis.edge(step + 1)) - x;
    // Cells thinner than this would only be a smear.
    if (width < 2 && x < free) continue;
    free = x + 2;
    const line = String(lineOfStep(r, step));
    cells.push(
      <g key={step}>
        <rect class="cellL" x={x} y={top} width={width} height={height} />
        {width > line.length * 6.6 + 2 && (
          <text class="lnum" x={x + width / 2} y={top + 12}>
            {line}
          </text>
        )}
      </g>,
    );
  }
  return (
    <>
      {!plot.small && (
        <text class="end" x={plot.left - 8} y={top + 12}>
          {texts.timeline.line}
        </text>
      )}
      {cells}
    </>
  );
}

/** How many fell in each step, and where the collector ran; filled where it found something. */
function Marks({ r, axis, plot, y }: { r: Recording; axis: Axis; plot: Plot; y: number }) {
  const marks = [];
  let free = plot.left + 4;
  for (let step = 0; step < stepCount(r); step++) {
    const died = deathsIn(r, step);
    const [first, last] = [
      upTo(r.collections.event, startOfStep(r, step)),
      upTo(r.collections.event, endOfStep(r, step)),
    ];
    const middle = plot.x((axis.edge(step) + axis.edge(step + 1)) / 2);
    if (last > first) {
      const found = r.collections.collected.slice(first, last).reduce((a, b) => a + b, 0);
      marks.push(
        <path
          key={`gc${step}`}
          class={found ? "gc hit" : "gc"}
          d={`M${middle} ${y + 2}l6 6-6 6-6-6z`}
        />,
      );
      if (middle + 9 >= free) {
        marks.push(
          <text key={`n${step}`} x={middle + 10} y={y + 12} class="dk start">
            {died ? `†${died}` : "0"}
          </text>,
        );
        free = middle + 34;
      }
    } else if (died && middle - 12 >= free) {
      marks.push(
        <text key={step} class="dk" x={middle} y={y + 12}>
          †{died}
        </text>,
      );
      free = middle + 14;
    }
  }
  return <>{marks}</>;
}

function deathsIn(r: Recording, step: number): number {
  let died = 0;
  for (
    let row = upTo(r.deaths.event, startOfStep(r, step));
    row < upTo(r.deaths.event, endOfStep(r, step));
    row++
  ) {
    if (isShown(r.objects.kind[r.deaths.object[row]!]!)) died++;
  }
  return died;
}

/* ---------- the present */

function Lost({
  texts,
  bytes,
  now,
  plot,
}: {
  texts: Texts;
  bytes: number;
  now: number;
  plot: Plot;
}) {
  if (!bytes || plot.small) return null;
  const left = now > plot.left + 220;
  return (
    <text
      class={`alertt${left ? " end" : ""}`}
      x={left ? now - 12 : now + 12}
      y={plot.bytes.top + plot.bytes.height - 10}
    >
      {texts.timeline.unreachable(bytes)}
    </text>
  );
}

/** Where an exception ended the recording, and which. */
function Ending({ texts, r, axis, plot }: { texts: Texts; r: Recording; axis: Axis; plot: Plot }) {
  if (r.end?.status !== "failed" || plot.small) return null;
  const what = r.end.message?.split(":")[0] ?? "";
  return (
    <text class="alertt end" x={plot.x(axis.edge(stepCount(r))) - 10} y={plot.bytes.top + 14}>
      {texts.timeline.ends(what)}
    </text>
  );
}

function Now({
  axis,
  plot,
  step,
  line,
  now,
  label,
}: {
  axis: Axis;
  plot: Plot;
  step: number;
  line: number;
  now: number;
  label: string;
}) {
  const x = plot.x(axis.edge(step));
  const width = plot.x(axis.edge(step + 1)) - x;
  const knob = label ? label.length * 7 + 14 : 14;
  const centre = Math.max(knob / 2 + 2, Math.min(plot.right + 60 - knob / 2, now));
  return (
    <>
      <rect class="cellL on" x={x} y={plot.lane.top} width={width} height={plot.lane.height} />
      {width > 9 && (
        <text class="lnum on" x={x + width / 2} y={plot.lane.top + 12}>
          {line}
        </text>
      )}
      <path class="now" d={`M${now} ${plot.bytes.top - 4}V${(plot.marks ?? plot.lane.top) + 16}`} />
      <rect
        class="knob"
        x={centre - knob / 2}
        y="0"
        width={knob}
        height="17"
        rx={label ? 8.5 : 7}
      />
      {label && (
        <text class="knobt" x={centre} y="12.5">
          {label}
        </text>
      )}
    </>
  );
}
