/** The scrubber and the timeline, from the state. */
import type { Texts } from "../i18n";
import { rich, strong } from "../i18n/rich";
import { eventIn, leading, outputsOf, type State, shownTakes } from "../state/state";
import { clockIn, momentWith, runningIn } from "../state/time";
import { placeOfStep } from "../trace/places";
import { stepWithCollection, stepWithDeath } from "../trace/questions";
import { endOfStep, passOf, peakUpTo, stepCount, totalAt } from "../trace/replay";
import { Timeline, type Track } from "../views/timeline";
import { Transport } from "../views/transport";
import type { PaneProps } from "./actions";

export function Time({ state, texts, actions }: PaneProps) {
  const lead = leading(state);
  const takes = shownTakes(state);
  const clock = clockIn(state);
  const { length, ran } = clock;
  const here = lead && runningIn(state);
  const where = here ? texts.place(placeOfStep(here.recording, here.step)) : "";
  const inside = here && ran(lead, state.moment) && state.event < endOfStep(lead, state.step);
  const p = texts.position;
  const pass = here ? passOf(here.recording, here.step) : null;
  const death = here ? momentWith(state, 1, stepWithDeath) : -1;
  const collection = here ? momentWith(state, 1, stepWithCollection) : -1;
  const tracks: Track[] = takes
    .filter((take) => stepCount(take.recording) > 0)
    .map((take) => ({
      recording: take.recording,
      version: take.version,
      style: takes.length > 1 ? outputsOf(state, take) : "alone",
      event: eventIn(state, take.recording),
    }));
  return (
    <section class="pane time">
      <Transport
        texts={texts}
        step={state.moment}
        steps={length}
        place={where}
        where={here ? (inside ? p.inside(where) : p.after(where)) : p.nothing}
        more={
          here
            ? [
                ...(pass && pass.of > 1
                  ? [{ text: p.pass(pass.pass, pass.of), of: "pass" as const }]
                  : []),
                { text: p.step(state.moment + 1, length), of: "step" as const },
              ]
            : []
        }
        hasDeath={death >= 0}
        hasCollection={collection >= 0}
        readout={readoutOf(texts, state, tracks)}
        playing={state.playing}
        onPlay={() => actions.play(!state.playing)}
        onGoTo={actions.toMoment}
        onPrevious={() => actions.toMoment(state.moment - 1)}
        onNext={() => actions.toMoment(state.moment + 1)}
        onDeath={() => actions.toMoment(death)}
        onCollection={() => actions.toMoment(collection)}
      />
      {here && tracks.length > 0 ? (
        <Timeline
          texts={texts}
          tracks={tracks}
          clock={clock}
          lead={lead}
          moment={state.moment}
          onMoment={actions.toMoment}
        />
      ) : (
        <figure class="timeline" aria-label={texts.timeline.figure} />
      )}
    </section>
  );
}

function readoutOf(texts: Texts, state: State, tracks: Track[]) {
  const p = texts.position;
  if (state.mode === "compare" && tracks.length === 2) {
    const [weak, strong_] = tracks.map(({ recording, event }) => totalAt(recording.bytes, event));
    const totals = tracks.map(({ recording, style, event }) => ({
      text: rich`${strong(texts.bytes(totalAt(recording.bytes, event)))} ${style === "weak" ? texts.graph.weak : texts.graph.strong}`,
      dash: style as "weak" | "strong",
      of: "live" as const,
    }));
    const times = weak ? strong_! / weak : 1;
    return times >= 1.05 ? [...totals, { text: p.holds(times), of: "strong" as const }] : totals;
  }
  const track = tracks[0];
  if (!track) return [];
  const { recording, event } = track;
  const live = totalAt(recording.living, event);
  return [
    { text: p.live(texts.bytes(totalAt(recording.bytes, event))), of: "bytes" as const },
    { text: p.objects(live), of: "live" as const },
    { text: p.peak(texts.bytes(peakUpTo(recording.bytes, event))), of: "peak" as const },
  ];
}
