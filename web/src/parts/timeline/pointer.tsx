/** The numbers under the pointer. */
import type { Texts } from "../../i18n";
import type { Axis } from "../../layout/axis";
import { placeOfStep } from "../../trace/places";
import type { Recording } from "../../trace/recording";
import { totalAt } from "../../trace/replay";
import type { Plot } from "./plot";

interface Props {
  texts: Texts;
  axis: Axis;
  plot: Plot;
  tracks: readonly { recording: Recording; style: "weak" | "strong" | "alone" }[];
  hasBytes: boolean;
  /** In pixels; null where there is no pointer. */
  x: number | null;
}

export function Pointer({ texts, axis, plot, tracks, hasBytes, x }: Props) {
  if (x === null || x < plot.left || x > plot.right || axis.clock.length === 0) return null;
  const place = plot.place(x);
  const moment = axis.momentAt(place);
  const runner = axis.clock.runner(moment);
  const where = texts.timeline.at(
    texts.place(placeOfStep(runner, axis.clock.stepIn(runner, moment))),
    moment + 1,
  );
  const values = tracks.map(({ recording, style }) => {
    const event = axis.eventAt(recording, place);
    const name = style === "weak" ? texts.graph.weak : style === "strong" ? texts.graph.strong : "";
    const bytes = totalAt(recording.bytes, event);
    const objects = totalAt(recording.living, event);
    return `${name ? `${name} ` : ""}${hasBytes ? `${texts.bytes(bytes)}, ` : ""}${texts.timeline.count(objects)}`;
  });
  const lines = [where, ...values];
  const width = Math.max(...lines.map((line) => line.length)) * 6.4 + 18;
  const left = x + 12 + width > plot.right + 90 ? x - 12 - width : x + 12;
  return (
    <g class="pointer">
      <path d={`M${x} ${plot.bytes.top}V${plot.lane.top + plot.lane.height}`} />
      <g transform={`translate(${left} ${plot.bytes.top + 2})`}>
        <rect width={width} height={14 * lines.length + 8} rx="5" />
        {lines.map((line, i) => (
          <text key={line} class={i ? "value" : ""} x="9" y={15 + 14 * i}>
            {line}
          </text>
        ))}
      </g>
    </g>
  );
}
