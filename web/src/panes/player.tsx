/** The page inside another one (`?embed`): program, graph, scrubber, and a way to the whole lab. */
import { Logo, PlayIcon, StopIcon } from "../parts/icons";
import { isBusy } from "../state/phase";
import { shownTakes } from "../state/takes";
import { stepCount } from "../trace/replay";
import type { PaneProps } from "./actions";
import { Program } from "./program";
import { Empty, Stage } from "./single";
import { Time } from "./time";
import { statusOf } from "./top-bar";

export function Player({ state, texts, actions }: PaneProps) {
  const takes = shownTakes(state);
  const busy = isBusy(state.phase);
  const drawn = takes.filter(({ recording }) => stepCount(recording) > 0);
  const status = state.progress ? texts.status.loading : statusOf(texts, state);
  return (
    <div class="player">
      <header class="bar">
        <Logo />
        <h1 class="sr">livegrad</h1>
        <button type="button" class="btn primary" onClick={actions.run} disabled={busy}>
          <PlayIcon />
          {texts.controls.run}
        </button>
        <button type="button" class="btn stop" onClick={actions.stop} disabled={!busy}>
          <StopIcon />
          {texts.controls.stop}
        </button>
        {/* A long failure is cut: the pointer tells it whole. */}
        <span role="status" title={status}>
          {status}
        </span>
        {/* The fragment is the program: the whole lab opens it too. */}
        <a class="full" href={`./${location.hash}`} target="_blank" rel="noopener">
          {texts.share.fullLab}
        </a>
      </header>
      <main class="lab">
        <Program state={state} texts={texts} actions={actions} />
        <section class="pane stage" aria-label={texts.graph.region}>
          {drawn.length === 0 ? (
            <Empty
              texts={texts}
              state={busy ? { ...state, phase: "waiting" } : state}
              none={takes.some((take) => take.recording.end)}
            />
          ) : (
            <Stage
              state={state}
              texts={texts}
              take={drawn[0]!}
              selected={state.selected}
              actions={actions}
              heading={texts.graph.heading}
            />
          )}
        </section>
        <Time state={state} texts={texts} actions={actions} />
      </main>
    </div>
  );
}
