/** The lane of lines, and under it deaths and collections. */
import { memo } from "preact/compat";
import type { Texts } from "../../i18n";
import type { Axis } from "../../layout/axis";
import { isShown, type Recording, upTo } from "../../trace/recording";
import { endOfStep, lineOfStep, startOfStep, stepCount } from "../../trace/replay";
import type { Plot } from "./plot";

interface LanesProps {
  texts: Texts;
  lead: Recording;
  version: number;
  others: readonly Recording[];
  axis: Axis;
  plot: Plot;
}

export const Lanes = memo(
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
