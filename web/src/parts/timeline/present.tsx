/** Where the reader is, what is out of reach there, where two recordings part, and where one ended. */
import type { Texts } from "../../i18n";
import type { Axis } from "../../layout/axis";
import { failingStep, placeOfStep } from "../../trace/places";
import type { Recording } from "../../trace/recording";
import { laneText } from "./lanes";
import type { Plot } from "./plot";

interface LostProps {
  texts: Texts;
  bytes: number;
  now: number;
  plot: Plot;
}

export function Lost({ texts, bytes, now, plot }: LostProps) {
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

interface Props {
  texts: Texts;
  axis: Axis;
  plot: Plot;
}

/** Where an exception ended a program, and which; once where it ended both runs of it. */
export function Endings({ texts, rs, axis, plot }: Props & { rs: readonly Recording[] }) {
  if (plot.small) return null;
  const ends = new Map<number, string>();
  for (const r of rs) {
    const step = failingStep(r);
    if (step < 0) continue;
    const x = plot.x(axis.edge(axis.clock.momentOf(r, step) + 1));
    if (x > plot.left && x <= plot.right + 1) ends.set(x, r.end?.message?.split(":")[0] ?? "");
  }
  // The first row is that of the words where they part.
  const first = axis.clock.parting < 0 ? 14 : 30;
  return (
    <>
      {[...ends].map(([x, what], i) => (
        <text key={x} class="alertt end" x={x - 10} y={plot.bytes.top + first + i * 16}>
          {texts.timeline.ends(what)}
        </text>
      ))}
    </>
  );
}

/** The first moment after which the two recordings of Compare are not alike. */
export function Parting({ texts, axis, plot }: Props) {
  const moment = axis.clock.parting;
  if (moment < 0) return null;
  const x = plot.x(axis.edge(moment));
  if (x < plot.left - 1 || x > plot.right) return null;
  const flip = x > plot.right - 90;
  return (
    <g class="parting">
      <path d={`M${x} ${plot.bytes.top - 4}V${plot.lane.top + plot.lane.height}`} />
      {!plot.small && (
        <text class={flip ? "end" : ""} x={flip ? x - 6 : x + 6} y={plot.bytes.top + 10}>
          {texts.timeline.parting}
        </text>
      )}
    </g>
  );
}

interface NowProps {
  axis: Axis;
  plot: Plot;
  moment: number;
  now: number;
  label: string;
}

export function Now({ axis, plot, moment, now, label }: NowProps) {
  const { clock } = axis;
  const x = Math.max(plot.left, plot.x(axis.edge(moment)));
  const width = Math.min(plot.right, plot.x(axis.edge(moment + 1))) - x;
  const knob = label ? label.length * 7 + 14 : 14;
  const centre = Math.max(
    knob / 2 + 2,
    Math.min(plot.right + (plot.small ? 10 : 60) - knob / 2, now),
  );
  const runner = clock.runner(moment);
  if (now < plot.left - 1 || now > plot.right + 1) return null;
  return (
    <>
      <rect
        class="cellL on"
        x={x}
        y={plot.lane.top}
        width={Math.max(1, width)}
        height={plot.lane.height}
      />
      {width > 9 && (
        <text class="lnum on" x={x + width / 2} y={plot.lane.top + 12}>
          {laneText(placeOfStep(runner, clock.stepIn(runner, moment)))}
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
