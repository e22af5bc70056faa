/** The lesson, from the state: its edits against the text, its questions against the recording. */
import type { Texts } from "../i18n";
import { isMade, toggled } from "../lesson/edits";
import { type Answer, type Question as Asked, answer, stepAt } from "../lesson/questions";
import type { Lesson as LessonData } from "../state/lessons";
import type { State } from "../state/state";
import { leading, outputsOf, shownTakes } from "../state/takes";
import { clockIn } from "../state/time";
import type { Recording } from "../trace/recording";
import { Lesson } from "../views/lesson";
import { Question } from "../views/question";
import type { Actions, PaneProps } from "./actions";
import { still } from "./pace";

interface Props extends PaneProps {
  lessons: readonly LessonData[];
}

export const Learn = still(function Learn({ state, texts, lessons, actions }: Props) {
  const at = lessons.findIndex(({ id }) => id === state.example);
  const lesson = lessons[at];
  const page = lesson?.page[state.language] ?? null;
  const edits = page?.tries.map(({ edit }) => edit) ?? [];
  return (
    <Lesson
      texts={texts}
      entries={lessons.map(({ id, chapter, page }) => ({
        id,
        title: page[state.language].title,
        chapter: texts.lesson.chapter[chapter],
      }))}
      at={at}
      page={page}
      shown={state.lesson}
      made={edits.map((edit) =>
        lesson && edit ? isMade(lesson.source, state.source, edit) : "gone",
      )}
      onShow={actions.lesson}
      onChoose={actions.choose}
      onTry={(i) => {
        const edit = edits[i];
        if (lesson && edit) actions.write(toggled(lesson.source, state.source, edit));
      }}
      onMoment={(moment) => {
        const recording = leading(state);
        const step = recording ? stepAt(recording, moment) : -1;
        if (step >= 0) actions.goTo(step);
      }}
    >
      {lesson?.questions.map((question, i) => {
        const asked = recordingFor(state, texts, question);
        const r = asked.recording;
        return (
          <Question
            key={`${lesson.id} ${i}`}
            texts={texts}
            question={question}
            found={r && answer(r, question)}
            why={asked.why}
            onShow={(found) => show(state, r, found, actions)}
          />
        );
      })}
    </Lesson>
  );
});

/** The recording that a question is about, or why there is none. */
function recordingFor(
  state: State,
  texts: Texts,
  question: Asked,
): { recording: Recording | null; why: string } {
  const t = texts.lesson.unanswered;
  const shown = shownTakes(state);
  const wanted = question.outputs;
  const take = wanted ? shown.find((one) => outputsOf(state, one) === wanted) : shown[0];
  if (!take?.recording.end) {
    return { recording: null, why: wanted ? t.outputs[wanted] : t.run };
  }
  if (take.source !== state.source) return { recording: null, why: t.stale };
  return { recording: take.recording, why: "" };
}

/** Go where the answer can be seen. In Compare objects are chosen by the leading recording. */
function show(state: State, r: Recording | null, { step, object }: Answer, actions: Actions): void {
  if (!r) return;
  actions.toMoment(clockIn(state).momentOf(r, step));
  if (object !== null && r === leading(state)) actions.select(object);
}
