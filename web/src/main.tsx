/**
 * Start of the page: the state, the client of the worker, and the actions that
 * the views may take. The one place that knows all of them.
 */
import "./runtime/box/trusted";
import { render } from "preact";
import { type Language, texts } from "./i18n";
import { holdVersion } from "./offline/offline";
import { Page } from "./page";
import type { Actions } from "./panes/actions";
import { type Client, createClient, type OnPart, type Outcome, Stopped } from "./runtime/client";
import { readCompletions, readTold } from "./runtime/console";
import { Failure, type Fault } from "./runtime/faults";
import type { Outputs } from "./runtime/messages";
import { hasRoomForTwo } from "./runtime/spare";
import { createSharing } from "./sharing";
import { openDrafts } from "./state/drafts";
import { keep, recall } from "./state/keep";
import { onKeys } from "./state/keys";
import { PLAIN, STEP, zoomed } from "./state/lens";
import { lessons } from "./state/lessons";
import { isBusy } from "./state/phase";
import { fromFragment } from "./state/share";
import { eventToOpenAt, fetchShipped } from "./state/shipped";
import { leading, type Remains, type State } from "./state/state";
import { createStore } from "./state/store";
import { momentWith, nextRunOf, passBeside } from "./state/time";
import { tellFault } from "./telling/fault";
import { append } from "./trace/decode";
import { TraceError } from "./trace/errors";
import { TraceFile } from "./trace/file";
import { marksOf, stepWithCollection, stepWithDeath } from "./trace/questions";
import { Recording } from "./trace/recording";
import { endOfStep, stepCount } from "./trace/replay";
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/editor.css";
import "./styles/lesson.css";
import "./styles/share.css";
import "./styles/console.css";
import "./styles/graph.css";
import "./styles/lens.css";
import "./styles/panels.css";
import "./styles/inspector.css";
import "./styles/what-if.css";
import "./styles/term.css";
import "./styles/timeline.css";
import "./styles/small.css";
import "./styles/player.css";

const FILE = "main.py";
/** Objects and steps of a recording that can be drawn whenever it grows. */
const SHORT = 1000;
/** The first visit opens the loop whose memory stays flat. */
const FIRST = "08-loop";

const keepOffline = holdVersion();
const kept = recall();
const box = (name: "localStorage" | "sessionStorage"): Storage | null => {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null; // Forbidden, as in some frames: the page then simply forgets.
  }
};
const embedded = new URLSearchParams(location.search).has("embed");
const linked = location.hash.startsWith("#lab=");
const drafts = await openDrafts(
  {
    local: box("localStorage"),
    session: box("sessionStorage"),
    locks: navigator.locks ?? null,
  },
  linked,
);
const first = lessons.find(({ id }) => id === FIRST) ?? lessons[0]!;
const dark = matchMedia("(prefers-color-scheme: dark)");
const store = createStore({
  phase: embedded ? "ready" : "loading",
  failure: "",
  progress: null,
  language: kept.language ?? preferred(),
  theme: kept.theme ?? (dark.matches ? "dark" : "light"),
  source: drafts.found?.source ?? first.source,
  example: drafts.found ? drafts.found.example : first.id,
  mode: "weak",
  takes: { weak: null, strong: null },
  runs: null,
  step: 0,
  event: 0,
  moment: 0,
  moved: false,
  selected: null,
  report: false,
  table: false,
  lens: PLAIN,
  playing: false,
  help: false,
  lesson: "closed",
  remains: null,
  asking: false,
  goal: null,
});
const { send } = store;
const now = (): State => store.state.peek();

function preferred(): Language {
  return navigator.language.toLowerCase().startsWith("ko") ? "ko" : "en";
}

/* ---------- Python */

/** A page of many players must not load many Pythons: one that is embedded loads at its first run. */
let started: Client | null = null;
function python(): Client {
  started ??= start();
  return started;
}
if (!embedded) python();

function start(): Client {
  const client = createClient({
    assets: document.querySelector<HTMLLinkElement>("#runtime")!.href,
    spare: hasRoomForTwo(navigator),
    onProgress: (stage, done, total) => send({ type: "progress", stage, done, total }),
  });
  client.ready.then(
    () => {
      const waiting = now().phase === "waiting";
      send({ type: "pythonReady" });
      if (waiting) void runNow();
      client.arrived.then(keepOffline, () => {});
    },
    (error: unknown) => send({ type: "fail", why: reason(error) }),
  );
  return client;
}

/** Our own failures stay values, so that they are told in the language of the moment. */
const reason = (error: unknown): string | Fault =>
  error instanceof Failure ? error.fault : error instanceof Error ? error.message : String(error);

const sentence = (error: unknown): string => {
  const why = reason(error);
  return typeof why === "string" ? why : tellFault(texts[now().language], why);
};

function run(): void {
  const before = now().phase;
  if (isBusy(before)) return;
  send({ type: "run" });
  if (now().phase === "running") void runNow();
}

/** One run, or in Compare two, one after the other, whatever became of the first. */
async function runNow(): Promise<void> {
  const { mode, source } = now();
  const runs: Outputs[] = mode === "compare" ? ["weak", "strong"] : [mode];
  /** The first failure; and what the last run has left. */
  let why: string | Fault | null = null;
  let remains: Remains | null = null;
  for (const outputs of runs) {
    try {
      const { recording, fit, open } = await record(source, outputs);
      if (recording.end?.status === "failed") why ??= recording.end.message ?? "";
      if (!open) remains = { none: stepCount(recording) ? "words" : "unread" };
      else remains = fit ? { of: outputs } : { none: "worn" };
    } catch (error) {
      if (error instanceof Stopped) return;
      why ??= reason(error);
      remains = latest && stepCount(latest.recording) ? { none: "died" } : null;
    }
    // A text that Python cannot read, or no Python at all: the second run would say the same.
    if (why !== null && !(latest && stepCount(latest.recording))) break;
  }
  send(why === null ? { type: "finish", remains } : { type: "fail", why, remains });
}

/** What is recorded, as it grows; the console goes on with that of the last run. */
interface Record {
  readonly outputs: Outputs;
  readonly recording: Recording;
  readonly kept: TraceFile;
}
let latest: Record | null = null;

/** Run the program; from its beginning once more if it began before all that it needs was here. */
async function record(source: string, outputs: Outputs): Promise<Recorded> {
  const recorded = await recordOnce(source, outputs, false);
  return recorded.early ? recordOnce(source, outputs, true) : recorded;
}

type Recorded = Outcome & { recording: Recording };

async function recordOnce(source: string, outputs: Outputs, wait: boolean): Promise<Recorded> {
  const recording = new Recording();
  const kept = new TraceFile();
  latest = { outputs, recording, kept };
  const file = (end: Recording["end"]) => kept.whole(end);
  send({ type: "begin", outputs, take: { source, recording, version: 0, file } });
  try {
    const outcome = await growing(latest, (onPart) =>
      python().run({ source, filename: FILE, outputs, wait }, onPart),
    );
    if (!outcome.fit && recording.end) recording.end.limit ??= texts[now().language].fault.worn;
    return { recording, ...outcome };
  } catch (error) {
    // A worker that was stopped or has died writes no end: the page does.
    const message = error instanceof Stopped ? null : sentence(error);
    const none = { traceback: null, line: null, limit: recording.limit };
    recording.end ??= { status: "stopped", event: recording.lastEvent, message, ...none };
    recording.version++;
    throw error;
  } finally {
    send({ type: "grew", outputs });
  }
}

/** Do what sends parts of a recording; it grows on the page while they come. */
async function growing<T>(
  { outputs, recording, kept }: Record,
  work: (onPart: OnPart) => Promise<T>,
): Promise<T> {
  let drawing = 0;
  const draw = () => {
    drawing = 0;
    send({ type: "grew", outputs });
  };
  let broken: TraceError | null = null;
  try {
    const result = await work((part, json) => {
      if (broken) return;
      try {
        kept.add(part, json);
        append(recording, part, json);
      } catch (error) {
        if (!(error instanceof TraceError)) throw error;
        broken = error;
      }
      // A long recording is laid out anew each time: not so often.
      drawing ||= window.setTimeout(
        draw,
        recording.shown.length + stepCount(recording) < SHORT ? 16 : 1000,
      );
    });
    if (broken) throw broken;
    return result;
  } finally {
    clearTimeout(drawing);
  }
}

/* ---------- what a reader can do */

/** Which lesson a text of before came from: undoing brings the text back, and this its lesson. */
const origins = new Map(lessons.map(({ id, source }) => [source, id]));

const actions: Actions = {
  write(source) {
    if (source === now().source) return;
    send({ type: "write", source, example: origins.get(source) ?? now().example });
    // The text is no longer the one of the link: a reload must bring back this one.
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    drafts.write({ source, example: now().example });
  },
  choose(id) {
    const lesson = lessons.find((one) => one.id === id);
    if (!lesson || isBusy(now().phase)) return;
    origins.set(now().source, now().example);
    send({ type: "choose", example: id, source: lesson.source });
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    drafts.write({ source: lesson.source, example: id });
  },
  run,
  async ask(text) {
    const { remains } = now();
    if (!latest || !remains || "none" in remains) return "gone";
    const { recording, outputs } = latest;
    const before = stepCount(recording);
    send({ type: "asking", on: true });
    try {
      const json = await growing(latest, (onPart) => python().console(text, false, onPart));
      return (json !== null && readTold(json)) || "gone";
    } catch {
      return "gone"; // Stopped, or it died: what the program left is gone with the interpreter.
    } finally {
      if (recording.end) recording.end.event = recording.lastEvent;
      send({ type: "asking", on: false });
      send({ type: "grew", outputs });
      // What the input did is what its writer wants to see.
      if (stepCount(recording) > before) toEnd();
    }
  },
  async complete(text) {
    const json = await python()
      .console(text, true, () => {})
      .catch(() => null);
    return json === null ? [] : readCompletions(json);
  },
  stop() {
    const { phase, asking } = now();
    if (asking) return python().stop();
    if (!isBusy(phase)) return;
    send({ type: "stop" });
    if (phase === "running") python().stop();
  },
  sharing: createSharing(now, send),
  mode: (mode) => send({ type: "mode", mode }),
  goTo: (step) => send({ type: "goTo", step }),
  toMoment: (moment) => send({ type: "moment", moment }),
  toLine: (line) => jump(nextRunOf(now(), line)),
  select: (object) => send({ type: "select", object }),
  report: (shown) => send({ type: "report", shown }),
  table: (shown) => send({ type: "table", shown }),
  lens: (change) => send({ type: "lens", change }),
  play: (on) => send({ type: "play", on }),
  help: (shown) => send({ type: "help", shown }),
  lesson: (shown) => send({ type: "lesson", shown }),
  language(language) {
    send({ type: "language", language });
    keep({ language });
  },
  toggleTheme() {
    const theme = now().theme === "dark" ? "light" : "dark";
    send({ type: "theme", theme });
    keep({ theme });
  },
};

onKeys({
  run,
  line: (by) => actions.toMoment(now().moment + by),
  event: (by) => {
    const recording = leading(now());
    if (!recording) return;
    const { step, event } = now();
    const marks = [...marksOf(recording, step), endOfStep(recording, step)];
    const next = by > 0 ? marks.find((m) => m > event) : marks.findLast((m) => m < event);
    if (next !== undefined) send({ type: "goTo", step, event: next });
    else actions.toMoment(now().moment + by);
  },
  death: (by) => jump(momentWith(now(), by, stepWithDeath)),
  collection: (by) => jump(momentWith(now(), by, stepWithCollection)),
  pass: (by) => jump(passBeside(now(), by)),
  first: () => actions.toMoment(0),
  last: toEnd,
  mode: actions.mode,
  table: () => actions.table(!now().table),
  find: () => actions.lens({ finding: true }),
  near: () => actions.lens({ near: !now().lens.near }),
  zoom: (by) => actions.lens({ zoom: by ? zoomed(now().lens.zoom, STEP ** by) : 1 }),
  letGo: () => actions.select(null),
  play: () => actions.play(!now().playing),
  help: () => actions.help(true),
});

function toEnd(): void {
  actions.toMoment(Number.POSITIVE_INFINITY);
}

function jump(moment: number): void {
  if (moment >= 0) actions.toMoment(moment);
}

/** Milliseconds that a step is shown for while the recording plays. */
const PACE = 600;
let playing = 0;
store.state.subscribe((state) => {
  if (state.playing === playing > 0) return;
  clearInterval(playing);
  playing = state.playing ? window.setInterval(() => send({ type: "tick" }), PACE) : 0;
});

/* ---------- links, theme, the page */

async function openLink(): Promise<void> {
  try {
    const shared = await fromFragment(location.hash);
    if (!shared) return;
    const { source, outputs: mode, step, selected } = shared;
    origins.set(now().source, now().example);
    const example = lessons.find((lesson) => lesson.source === source)?.id ?? "";
    send({ type: "open", source, mode, example, goal: { step, selected } });
  } catch {
    const why: Fault = { code: "browser", lacks: "DecompressionStream" };
    const isReader = why.lacks in globalThis;
    send({ type: "fail", why: isReader ? texts[now().language].error.badLink : why });
  }
}
addEventListener("hashchange", () => {
  if (!isBusy(now().phase)) void openLink();
});
dark.addEventListener("change", () => {
  if (!recall().theme) send({ type: "theme", theme: dark.matches ? "dark" : "light" });
});

const root = document.documentElement;
store.state.subscribe(({ language, theme }) => {
  if (root.lang !== language) root.lang = language;
  if (root.dataset.theme !== theme) root.dataset.theme = theme;
});

const App = () => <Page state={store.state.value} {...{ lessons, actions, embedded }} />;
fetchShipped().then((takes) =>
  send({
    type: "shipped",
    takes,
    event: takes.weak ? eventToOpenAt(takes.weak.recording) : undefined,
  }),
);
await openLink();
render(<App />, document.getElementById("app")!);
