/** One recording: its graph or table, and the inspector. */
import { useMemo } from "preact/hooks";
import type { Texts } from "../i18n";
import { plain } from "../i18n/rich";
import type { Scene } from "../layout/scene";
import { FindIcon, GrowthIcon, KindIcon, StrongIcon, WeakIcon } from "../parts/icons";
import { Explained, Term } from "../parts/term";
import type { Lens } from "../state/lens";
import { eventIn, type State, shownTakes, type Take } from "../state/state";
import { clockIn } from "../state/time";
import type { Kind } from "../trace/format";
import type { Recording } from "../trace/recording";
import { stepCount, totalAt } from "../trace/replay";
import { Graph } from "../views/graph";
import { Inspector } from "../views/inspector";
import { Objects } from "../views/objects";
import type { PaneProps } from "./actions";
import { frameLater } from "./pace";

export function Single({ state, texts, actions }: PaneProps) {
  const take = shownTakes(state)[0] ?? null;
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
            withReport
          />
        )}
      </section>
      {(state.selected !== null || state.report) && (
        <button
          type="button"
          class="btn ghost letgo"
          aria-label={texts.find.close}
          onClick={() => actions.select(null)}
        >
          ✕
        </button>
      )}
      {recording ? (
        <Inspected state={state} texts={texts} actions={actions} recording={recording} />
      ) : (
        <section class="pane insp" aria-label={texts.inspector.region}>
          <p class="hintline">{texts.inspector.choose}</p>
        </section>
      )}
    </>
  );
}

const Inspected = frameLater(
  ({ state, texts, actions, recording }: PaneProps & { recording: Recording }) => (
    <Inspector
      texts={texts}
      recording={recording}
      step={state.step}
      event={state.event}
      selected={state.selected}
      onSelect={actions.select}
      onGoTo={actions.goTo}
    />
  ),
);

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
  withReport = false,
}: PaneProps & {
  take: Take;
  selected: number | null;
  heading: string;
  mode?: "weak" | "strong";
  /** There is an inspector, whose report a narrow page shows on demand. */
  withReport?: boolean;
}) {
  const { recording, version } = take;
  const event = eventIn(state, recording);
  // Before a recording's first line nothing of it is there.
  const step = Math.max(0, clockIn(state).stepIn(recording, state.moment));
  return (
    <Graph
      texts={texts}
      recording={recording}
      version={version}
      step={step}
      event={event}
      selected={selected}
      onSelect={actions.select}
      onGoTo={actions.goTo}
      lens={state.lens}
      onLens={actions.lens}
      head={(scene) => (
        <div class="head">
          {mode && <i class={`key ${mode}`} aria-hidden="true" />}
          <h2>{heading}</h2>
          {mode ? (
            <Sum
              texts={texts}
              note={clockIn(state).ran(recording, state.moment) ? "" : texts.graph.notHere}
              recording={recording}
              event={event}
              scene={scene}
            />
          ) : (
            <Legend
              texts={texts}
              recording={recording}
              scene={scene}
              lens={state.lens}
              onLens={actions.lens}
            />
          )}
          {withReport && (
            <button
              type="button"
              class="btn ghost report"
              aria-label={texts.inspector.grown.heading}
              title={texts.inspector.grown.heading}
              aria-pressed={state.report && selected === null}
              onClick={() => actions.report(!state.report || selected !== null)}
            >
              <GrowthIcon />
            </button>
          )}
          <button
            type="button"
            class="btn ghost find"
            aria-label={texts.find.open}
            title={`${texts.find.open} (/)`}
            aria-pressed={state.lens.finding}
            onClick={() => actions.lens({ finding: !state.lens.finding, query: "" })}
          >
            <FindIcon />
          </button>
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
        lens={state.lens}
        shown={state.table}
      />
    </Graph>
  );
}

/** The kinds that occur in the recording, with the number of the living; each can be hidden. */
function Legend({
  texts,
  recording,
  scene,
  lens,
  onLens,
}: {
  texts: Texts;
  recording: Recording;
  scene: Scene | null;
  lens: Lens;
  onLens: (change: Partial<Lens>) => void;
}) {
  const born = useKinds(recording);
  const toggle = (kind: Kind) => {
    const kinds: Kind[] = kind === "variable" ? ["variable", "parameter"] : [kind];
    const without = lens.hidden.filter((one) => !kinds.includes(one));
    onLens({ hidden: without.length < lens.hidden.length ? without : [...without, ...kinds] });
  };
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
            <Explained
              key={kind}
              explained={`${texts.terms[kind]} ${texts.graph.hide(text)}.`}
              class="chip"
              aria-pressed={!lens.hidden.includes(kind)}
              onClick={() => toggle(kind)}
            >
              <KindIcon kind={kind} />
              {text} <b>{scene?.living[kind] ?? ""}</b>
            </Explained>
          ),
      )}
      <span class="sep" />
      <span class="chip arrows">
        <StrongIcon />
        <Term texts={texts} of="strong">
          {texts.graph.strong}
        </Term>
      </span>
      <span class="chip arrows">
        <WeakIcon />
        <Term texts={texts} of="weak">
          {texts.graph.weak}
        </Term>
      </span>
    </div>
  );
}

/** Kinds of which something was born: looked for once for each recording and version. */
function useKinds(r: Recording): Set<Kind> {
  return useMemo(() => new Set(r.shown.map((object) => r.objects.kind[object]!)), [r, r.version]);
}

/** In Compare: bytes, objects, and how many of them are out of reach. */
function Sum({
  texts,
  note,
  recording,
  event,
  scene,
}: {
  texts: Texts;
  /** Said where the recording did not execute the line that is shown. */
  note: string;
  recording: Recording;
  event: number;
  scene: Scene | null;
}) {
  const live = totalAt(recording.living, event);
  const lost = scene
    ? scene.shelf.objects + scene.islands.reduce((sum, { size }) => sum + size, 0)
    : 0;
  return (
    <span class="sum">
      {note && <i class="nothere">{note}</i>}
      <Term texts={texts} of="bytes">
        <b>{texts.bytes(totalAt(recording.bytes, event))}</b>
      </Term>{" "}
      <Term texts={texts} of="live">
        {plain(texts.position.objects(live))}
      </Term>
      {lost > 0 && (
        <span class="lost">
          {" "}
          <Term texts={texts} of="island">
            ⊘ {lost}
            <span class="sr"> {texts.state.unreachable}</span>
          </Term>
        </span>
      )}
    </span>
  );
}
