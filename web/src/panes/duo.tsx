/** Two recordings of the same program side by side, each with its bill. */
import { Bill, Verdict } from "../parts/bill";
import { eventIn, leading, type State } from "../state/state";
import { counterpart } from "../trace/find";
import { namesOf } from "../trace/holders";
import type { Recording } from "../trace/recording";
import { labelOf, stepCount, totalAt } from "../trace/replay";
import type { PaneProps } from "./actions";
import { Empty, Stage } from "./single";

export function Duo({ state, texts, actions }: PaneProps) {
  const one = (mode: "weak" | "strong") => {
    const take = state.takes[mode];
    const ready = take && stepCount(take.recording) > 0;
    const title = texts.output.mode[mode];
    const event = ready ? eventIn(state, take.recording) : 0;
    const select = (object: number | null): void =>
      actions.select(
        object === null ? null : counterpart(take!.recording, leading(state)!, object),
      );
    const bill = { texts, r: take?.recording as Recording, event, onSelect: select };
    const selected = ready ? chosenIn(state, take.recording) : null;
    return (
      <section class="pane half" key={mode} aria-label={`${texts.graph.region}: ${title}`}>
        {ready ? (
          <>
            <Stage
              state={state}
              texts={texts}
              take={take}
              selected={selected}
              mode={mode}
              actions={{ ...actions, select }}
              heading={title}
            />
            <section class="cmp" aria-label={`${texts.inspector.region}: ${title}`}>
              <p class="of">
                <i class={`key ${mode}`} aria-hidden="true" />
                {texts.controls[mode]}
                <b>{texts.bytes(totalAt(take.recording.bytes, eventIn(state, take.recording)))}</b>
              </p>
              {selected === null ? (
                <p class="hintline">{texts.inspector.choose}</p>
              ) : (
                <>
                  <h3>
                    <span class="nm">{namesOf(take.recording, selected, event).join(", ")}</span>{" "}
                    {labelOf(take.recording, selected)}
                  </h3>
                  <Bill {...bill} object={selected} />
                  <Verdict {...bill} object={selected} />
                </>
              )}
            </section>
          </>
        ) : (
          <>
            <div class="head">
              <h2>{title}</h2>
            </div>
            <Empty texts={texts} state={state} none={take?.recording.end != null} />
          </>
        )}
      </section>
    );
  };
  return (
    <div class="duo">
      {one("weak")}
      {one("strong")}
    </div>
  );
}

/** The chosen object in one of the two. */
const chosenIn = (state: State, recording: Recording): number | null =>
  state.selected === null ? null : counterpart(leading(state)!, recording, state.selected);
