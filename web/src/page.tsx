/** The page: reads the state, and hands each pane what it shows and may do, at the pane's pace. */
import { texts as allTexts } from "./i18n";
import type { Actions } from "./panes/actions";
import { Duo } from "./panes/duo";
import { Help } from "./panes/help";
import { Learn } from "./panes/learn";
import { Player } from "./panes/player";
import { Printed } from "./panes/printed";
import { Program } from "./panes/program";
import { Single } from "./panes/single";
import { Time } from "./panes/time";
import { Told } from "./panes/told";
import { TopBar } from "./panes/top-bar";
import type { Lesson as LessonData } from "./state/lessons";
import { isBusy } from "./state/phase";
import type { State } from "./state/state";
import { Drop } from "./views/drop";

interface Props {
  state: State;
  lessons: readonly LessonData[];
  actions: Actions;
  /** Inside another page: the small player. */
  embedded: boolean;
}

export function Page({ state, lessons, actions, embedded }: Props) {
  const texts = allTexts[state.language];
  const pane = { state, texts, actions };
  if (embedded) return <Player {...pane} />;
  const compare = state.mode === "compare";
  const chosen = state.selected !== null || state.report;
  return (
    <>
      <TopBar {...pane} lessons={lessons} />
      <main
        class={`lab${compare ? " compare" : ""}${isBusy(state.phase) ? " running" : ""}${chosen ? " chosen" : ""}`}
      >
        <div class="left">
          <Learn {...pane} lessons={lessons} />
          <Program {...pane} />
          <Told {...pane} />
          <Printed {...pane} />
        </div>
        {compare ? <Duo {...pane} /> : <Single {...pane} />}
        <Time {...pane} />
      </main>
      <Drop texts={texts} onFile={actions.sharing.open} />
      <Help {...pane} />
    </>
  );
}
