/**
 * Start of the page: the state, what runs (running.ts), and the actions that the
 * views may take. The one place that knows all of them.
 */
import "./runtime/box/trusted";
import { render } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { Language } from "./i18n";
import { holdVersion } from "./offline/offline";
import { Page } from "./page";
import type { Actions } from "./panes/actions";
import { createRunning } from "./running";
import type { Fault } from "./runtime/faults";
import { createSharing } from "./sharing";
import { openDrafts } from "./state/drafts";
import { keep, recall } from "./state/keep";
import { onKeys } from "./state/keys";
import { PLAIN, STEP, zoomed } from "./state/lens";
import { lessons } from "./state/lessons";
import { isBusy } from "./state/phase";
import { fromFragment } from "./state/share";
import { eventToOpenAt, fetchShipped } from "./state/shipped";
import { leading, type State } from "./state/state";
import { createStore } from "./state/store";
import { momentWith, nextRunOf, passBeside } from "./state/time";
import { neighbourOf } from "./trace/find";
import { marksOf, stepWithCollection, stepWithDeath } from "./trace/questions";
import { endOfStep } from "./trace/replay";
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/bar.css";
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
import "./styles/narrow.css";
import "./styles/small.css";
import "./styles/player.css";

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
const isLinked = (): boolean => location.hash.startsWith("#lab=");
const drafts = await openDrafts(
  {
    local: box("localStorage"),
    session: box("sessionStorage"),
    locks: navigator.locks ?? null,
  },
  isLinked(),
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

const running = createRunning(now, send, keepOffline);
// A page of many players must not load many Pythons: one that is embedded loads at its first run.
if (!embedded) running.start();

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
  run: running.run,
  stop: running.stop,
  async ask(text) {
    const { reply, grown } = await running.ask(text);
    // What the input did is what its writer wants to see.
    if (grown) toEnd();
    return reply;
  },
  complete: running.complete,
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
  run: running.run,
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
  neighbour: (by) => {
    const recording = leading(now());
    const { selected, event } = now();
    if (!recording || selected === null) return;
    const object = neighbourOf(recording, selected, event, by);
    if (object !== null) actions.select(object);
  },
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
let ticking = 0;
store.state.subscribe((state) => {
  if (state.playing === ticking > 0) return;
  clearInterval(ticking);
  ticking = state.playing ? window.setInterval(() => send({ type: "tick" }), PACE) : 0;
});

/* ---------- links, theme, the page */

const shipped = fetchShipped();

/** What the page brought with it, where it is of the program that is shown. */
async function showShipped(): Promise<void> {
  const takes = await shipped;
  const event = takes.weak ? eventToOpenAt(takes.weak.recording) : undefined;
  send({ type: "shipped", takes, event });
}

async function openLink(): Promise<void> {
  try {
    const shared = await fromFragment(location.hash);
    if (!shared) return;
    const { source, outputs: mode, step, selected } = shared;
    origins.set(now().source, now().example);
    const example = lessons.find((lesson) => lesson.source === source)?.id ?? "";
    send({ type: "open", source, mode, example, goal: { step, selected } });
  } catch {
    const lacks = "DecompressionStream";
    const why: Fault = lacks in globalThis ? { code: "link" } : { code: "browser", lacks };
    send({ type: "fail", why, remains: now().remains });
  }
}
addEventListener("hashchange", () => {
  if (!isLinked()) return;
  // Whoever goes to another place leaves the run, as on any page; undo brings the text back.
  running.stop();
  void openLink().then(showShipped);
});
dark.addEventListener("change", () => {
  if (!recall().theme) send({ type: "theme", theme: dark.matches ? "dark" : "light" });
});

const root = document.documentElement;
store.state.subscribe(({ language, theme }) => {
  if (root.lang !== language) root.lang = language;
  if (root.dataset.theme !== theme) root.dataset.theme = theme;
});

function App() {
  const [state, setState] = useState(now);
  useLayoutEffect(() => store.state.subscribe(setState), []);
  return <Page {...{ state, lessons, actions, embedded }} />;
}
await openLink();
void showShipped();
render(<App />, document.getElementById("app")!);
