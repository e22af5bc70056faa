/** One recording: its graph or table, and the inspector. */
import type { Texts } from "../i18n";
import { plain } from "../i18n/rich";
import type { Scene } from "../layout/scene";
import { KindIcon, StrongIcon, WeakIcon } from "../parts/icons";
import { eventIn, type State, type Take } from "../state/state";
import type { Recording } from "../trace/recording";
import { stepCount, totalAt } from "../trace/replay";
import { Graph } from "../views/graph";
import { Inspector } from "../views/inspector";
import { Objects } from "../views/objects";
import type { Actions } from "./actions";

export function Single({
  state,
  texts,
  take,
  actions,
}: {
  state: State;
  texts: Texts;
  take: Take | null;
  actions: Actions;
}) {
  const recording = take?.recording ?? null;
  const empty = !recording || stepCount(recording) === 0;
  return (
    <>
      <section class="pane stage" aria-label={texts.graph.region}>
        {empty ? (
          <Empty texts={texts} state={state} none={recording !== null && recording.end !== null} />
        ) : (
          <Stage
            state={state}
            texts={texts}
            take={take!}
            selected={state.selected}
            actions={actions}
            heading={texts.graph.heading}
          />
        )}
      </section>
      {recording ? (
        <Inspector
          texts={texts}
          recording={recording}
          step={state.step}
          event={state.event}
          selected={state.selected}
          onSelect={actions.select}
          onGoTo={actions.goTo}
        />
      ) : (
        <section class="pane insp" aria-label={texts.inspector.region}>
          <p class="hintline">{texts.inspector.choose}</p>
        </section>
      )}
    </>
  );
}

export function Empty({ texts, state, none }: { texts: Texts; state: State; none: boolean }) {
  const t = texts.empty;
  const text = none
    ? t.noSteps
    : state.phase === "loading" || state.phase === "waiting"
      ? t.loading
      : state.mode === "compare"
        ? t.compare
        : state.takes.weak || state.takes.strong
          ? t.mode(texts.controls[state.mode])
          : t.first;
  return (
    <div class="empty">
      <p>{text}</p>
    </div>
  );
}

/** A graph with its heading, its shelf, and the table that says the same. */
export function Stage({
  state,
  texts,
  take,
  selected,
  actions,
  heading,
  mode,
}: {
  state: State;
  texts: Texts;
  take: Take;
  selected: number | null;
  actions: Actions;
  heading: string;
  mode?: "weak" | "strong";
}) {
  const { recording, version } = take;
  const event = eventIn(state, recording);
  const step = Math.min(state.step, stepCount(recording) - 1);
  return (
    <Graph
      texts={texts}
      recording={recording}
      version={version}
      step={step}
      event={event}
      selected={selected}
      onSelect={actions.select}
      head={(scene) => (
        <div class="head">
          {mode && <i class={`key ${mode}`} aria-hidden="true" />}
          <h2>{heading}</h2>
          {mode ? (
            <Sum texts={texts} recording={recording} event={event} scene={scene} />
          ) : (
            <Legend texts={texts} recording={recording} scene={scene} />
          )}
        </div>
      )}
      table={state.table}
      onTable={actions.table}
    >
      <Objects
        texts={texts}
        recording={recording}
        version={version}
        event={event}
        selected={selected}
        onSelect={actions.select}
        shown={state.table}
      />
    </Graph>
  );
}

/** The kinds that occur in the recording, with the number of the living. */
function Legend({ texts, recording, scene }: { texts: Texts; recording: Recording; scene: Scene }) {
  const born = new Set(recording.shown.map((object) => recording.objects.kind[object]!));
  const kinds = [
    { kind: "variable", text: "Variable", there: born.has("variable") || born.has("parameter") },
    { kind: "function", text: "Function", there: born.has("function") },
    { kind: "array", text: "ndarray", there: born.has("array") },
    { kind: "instance", text: texts.graph.instance, there: born.has("instance") },
  ] as const;
  // Four kinds leave no room for the arrows, which the bar explains too.
  const many = kinds.every(({ there }) => there);
  return (
    <div class={many ? "legend many" : "legend"}>
      {kinds.map(
        ({ kind, text, there }) =>
          there && (
            <span class="chip" key={kind}>
              <KindIcon kind={kind} />
              {text} <b>{scene.living[kind]}</b>
            </span>
          ),
      )}
      <span class="sep" />
      <span class="chip arrows">
        <StrongIcon />
        {texts.graph.strong}
      </span>
      <span class="chip arrows">
        <WeakIcon />
        {texts.graph.weak}
      </span>
    </div>
  );
}

/** In Compare: bytes, objects, and how many of them are out of reach. */
function Sum({
  texts,
  recording,
  event,
  scene,
}: {
  texts: Texts;
  recording: Recording;
  event: number;
  scene: Scene;
}) {
  const live = totalAt(recording.living, event);
  const lost = scene.shelf.objects + scene.islands.reduce((sum, { size }) => sum + size, 0);
  return (
    <span class="sum">
      <b>{texts.bytes(totalAt(recording.bytes, event))}</b> {plain(texts.position.objects(live))}
      {lost > 0 && (
        <span class="lost" title={texts.state.unreachable}>
          {" "}
          ⊘ {lost}
        </span>
      )}
    </span>
  );
}
