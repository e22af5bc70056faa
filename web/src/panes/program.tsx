/** The program, from the state: its text, and what its lines did, as far as that is of this text. */
import { useMemo } from "preact/hooks";
import { type Marks, NO_MARKS } from "../parts/marks";
import { leading, type State, shownTakes } from "../state/state";
import { clockIn, runningIn } from "../state/time";
import { failingStep } from "../trace/places";
import { lineCosts } from "../trace/questions";
import { lineOfStep, stepCount } from "../trace/replay";
import { Editor } from "../views/editor";
import type { PaneProps } from "./actions";

export function Program({ state, texts, actions }: PaneProps) {
  const stale = shownTakes(state).some((take) => take.source !== state.source);
  const marks = useMarks(state, stale);
  return (
    <Editor
      texts={texts}
      source={state.source}
      marks={marks}
      note={stale ? texts.program.changed : ""}
      onChange={actions.write}
      onRun={actions.run}
      onLine={stale ? undefined : actions.toLine}
    />
  );
}

function useMarks(state: State, stale: boolean): Marks {
  const lead = leading(state);
  const version = lead?.version ?? 0;
  const here = lead && runningIn(state);
  const clock = clockIn(state);
  const isError = shownTakes(state).some(
    ({ recording: r }) =>
      failingStep(r) >= 0 &&
      clock.ran(r, state.moment) &&
      clock.stepIn(r, state.moment) === failingStep(r),
  );
  // The recording grows in place; version says so.
  return useMemo(() => {
    if (!lead || stale) return NO_MARKS;
    if (stepCount(lead) === 0) {
      return { ...NO_MARKS, line: lead.end?.line ?? 0, isError: lead.end?.status === "failed" };
    }
    if (!here) return NO_MARKS;
    const { recording: r, step } = here;
    return {
      line: lineOfStep(r, step),
      isError,
      costs: lineCosts(r, step),
    };
  }, [lead, version, here?.recording, here?.step, isError, stale]);
}
