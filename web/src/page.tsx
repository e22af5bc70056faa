/** The page: reads the state, asks the replay, and hands each view what it shows and may do. */
import { texts as allTexts, type Texts } from "./i18n";
import type { Rich } from "./i18n/rich";
import type { Actions } from "./panes/actions";
import { Duo } from "./panes/duo";
import { Learn } from "./panes/learn";
import { Player } from "./panes/player";
import { Program } from "./panes/program";
import { Single } from "./panes/single";
import { Time } from "./panes/time";
import { TopBar } from "./panes/top-bar";
import type { Lesson as LessonData } from "./state/lessons";
import { isBusy } from "./state/phase";
import { leading, outputsOf, type State, shownTakes, type Take } from "./state/state";
import { clockIn, runningIn } from "./state/time";
import { tellEnd } from "./telling/fault";
import { type Telling, tellBoth, tellStep } from "./telling/step";
import type { Recording } from "./trace/recording";
import { stepCount } from "./trace/replay";
import { Console, NoConsole } from "./views/console";
import { Drop } from "./views/drop";
import { Keys } from "./views/keys";
import { Narration } from "./views/narration";
import { Output } from "./views/output";

interface Props {
  state: State;
  lessons: readonly LessonData[];
  actions: Actions;
  /** Inside another page: the small player. */
  embedded: boolean;
}

export function Page({ state, lessons, actions, embedded }: Props) {
  const texts = allTexts[state.language];
  const lead = leading(state);
  const takes = shownTakes(state);
  const compare = state.mode === "compare";
  const { remains } = state;
  if (embedded) return <Player {...{ state, texts, actions }} />;
  return (
    <>
      <TopBar state={state} texts={texts} lessons={lessons} actions={actions} />
      <main
        class={`lab${compare ? " compare" : ""}${isBusy(state.phase) ? " running" : ""}${state.selected === null && !state.report ? "" : " chosen"}`}
      >
        <div class="left">
          <Learn state={state} texts={texts} lessons={lessons} actions={actions} />
          <Program state={state} texts={texts} actions={actions} />
          <Narration {...telling(texts, state, lead, takes)} silent={state.playing} />
          <Output
            texts={texts}
            takes={takes.map((take) => ({
              recording: take.recording,
              title: compare ? texts.output.mode[outputsOf(state, take)] : "",
            }))}
            running={state.phase === "running"}
          >
            {remains && "of" in remains && (
              <Console
                texts={texts}
                run={remains}
                title={compare ? texts.output.mode[remains.of] : ""}
                apart={apartOf(state.takes[remains.of]?.recording)}
                onAsk={actions.ask}
                onComplete={actions.complete}
              />
            )}
            {remains && "none" in remains && <NoConsole texts={texts} why={remains.none} />}
          </Output>
        </div>
        {compare ? (
          <Duo state={state} texts={texts} actions={actions} />
        ) : (
          <Single state={state} texts={texts} take={takes[0] ?? null} actions={actions} />
        )}
        <Time state={state} texts={texts} lead={lead} takes={takes} actions={actions} />
      </main>
      <Drop texts={texts} onFile={actions.sharing.open} />
      <Keys texts={texts} open={state.help} onClose={() => actions.help(false)} />
    </>
  );
}

/** A recording that a limit has ended does not go on, nor does one made by the Python probe. */
const apartOf = (r: Recording | undefined): "limit" | "python" | null => {
  if (r?.header?.probe === "python") return "python";
  return r && r.limit !== null ? "limit" : null;
};

/* ---------- what the program's lines did */

function telling(texts: Texts, state: State, lead: Recording | null, takes: Take[]): Telling {
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
  if (!message) return texts.tell.noStep;
  return lead.end?.status === "failed" ? texts.tell.unreadable(message.split(":")[0]!) : [message];
}
