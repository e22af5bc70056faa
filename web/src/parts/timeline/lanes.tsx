/** The lane of lines, and under it deaths and collections. */
import type { Axis } from "../../layout/axis";
import { type Place, placeOfStep } from "../../trace/places";
import { type Recording, upTo } from "../../trace/recording";
import { endOfStep, startOfStep } from "../../trace/replay";
import { memo } from "../memo";
import type { Plot } from "./plot";

interface LanesProps {
  versions: string;
  /** Whose deaths are marked: in Compare only the weak one has any. */
  marked: Recording;
  axis: Axis;
  plot: Plot;
}

export const Lanes = memo(
  function Lanes({ marked, axis, plot }: LanesProps) {
    return (
      <>
        <LineLane axis={axis} plot={plot} />
        {plot.marks !== null && <Marks r={marked} axis={axis} plot={plot} y={plot.marks} />}
      </>
    );
  },
  (a, b) =>
    a.versions === b.versions && a.marked === b.marked && a.axis === b.axis && a.plot === b.plot,
);

/** Moments in sight, from the first to the one after the last. */
const inSight = (axis: Axis, { span }: Plot): [number, number] => [
  axis.momentAt(span.from),
  Math.min(axis.clock.length, axis.momentAt(span.to) + 1),
];

/** A line's number; of the console, as its prompt, that of the input. */
export const laneText = ({ line, input }: Place): string => (input ? `>${input}` : String(line));

function LineLane({ axis, plot }: { axis: Axis; plot: Plot }) {
  const { top, height } = plot.lane;
  const { clock } = axis;
  const cells = [];
  let free = plot.left;
  const [first, end] = inSight(axis, plot);
  for (let moment = first; moment < end; moment++) {
    const x = Math.max(plot.left, plot.x(axis.edge(moment)));
    const width = Math.min(plot.right, plot.x(axis.edge(moment + 1))) - x;
    // Cells thinner than this would only be a smear.
    if (width <= 0 || (width < 2 && x < free)) continue;
    free = x + 2;
    const r = clock.runner(moment);
    const line = laneText(placeOfStep(r, clock.stepIn(r, moment)));
    cells.push(
      <g key={moment}>
        <rect class="cellL" x={x} y={top} width={width} height={height} />
        {width > line.length * 6.6 + 2 && (
          <text class="lnum" x={x + width / 2} y={top + 12}>
            {line}
          </text>
        )}
      </g>,
    );
  }
  return <>{cells}</>;
}

/**
 * How many fell, and where the collector ran; filled where it found something.
 * Where there is no room for a number at each step, one tells the sum of some.
 */
function Marks({ r, axis, plot, y }: { r: Recording; axis: Axis; plot: Plot; y: number }) {
  const marks = [];
  const { clock } = axis;
  let free = plot.left + 4;
  let [gcAt, gcFound] = [Number.NEGATIVE_INFINITY, false];
  const [first, end] = inSight(axis, plot);
  // A step begins where the one before it ended: falls that are told, collections that are passed.
  const before = startOfStep(r, clock.stepIn(r, first) + (clock.ran(r, first) ? 0 : 1));
  let told = upTo(r.falls, before);
  const runs = r.collections.event;
  let to = upTo(runs, before);
  for (let moment = first; moment < end; moment++) {
    if (!clock.ran(r, moment)) continue;
    const upto = endOfStep(r, clock.stepIn(r, moment));
    const from = to;
    while (to < runs.length && runs[to]! <= upto) to++;
    const middle = plot.x((axis.edge(moment) + axis.edge(moment + 1)) / 2);
    // Most moments of a long recording have no room for a number.
    if (from === to && middle - 12 < free) continue;
    const died = upTo(r.falls, upto) - told;
    if (!died && from === to) continue;
    if (middle < plot.left - 1 || middle > plot.right + 1) continue;
    if (to > from) {
      const found = r.collections.collected.slice(from, to).some((n) => n > 0);
      if (middle - gcAt >= 6 || (found && !gcFound)) {
        const d = `M${middle} ${y + 2}l6 6-6 6-6-6z`;
        marks.push(<path key={`gc${moment}`} class={found ? "gc hit" : "gc"} d={d} />);
        [gcAt, gcFound] = [middle, found];
        if (middle + 9 >= free) {
          marks.push(
            <text key={`n${moment}`} x={middle + 10} y={y + 12} class="dk start">
              {died ? `†${died}` : "0"}
            </text>,
          );
          free = middle + 34;
          told += died;
        }
      }
    } else {
      marks.push(
        <text key={moment} class="dk" x={middle} y={y + 12}>
          †{died}
        </text>,
      );
      free = middle + 14 + 3 * String(died).length;
      told += died;
    }
  }
  return <>{marks}</>;
}
