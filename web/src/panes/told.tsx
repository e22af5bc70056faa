/** What the shown step did, in words, from the state. */
import type { Texts } from "../i18n";
import type { Rich } from "../i18n/rich";
import { leading, outputsOf, type State, shownTakes } from "../state/state";
import { clockIn, runningIn } from "../state/time";
import { tellEnd } from "../telling/fault";
import { type Telling, tellBoth, tellStep } from "../telling/step";
import type { Recording } from "../trace/recording";
import { stepCount } from "../trace/replay";
import { Narration } from "../views/narration";
import type { PaneProps } from "./actions";
import { frameLater } from "./pace";

export const Told = frameLater(({ state, texts }: PaneProps) => (
  <Narration {...telling(texts, state)} silent={state.playing} />
));

function telling(texts: Texts, state: State): Telling {
  const lead = leading(state);
  const takes = shownTakes(state);
  if (!lead || stepCount(lead) === 0) {
    return {
      heading: "",
      tally: [],
      sentences: [nothingRecorded(texts, lead)],
    };
  }
  if (state.mode === "compare" && takes.length === 2) {
    const clock = clockIn(state);
    const here = runningIn(state)!;
    const both = takes
      .filter(({ recording }) => clock.ran(recording, state.moment))
      .map((take) => ({
        recording: take.recording,
        mode: outputsOf(state, take),
        step: clock.stepIn(take.recording, state.moment),
      }));
    return tellBoth(texts, here.recording, both, here.step);
  }
  return tellStep(texts, lead, state.step, state.event);
}

function nothingRecorded(texts: Texts, lead: Recording | null): Rich {
  const message = lead && tellEnd(texts, lead);
  if (!message) return lead?.end ? [texts.empty.noSteps] : texts.tell.noStep;
  return lead.end?.status === "failed" ? texts.tell.unreadable(message.split(":")[0]!) : [message];
}
