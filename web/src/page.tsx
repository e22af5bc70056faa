/** The page: reads the state, asks the replay, and hands each view what it shows and may do. */
import { useMemo } from "preact/hooks";
import { texts as allTexts, type Texts } from "./i18n";
import type { Scene } from "./layout/scene";
import { KindIcon, StrongIcon, WeakIcon } from "./parts/icons";
import { type Marks, NO_MARKS } from "./parts/marks";
import type { Lesson as LessonData } from "./state/lessons";
import { isBusy } from "./state/phase";
import { eventIn, leading, type Mode, type State, shownTakes, type Take } from "./state/state";
import { type Telling, tellBoth, tellStep } from "./telling/step";
import { lineCosts, stepWithCollection, stepWithDeath } from "./trace/questions";
import type { Recording } from "./trace/recording";
import {
  endOfStep,
  labelOf,
  lineOfStep,
  passOf,
  peakUpTo,
  stepCount,
  totalAt,
} from "./trace/replay";
import { Bar } from "./views/bar";
import { Editor } from "./views/editor";
import { Graph } from "./views/graph";
import { Bill, Inspector } from "./views/inspector";
import { Lesson } from "./views/lesson";
import { Narration } from "./views/narration";
import { Objects } from "./views/objects";
import { Output } from "./views/output";
import { Timeline, type Track } from "./views/timeline";
import { Transport } from "./views/transport";

/** What a reader can do. main.tsx gives them; no view knows of the worker or of storage. */
export interface Actions {
  write(source: string): void;
  choose(example: string): void;
  run(): void;
  stop(): void;
  share(): Promise<boolean>;
  mode(mode: Mode): void;
  goTo(step: number): void;
  select(object: number | null): void;
  table(shown: boolean): void;
  language(language: State["language"]): void;
  toggleTheme(): void;
}

interface Props {
  state: State;
  lessons: readonly LessonData[];
  actions: Actions;
}

export function Page({ state, lessons, actions }: Props) {
  const texts = allTexts[state.language];
  const lead = leading(state);
  const takes = shownTakes(state);
  const lesson = lessons.find(({ id }) => id === state.example);
  const stale = takes.some((take) => take.source !== state.source);
  const compare = state.mode === "compare";
  return (
    <>
      <TopBar state={state} texts={texts} lessons={lessons} actions={actions} />
      <main class={`lab${compare ? " compare" : ""}${isBusy(state.phase) ? " running" : ""}`}>
        <div class="left">
          {lesson && (
            <Lesson
              texts={texts}
              title={lesson.title[state.language]}
              paragraphs={lesson.text[state.language]}
            />
          )}
          <Editor
            texts={texts}
            source={state.source}
            marks={useMarks(lead, state, stale)}
            note={stale ? texts.program.changed : ""}
            onChange={actions.write}
            onRun={actions.run}
          />
          <Narration {...telling(texts, state, lead, takes)} />
          <Output
            texts={texts}
            takes={takes.map((take) => ({
              recording: take.recording,
              title: compare ? texts.output.mode[outputsOf(state, take)] : "",
            }))}
            running={state.phase === "running"}
          />
        </div>
        {compare ? (
          <Duo state={state} texts={texts} actions={actions} />
        ) : (
          <Single state={state} texts={texts} take={takes[0] ?? null} actions={actions} />
        )}
        <Time state={state} texts={texts} lead={lead} takes={takes} actions={actions} />
      </main>
    </>
  );
}

const outputsOf = (state: State, take: Take): "weak" | "strong" =>
  take === state.takes.strong ? "strong" : "weak";

/* ---------- the bar */

function TopBar({ state, texts, lessons, actions }: Props & { texts: Texts }) {
  const { phase, progress } = state;
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
      examples={lessons.map(({ id, title }) => ({ id, title: title[state.language] }))}
      example={state.example}
      mode={state.mode}
      busy={isBusy(phase)}
      loading={loading}
      loaded={loaded}
      status={statusOf(texts, state)}
      statusMore={statusMore(texts, state)}
      mood={mood}
      onExample={actions.choose}
      onRun={actions.run}
      onStop={actions.stop}
      onShare={actions.share}
      onMode={actions.mode}
      onLanguage={actions.language}
      onTheme={actions.toggleTheme}
    />
  );
}

function statusOf(texts: Texts, state: State): string {
  const t = texts.status;
  switch (state.phase) {
    case "loading":
    case "waiting":
      return t.loading;
    case "failed":
      return t.failed(state.failure);
    case "finished": {
      const lead = leading(state);
      return lead ? t.finished(stepCount(lead)) : t.ready;
    }
    default:
      return t[state.phase];
  }
}

function statusMore(texts: Texts, state: State): string {
  const t = texts.status;
  if (state.phase === "running") {
    const take = state.runs && state.takes[state.runs];
    const second = state.mode === "compare" && state.runs === "strong" ? `, ${t.secondRun}` : "";
    return take ? t.stepsSoFar(stepCount(take.recording)) + second : "";
  }
  const { progress } = state;
  if (!progress) return "";
  return progress.total
    ? t.progress(texts.bytes(progress.done), texts.bytes(progress.total))
    : t.stage[progress.stage];
}

/* ---------- what the program's lines did */

function useMarks(lead: Recording | null, state: State, stale: boolean): Marks {
  const version = lead?.version ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the recording grows in place; version says so
  return useMemo(() => {
    if (!lead || stale) return NO_MARKS;
    if (stepCount(lead) === 0) {
      return { ...NO_MARKS, line: lead.end?.line ?? 0, isError: lead.end?.status === "failed" };
    }
    const last = state.step === stepCount(lead) - 1;
    return {
      line: lineOfStep(lead, state.step),
      isError: last && lead.end?.status === "failed",
      costs: lineCosts(lead, state.step),
    };
  }, [lead, version, state.step, stale]);
}

function telling(texts: Texts, state: State, lead: Recording | null, takes: Take[]): Telling {
  if (!lead || stepCount(lead) === 0) {
    return {
      heading: "",
      tally: [],
      sentences: [
        lead?.end?.message ? texts.tell.raised(lead.end.message.split(":")[0]!) : texts.tell.noStep,
      ],
    };
  }
  if (state.mode === "compare" && takes.length === 2) {
    const both = takes.map((take) => ({ recording: take.recording, mode: outputsOf(state, take) }));
    return tellBoth(texts, lead, both, state.step);
  }
  return tellStep(texts, lead, state.step, state.event);
}

/* ---------- one recording */

function Single({
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

function Empty({ texts, state, none }: { texts: Texts; state: State; none: boolean }) {
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
function Stage({
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
        event={event}
        selected={selected}
        onSelect={actions.select}
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
      <b>{texts.bytes(totalAt(recording.bytes, event))}</b> {live} {texts.position.objects(live)}
      {lost > 0 && (
        <span class="lost" title={texts.state.unreachable}>
          {" "}
          ⊘ {lost}
        </span>
      )}
    </span>
  );
}

/* ---------- two recordings */

function Duo({ state, texts, actions }: { state: State; texts: Texts; actions: Actions }) {
  const one = (mode: "weak" | "strong") => {
    const take = state.takes[mode];
    const ready = take && stepCount(take.recording) > 0;
    const title = texts.output.mode[mode];
    const selected = ready ? counterpart(state, take.recording) : null;
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
              actions={{
                ...actions,
                select: (object) =>
                  actions.select(
                    object === null ? null : translate(take.recording, leading(state)!, object),
                  ),
              }}
              heading={title}
            />
            <section class="cmp" aria-label={`${texts.inspector.region}: ${title}`}>
              {selected === null ? (
                <p class="hintline">{texts.inspector.choose}</p>
              ) : (
                <>
                  <h3>{labelOf(take.recording, selected)}</h3>
                  <Bill
                    texts={texts}
                    r={take.recording}
                    object={selected}
                    event={eventIn(state, take.recording)}
                    onSelect={actions.select}
                  />
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

/** The object of the same type and number in the other recording: the two ran the same lines. */
function translate(from: Recording, to: Recording, object: number): number | null {
  if (from === to) return object;
  const type = from.objects.type[object];
  const number = from.objects.number[object];
  const found = to.shown.find(
    (o) => to.objects.type[o] === type && to.objects.number[o] === number,
  );
  return found ?? null;
}

const counterpart = (state: State, recording: Recording): number | null =>
  state.selected === null ? null : translate(leading(state)!, recording, state.selected);

/* ---------- time */

function Time({
  state,
  texts,
  lead,
  takes,
  actions,
}: {
  state: State;
  texts: Texts;
  lead: Recording | null;
  takes: Take[];
  actions: Actions;
}) {
  const steps = lead ? stepCount(lead) : 0;
  const some = lead !== null && steps > 0;
  const line = some ? lineOfStep(lead, state.step) : 0;
  const inside = some && state.event < endOfStep(lead, state.step);
  const p = texts.position;
  const pass = some ? passOf(lead, state.step) : null;
  const death = some ? stepWithDeath(lead, state.step, 1) : -1;
  const collection = some ? stepWithCollection(lead, state.step, 1) : -1;
  const tracks: Track[] = takes
    .filter((take) => stepCount(take.recording) > 0)
    .map((take) => ({
      recording: take.recording,
      version: take.version,
      style: takes.length > 1 ? outputsOf(state, take) : "alone",
      event: eventIn(state, take.recording),
    }));
  return (
    <section class="pane time">
      <Transport
        texts={texts}
        step={state.step}
        steps={steps}
        line={line}
        where={some ? (inside ? p.inside(line) : p.after(line)) : p.nothing}
        more={
          some
            ? [
                ...(pass && pass.of > 1 ? [p.pass(pass.pass, pass.of)] : []),
                p.step(state.step + 1, steps),
              ]
            : []
        }
        hasDeath={death >= 0}
        hasCollection={collection >= 0}
        readout={readoutOf(texts, state, tracks)}
        onGoTo={actions.goTo}
        onPrevious={() => actions.goTo(state.step - 1)}
        onNext={() => actions.goTo(state.step + 1)}
        onDeath={() => actions.goTo(death)}
        onCollection={() => actions.goTo(collection)}
      />
      {some && tracks.length > 0 ? (
        <Timeline
          texts={texts}
          tracks={tracks}
          lead={lead}
          step={state.step}
          onGoTo={actions.goTo}
        />
      ) : (
        <figure class="timeline" aria-label={texts.timeline.figure} />
      )}
    </section>
  );
}

function readoutOf(texts: Texts, state: State, tracks: Track[]) {
  const p = texts.position;
  if (state.mode === "compare" && tracks.length === 2) {
    return tracks.map(({ recording, style, event }) => ({
      value: texts.bytes(totalAt(recording.bytes, event)),
      text: style === "weak" ? texts.graph.weak : texts.graph.strong,
      dash: style as "weak" | "strong",
    }));
  }
  const track = tracks[0];
  if (!track) return [];
  const { recording, event } = track;
  const live = totalAt(recording.living, event);
  return [
    { value: texts.bytes(totalAt(recording.bytes, event)), text: p.live },
    { value: String(live), text: p.objects(live) },
    { value: texts.bytes(peakUpTo(recording.bytes, event)), text: p.peak },
  ];
}
