/**
 * The state of the page and the one door through which it changes: `reduce`.
 * It is a value; recordings inside it grow in place and say so by `version`.
 */
import type { Language } from "../i18n";
import type { Stage } from "../runtime/client";
import type { Fault } from "../runtime/faults";
import type { Outputs, Wear } from "../runtime/messages";
import type { Recording } from "../trace/recording";
import { labelOf } from "../trace/replay";
import type { Theme } from "./keep";
import { type Lens, PLAIN } from "./lens";
import { isBusy, next, type Phase } from "./phase";
import { leading } from "./takes";
import { atMoment, atStep, clockIn, inMode } from "./time";

export { leading, outputsOf, shownTakes } from "./takes";
export { eventIn } from "./time";

export type Mode = Outputs | "compare";

/** A recording with the text that was run. */
export interface Take {
  readonly source: string;
  readonly recording: Recording;
  /** Of the recording when this value was made: it grows in place. */
  readonly version: number;
  /** The recording as a file, where its parts were kept. */
  readonly file?: (end: Recording["end"]) => Blob;
}

export interface Goal {
  readonly step?: number | undefined;
  /** A label, as `Square#4`. */
  readonly selected?: string | undefined;
}

/** What a run with these outputs left, or why nothing can be asked. */
export type Remains = { readonly of: Outputs } | { readonly none: Lack };
/**
 * Its last words were not put off; it could not be read; it took the interpreter with it, or
 * changed it too much; it was stopped.
 */
export type Lack = "words" | "unread" | "died" | Wear | "stopped";

export interface State {
  readonly phase: Phase;
  /** Where the phase is failed: what the program raised, or what went wrong with the runtime. */
  readonly failure: string | Fault;
  readonly progress: { stage: Stage; done: number; total: number } | null;
  readonly language: Language;
  readonly theme: Theme;
  readonly source: string;
  /** Id of the lesson that the text came from, or "" for one's own. */
  readonly example: string;
  readonly mode: Mode;
  readonly takes: { readonly weak: Take | null; readonly strong: Take | null };
  /** Which outputs the program runs with now. */
  readonly runs: Outputs | null;
  /** Where the reader is: a step from 0, and the event shown, which is its last or one within. */
  readonly step: number;
  readonly event: number;
  /** The same on the clock of what is shown: in Compare, where two recordings have one. */
  readonly moment: number;
  /** The reader has moved: a recording that grows no longer carries them along. */
  readonly moved: boolean;
  /** The chosen object: its serial in the recording of the mode (in Compare: of the weak one). */
  readonly selected: number | null;
  /** Where the inspector is a drawer: it is open without an object, for what has grown. */
  readonly report: boolean;
  readonly table: boolean;
  readonly lens: Lens;
  /** Step after step goes by without the reader. */
  readonly playing: boolean;
  /** The list of keys is open. */
  readonly help: boolean;
  /** The lesson of the example: a closed row, its text, or the list of all. */
  readonly lesson: "closed" | "text" | "contents";
  /** What the last program left for the console; the interpreter works on what that asked. */
  readonly remains: Remains | null;
  readonly asking: boolean;
  /** Where a link wants its reader to be when the program has run. */
  readonly goal: Goal | null;
}

export type Action =
  | { type: "progress"; stage: Stage; done: number; total: number }
  | { type: "pythonReady" }
  | { type: "write"; source: string; example?: string }
  | { type: "choose"; example: string; source: string }
  | { type: "open"; source: string; mode: Mode; example?: string; goal?: Goal }
  | { type: "opened"; outputs: Outputs; take: Take }
  | { type: "run" }
  | { type: "shipped"; takes: State["takes"]; event: number | undefined }
  | { type: "begin"; outputs: Outputs; take: Take }
  | { type: "grew"; outputs: Outputs }
  | { type: "finish"; remains: Remains | null }
  | { type: "asking"; on: boolean }
  | { type: "fail"; why: string | Fault; remains?: Remains | null }
  | { type: "stop" }
  | { type: "mode"; mode: Mode }
  | { type: "moment"; moment: number }
  | { type: "goTo"; step: number; event?: number }
  | { type: "select"; object: number | null }
  | { type: "report"; shown: boolean }
  | { type: "table"; shown: boolean }
  | { type: "lens"; change: Partial<Lens> }
  | { type: "play"; on: boolean }
  | { type: "tick" }
  | { type: "help"; shown: boolean }
  | { type: "lesson"; shown: State["lesson"] }
  | { type: "language"; language: Language }
  | { type: "theme"; theme: Theme };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "progress":
      return { ...state, progress: action };
    case "pythonReady":
      return { ...state, phase: next(state.phase, "ready"), progress: null };
    case "write":
      return action.source === state.source
        ? state
        : {
            ...state,
            source: action.source,
            example: action.example ?? state.example,
            goal: null,
          };
    case "choose":
      return fresh({
        ...state,
        example: action.example,
        source: action.source,
        lesson: "text",
        goal: null,
      });
    case "open":
      return fresh({
        ...state,
        example: action.example ?? "",
        source: action.source,
        mode: action.mode,
        goal: action.goal ?? null,
      });
    case "opened":
      return opened(state, action.outputs, action.take);
    case "run":
      return isBusy(state.phase)
        ? state
        : { ...state, phase: next(state.phase, "run"), failure: "", moved: false };
    case "shipped":
      return shipped(state, action.takes, action.event);
    case "begin":
      return begin(state, action.outputs, action.take);
    case "grew":
      return grew(state, action.outputs);
    case "finish":
      return arrive({
        ...state,
        phase: next(state.phase, "done"),
        runs: null,
        remains: action.remains,
      });
    case "asking":
      return { ...state, asking: action.on };
    case "fail":
      return {
        ...state,
        phase: next(state.phase, "fail"),
        failure: action.why,
        runs: null,
        progress: null,
        remains: action.remains ?? null,
      };
    case "stop":
      return {
        ...state,
        phase: next(state.phase, "stop"),
        remains: state.phase === "running" ? { none: "stopped" } : state.remains,
        runs: null,
      };
    case "mode":
      return inMode(state, action.mode);
    case "moment":
      return { ...atMoment(state, action.moment), moved: true, playing: false };
    case "goTo":
      return { ...atStep(state, action.step, action.event), moved: true, playing: false };
    case "select":
      // Letting go closes the drawer, whatever it shows.
      return { ...state, selected: action.object, report: state.report && action.object !== null };
    case "report":
      return { ...state, report: action.shown, selected: null };
    case "table":
      return { ...state, table: action.shown };
    case "lens":
      return { ...state, lens: { ...state.lens, ...action.change } };
    case "play":
      return play(state, action.on);
    case "tick":
      return tick(state);
    case "help":
      return { ...state, help: action.shown };
    case "lesson":
      return { ...state, lesson: action.shown };
    case "language":
      return { ...state, language: action.language };
    case "theme":
      return { ...state, theme: action.theme };
  }
}

/** Another program: what was recorded of the one before is not about it. */
function fresh(state: State): State {
  return {
    ...state,
    phase: next(state.phase, "choose"),
    takes: { weak: null, strong: null },
    remains: null,
    asking: false,
    failure: "",
    selected: null,
    lens: PLAIN,
    step: 0,
    event: 0,
    moment: 0,
    moved: false,
    playing: false,
  };
}

/** A recording that came with the page, unless the reader has another program or a run by now. */
function shipped(state: State, takes: State["takes"], event: number | undefined): State {
  const busy = isBusy(state.phase) || state.takes.weak || state.takes.strong;
  if (busy || takes.weak?.source !== state.source) return state;
  const shown = atEnd({ ...state, takes });
  // A link is kept to at once, and once more by the first run.
  if (state.goal) return { ...arrive(shown), goal: state.goal };
  return event === undefined ? shown : atStep(shown, 0, event);
}

/** A recording from a file, with the program that it is of. */
function opened(state: State, outputs: Outputs, take: Take): State {
  const takes = { weak: null, strong: null, [outputs]: take };
  const about = { example: "", source: take.source, mode: outputs, goal: null };
  return atEnd({ ...fresh({ ...state, ...about }), takes });
}

/** The program of a link is recorded: the reader is where it wants them, unless they have moved. */
function arrive(state: State): State {
  const { goal } = state;
  const recording = leading(state);
  if (!goal || !recording) return state;
  const chosen = recording.shown.find((object) => labelOf(recording, object) === goal.selected);
  const there = state.moved || goal.step === undefined ? state : atMoment(state, goal.step);
  return { ...there, selected: chosen ?? null, goal: null };
}

function begin(state: State, outputs: Outputs, take: Take): State {
  const other = outputs === "weak" ? "strong" : "weak";
  const kept = state.takes[other];
  const takes = {
    [outputs]: take,
    [other]: kept?.source === take.source ? kept : null,
  } as unknown as State["takes"];
  return {
    ...state,
    takes,
    remains: null,
    asking: false,
    runs: outputs,
    selected: null,
    moved: false,
    step: 0,
    event: 0,
    moment: 0,
    playing: false,
  };
}

function grew(state: State, outputs: Outputs): State {
  const take = state.takes[outputs];
  if (!take) return state;
  const takes = { ...state.takes, [outputs]: { ...take, version: take.recording.version } };
  const grown = { ...state, takes };
  return state.moved ? grown : atEnd(grown);
}

const atEnd = (state: State): State => atMoment(state, Number.POSITIVE_INFINITY);

/** From the first moment on where the last one is shown. */
function play(state: State, on: boolean): State {
  const { length } = clockIn(state);
  if (!on || length === 0) return { ...state, playing: false };
  return {
    ...(state.moment === length - 1 ? atMoment(state, 0) : state),
    playing: true,
    moved: true,
  };
}

function tick(state: State): State {
  if (!state.playing) return state;
  const after = atMoment(state, state.moment + 1);
  return { ...after, playing: after.moment < clockIn(state).length - 1 };
}
