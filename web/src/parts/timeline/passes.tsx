/** Where the passes of the program's longest loop begin; a press on a name goes there. */
import { useMemo } from "preact/hooks";
import type { Texts } from "../../i18n";
import type { Axis } from "../../layout/axis";
import { loopOf } from "../../layout/passes";
import type { Recording } from "../../trace/recording";
import type { Plot } from "./plot";

interface Props {
  texts: Texts;
  r: Recording;
  axis: Axis;
  plot: Plot;
  now: number;
  onMoment: (moment: number) => void;
}

/** Lines between more passes than this would be a smear. */
const LINES = 60;

/** Names of the passes, but none that the knob at `now` would cover in part. */
export function Passes({ texts, r, axis, plot, now, onMoment }: Props) {
  const seen = useMemo(() => passesOf(texts, r, axis, plot), [texts, r, axis, plot]);
  return (
    <>
      {seen
        .filter(({ named }) => named || seen.length <= LINES)
        .map(({ moment, x }) => (
          <path key={moment} class="grid dotted" d={`M${x} ${plot.bytes.top}V${plot.lane.top}`} />
        ))}
      {seen
        .filter(({ x, width, named }) => named && (x + 5 + width < now - 36 || x > now + 34))
        .map(({ moment, x, text }) => (
          <text
            key={moment}
            class="pass"
            x={x + 5}
            y="12"
            onPointerDown={(event) => {
              event.stopPropagation();
              onMoment(moment);
            }}
          >
            {text}
          </text>
        ))}
    </>
  );
}

/** The passes in sight, with the number of each that has room for a name. */
function passesOf(texts: Texts, r: Recording, axis: Axis, plot: Plot) {
  const location = loopOf(r);
  const steps = location < 0 ? [] : r.locations.steps[location]!;
  let free = plot.left - 1;
  const seen = [];
  for (let i = 0; i < steps.length; i++) {
    const moment = axis.clock.momentOf(r, steps[i]!);
    const x = plot.x(axis.edge(moment));
    if (x < plot.left) continue;
    if (x > plot.right) break;
    const text = texts.timeline.pass(i + 1);
    const width = 7 * text.length;
    const named = x >= free && !plot.small && i + 1 < steps.length;
    if (named) free = x + 18 + width;
    seen.push({ moment, x, text, width, named });
  }
  return seen;
}
