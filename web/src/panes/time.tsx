/** The scrubber and the timeline, from the state. */
import type { Texts } from "../i18n";
import { rich, strong } from "../i18n/rich";
import { eventIn, outputsOf, type State, type Take } from "../state/state";
import { stepWithCollection, stepWithDeath } from "../trace/questions";
import type { Recording } from "../trace/recording";
import { endOfStep, lineOfStep, passOf, peakUpTo, stepCount, totalAt } from "../trace/replay";
import { Timeline, type Track } from "../views/timeline";
import { Transport } from "../views/transport";
import type { Actions } from "./actions";

export function Time({
  state,
  texts,
  lead,
  takes,
  actions,
}: {
  state: State;
  texts: Texts;
  lead: Recording | null;
  takes: Take[];
  actions: Actions;
}) {
  const steps = lead ? stepCount(lead) : 0;
  const some = lead !== null && steps > 0;
  const line = some ? lineOfStep(lead, state.step) : 0;
  const inside = some && state.event < endOfStep(lead, state.step);
  const p = texts.position;
  const pass = some ? passOf(lead, state.step) : null;
  const death = some ? stepWithDeath(lead, state.step, 1) : -1;
  const collection = some ? stepWithCollection(lead, state.step, 1) : -1;
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
        step={state.step}
        steps={steps}
        line={line}
        where={some ? (inside ? p.inside(line) : p.after(line)) : p.nothing}
        more={
          some
            ? [
                ...(pass && pass.of > 1 ? [p.pass(pass.pass, pass.of)] : []),
                p.step(state.step + 1, steps),
              ]
            : []
        }
        hasDeath={death >= 0}
        hasCollection={collection >= 0}
        readout={readoutOf(texts, state, tracks)}
        playing={state.playing}
        onPlay={() => actions.play(!state.playing)}
        onGoTo={actions.goTo}
        onPrevious={() => actions.goTo(state.step - 1)}
        onNext={() => actions.goTo(state.step + 1)}
        onDeath={() => actions.goTo(death)}
        onCollection={() => actions.goTo(collection)}
      />
      {some && tracks.length > 0 ? (
        <Timeline
          texts={texts}
          tracks={tracks}
          lead={lead}
          step={state.step}
          onGoTo={actions.goTo}
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
    return tracks.map(({ recording, style, event }) => ({
      text: rich`${strong(texts.bytes(totalAt(recording.bytes, event)))} ${style === "weak" ? texts.graph.weak : texts.graph.strong}`,
      dash: style as "weak" | "strong",
    }));
  }
  const track = tracks[0];
  if (!track) return [];
  const { recording, event } = track;
  const live = totalAt(recording.living, event);
  return [
    { text: p.live(texts.bytes(totalAt(recording.bytes, event))) },
    { text: p.objects(live) },
    { text: p.peak(texts.bytes(peakUpTo(recording.bytes, event))) },
  ];
}
