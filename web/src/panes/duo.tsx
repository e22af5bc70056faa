/** Two recordings of the same program side by side, each with its bill. */
import { useMemo } from "preact/hooks";
import { Bill, Verdict } from "../parts/bill";
import { eventIn, leading, type State } from "../state/state";
import { counterpart } from "../trace/find";
import { namesOf } from "../trace/holders";
import type { Recording } from "../trace/recording";
import { labelOf, stepCount, totalAt } from "../trace/replay";
import type { Actions, PaneProps } from "./actions";
import { frameLater } from "./pace";
import { Empty, Stage } from "./single";

export const Duo = (pane: PaneProps) => (
  <div class="duo">
    <Half {...pane} mode="weak" />
    <Half {...pane} mode="strong" />
  </div>
);

type HalfProps = PaneProps & { mode: "weak" | "strong" };

function Half({ state, texts, actions, mode }: HalfProps) {
  const take = state.takes[mode];
  const title = texts.output.mode[mode];
  const lead = leading(state);
  const recording = take?.recording;
  // An object is chosen in either of the two, and meant as that of the one that leads.
  const own = useMemo(
    (): Actions => ({
      ...actions,
      select: (object) =>
        actions.select(
          object === null || !recording || !lead ? null : counterpart(recording, lead, object),
        ),
    }),
    [actions, recording, lead],
  );
  if (!take || stepCount(take.recording) === 0) {
    return (
      <section class="pane half" aria-label={`${texts.graph.region}: ${title}`}>
        <div class="head">
          <h2>{title}</h2>
        </div>
        <Empty texts={texts} state={state} none={take?.recording.end != null} />
      </section>
    );
  }
  const selected = chosenIn(state, take.recording);
  const pane = { state, texts, mode, actions: own, selected };
  return (
    <section class="pane half" aria-label={`${texts.graph.region}: ${title}`}>
      <Stage {...pane} take={take} heading={title} />
      <Billed {...pane} recording={take.recording} />
    </section>
  );
}

/** What the recording holds, and the bill of what is chosen in it. */
const Billed = frameLater(
  ({
    state,
    texts,
    actions,
    mode,
    recording,
    selected,
  }: HalfProps & { recording: Recording; selected: number | null }) => {
    const event = eventIn(state, recording);
    const bill = { texts, r: recording, event, onSelect: actions.select };
    return (
      <section class="cmp" aria-label={`${texts.inspector.region}: ${texts.output.mode[mode]}`}>
        <p class="of">
          <i class={`key ${mode}`} aria-hidden="true" />
          {texts.controls[mode]}
          <b>{texts.bytes(totalAt(recording.bytes, event))}</b>
        </p>
        {selected === null ? (
          <p class="hintline">{texts.inspector.choose}</p>
        ) : (
          <>
            <h3>
              <span class="nm">{namesOf(recording, selected, event).join(", ")}</span>{" "}
              {labelOf(recording, selected)}
            </h3>
            <Bill {...bill} object={selected} />
            <Verdict {...bill} object={selected} />
          </>
        )}
      </section>
    );
  },
);

/** The chosen object in one of the two. */
const chosenIn = (state: State, recording: Recording): number | null =>
  state.selected === null ? null : counterpart(leading(state)!, recording, state.selected);
