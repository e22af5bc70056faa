/** The bar, from the state. */
import type { Texts } from "../i18n";
import type { Lesson as LessonData } from "../state/lessons";
import { isBusy } from "../state/phase";
import { leading, outputsOf, type State, shownTakes } from "../state/state";
import { tellEnd, tellReason } from "../telling/fault";
import { kindOfLimit } from "../telling/limit";
import { programSteps } from "../trace/places";
import { stepCount } from "../trace/replay";
import { Bar } from "../views/bar";
import { Share } from "../views/share";
import type { PaneProps } from "./actions";
import { still } from "./pace";

interface Props extends PaneProps {
  lessons: readonly LessonData[];
}

export const TopBar = still(function TopBar({ state, texts, lessons, actions }: Props) {
  const { phase, progress } = state;
  const asked = shownTakes(state).some(({ recording: r }) => programSteps(r) < stepCount(r));
  const loading = phase === "loading" || phase === "waiting";
  const loaded = progress?.total ? progress.done / progress.total : 0;
  const mood =
    loading || phase === "running"
      ? "busy"
      : phase === "failed"
        ? "bad"
        : phase === "stopped"
          ? "idle"
          : "good";
  return (
    <Bar
      texts={texts}
      language={state.language}
      examples={lessons.map(({ id, page, chapter }) => ({
        id,
        title: page[state.language].title,
        chapter: texts.lesson.chapter[chapter],
      }))}
      example={state.example}
      mode={state.mode}
      busy={isBusy(phase) || state.asking}
      loading={loading}
      loaded={loaded}
      status={statusOf(texts, state)}
      statusMore={statusMore(texts, state)}
      explained={explained(texts, state)}
      mood={mood}
      onExample={actions.choose}
      onRun={actions.run}
      onStop={actions.stop}
      onMode={actions.mode}
      onLanguage={actions.language}
      onTheme={actions.toggleTheme}
      onKeys={() => actions.help(true)}
    >
      <Share texts={texts} sharing={actions.sharing} asked={asked} />
    </Bar>
  );
});

export function statusOf(texts: Texts, state: State): string {
  const { runs } = state;
  const recording = runs ? state.takes[runs]?.recording : leading(state);
  const limit = kindOfLimit(recording?.limit ?? "");
  const ran = /^(running|finished|stopped)$/.test(state.phase);
  const told = outcomeOf(texts, state);
  return ran && limit ? `${told}, ${texts.status.limited[limit]}` : told;
}

function outcomeOf(texts: Texts, state: State): string {
  const t = texts.status;
  switch (state.phase) {
    case "loading":
    case "waiting":
      return t.loading;
    case "failed":
      return t.failed(failureOf(texts, state));
    case "finished": {
      const lead = leading(state);
      return lead ? t.finished(programSteps(lead)) : t.ready;
    }
    default:
      return t[state.phase];
  }
}

/** Why it failed; in Compare also which of the two runs did, or each where they did differently. */
function failureOf(texts: Texts, state: State): string {
  const { failure, mode } = state;
  const first = tellReason(texts, failure);
  const takes = mode === "compare" ? shownTakes(state) : [];
  const failed = takes.flatMap((take) => {
    const { recording } = take;
    const isBad = !recording.end || /failed|stopped/.test(recording.end.status);
    const title = texts.output.mode[outputsOf(state, take)];
    return isBad ? [{ title, message: tellEnd(texts, recording) }] : [];
  });
  const [one, other] = failed;
  if (takes.length < 2 || !one) return first;
  if (!other) return `${one.title}: ${first}`;
  if (!other.message || one.message === other.message) return first;
  return failed.map(({ title, message }) => `${title}: ${message ?? first}`).join("; ");
}

/** What the status means, whole where it is cut short, and which probe recorded what is shown: one of them touches the program. */
function explained(texts: Texts, state: State): string {
  const { explained: each, recordedBy } = texts.status;
  const probe = state.phase === "finished" && leading(state)?.header?.probe;
  const whole = `${statusOf(texts, state)}.`;
  if (probe) return `${whole} ${each.finished} ${recordedBy[probe]}`;
  if (state.phase !== "failed") return each[state.phase];
  return leading(state)?.end?.status === "failed" ? `${whole} ${each.failed}` : whole;
}

function statusMore(texts: Texts, state: State): string {
  const t = texts.status;
  if (state.phase === "running") {
    const take = state.runs && state.takes[state.runs];
    const second = state.mode === "compare" && state.runs === "strong" ? `, ${t.secondRun}` : "";
    return take ? t.stepsSoFar(stepCount(take.recording)) + second : "";
  }
  const { progress, phase } = state;
  const shipped = phase === "loading" && leading(state) ? t.shipped : "";
  if (!progress) return shipped;
  const loaded = progress.total
    ? t.progress(texts.bytes(progress.done), texts.bytes(progress.total))
    : t.stage[progress.stage];
  return shipped ? `${loaded}. ${shipped}` : loaded;
}
