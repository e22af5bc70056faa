/** Where the reader is, what is out of reach there, and where the recording ended. */
import type { Texts } from "../../i18n";
import type { Axis } from "../../layout/axis";
import type { Recording } from "../../trace/recording";
import { stepCount } from "../../trace/replay";
import type { Plot } from "./plot";

export function Lost({
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
export function Ending({
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
  if (r.end?.status !== "failed" || plot.small) return null;
  const what = r.end.message?.split(":")[0] ?? "";
  return (
    <text class="alertt end" x={plot.x(axis.edge(stepCount(r))) - 10} y={plot.bytes.top + 14}>
      {texts.timeline.ends(what)}
    </text>
  );
}

export function Now({
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
