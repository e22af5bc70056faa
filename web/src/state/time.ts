/** Where the reader is in time, and how they get elsewhere. Pure, like `reduce`, which uses it. */
import { type Clock, clockOf } from "../trace/clock";
import { counterpart } from "../trace/find";
import type { Recording } from "../trace/recording";
import { endOfStep, lineOfStep, stepCount, stepOf } from "../trace/replay";
import type { Mode, State } from "./state";
import { leading, shownTakes } from "./takes";

/** The clock of what is shown: in Compare that of both recordings. */
export const clockIn = (state: State): Clock =>
  clockOf(
    shownTakes(state)
      .map(({ recording }) => recording)
      .filter((r) => stepCount(r) > 0),
  );

export function atMoment(state: State, wanted: number): State {
  const recording = leading(state);
  const clock = clockIn(state);
  if (!recording || clock.length === 0) return { ...state, moment: 0, step: 0, event: 0 };
  const moment = Math.max(0, Math.min(clock.length - 1, wanted));
  const step = clock.stepIn(recording, moment);
  return { ...state, moment, step: Math.max(0, step), event: endOfStep(recording, step) };
}

/** To a step of the leading recording, or to an event within one. */
export function atStep(state: State, step: number, event?: number): State {
  const recording = leading(state);
  if (!recording || stepCount(recording) === 0) return state;
  const last = stepCount(recording) - 1;
  const to = event === undefined ? Math.max(0, Math.min(last, step)) : stepOf(recording, event);
  const there = atMoment(state, clockIn(state).momentOf(recording, to));
  return event === undefined ? there : { ...there, event };
}

/**
 * The same instant in another mode: both runs on one clock say where the other recording has it.
 * Where nothing is recorded the place stays as it is, and so is there again on the way back.
 */
export function inMode(state: State, mode: Mode): State {
  const there = { ...state, mode, playing: false };
  const to = leading(there);
  const from = leading(state) ?? to;
  if (!to || !from || stepCount(to) === 0) return there;
  if (to === from) {
    const { event } = state;
    return event === endOfStep(to, state.step)
      ? atStep(there, state.step)
      : atStep(there, 0, event);
  }
  const { weak, strong } = state.takes;
  const both = clockOf([weak!.recording, strong!.recording]);
  const step = Math.max(0, both.stepIn(to, both.momentOf(from, state.step)));
  const selected = state.selected === null ? null : counterpart(from, to, state.selected);
  return { ...atStep(there, step), selected };
}

/**
 * The event that a recording shows: in Compare the two have their own, and meet
 * at the ends of steps. Within a step only the leading one can be stopped.
 */
export function eventIn(state: State, recording: Recording): number {
  if (recording === leading(state)) return state.event;
  return endOfStep(recording, clockIn(state).stepIn(recording, state.moment));
}

/** Whose line the moment is, and which of its steps; null where nothing has run. */
export function runningIn(state: State): { recording: Recording; step: number } | null {
  const clock = clockIn(state);
  if (clock.length === 0) return null;
  const recording = clock.runner(state.moment);
  return { recording, step: clock.stepIn(recording, state.moment) };
}

/** The nearest moment that way at which one of the recordings has what is looked for, or -1. */
export function momentWith(
  state: State,
  by: 1 | -1,
  find: (r: Recording, step: number, by: 1 | -1) => number,
): number {
  const clock = clockIn(state);
  let nearest = -1;
  for (const { recording: r } of shownTakes(state)) {
    if (stepCount(r) === 0) continue;
    // Where it did not run, its last step lies behind already.
    const from = clock.stepIn(r, state.moment) + (by < 0 && !clock.ran(r, state.moment) ? 1 : 0);
    const step = find(r, from, by);
    if (step < 0) continue;
    const moment = clock.momentOf(r, step);
    if (nearest < 0 || (by > 0 ? moment < nearest : moment > nearest)) nearest = moment;
  }
  return nearest;
}

/** The moment of a line's next run, from the first one on where it has no later one; -1 for none. */
export function nextRunOf(state: State, line: number): number {
  const clock = clockIn(state);
  const runs: number[] = [];
  for (const { recording: r } of shownTakes(state)) {
    r.locations.steps.forEach((steps, location) => {
      if (r.locations.line[location] !== line) return;
      if (r.files.name[r.locations.file[location]!] !== r.header?.main) return;
      runs.push(...steps.map((step) => clock.momentOf(r, step)));
    });
  }
  runs.sort((a, b) => a - b);
  return runs.find((moment) => moment > state.moment) ?? runs[0] ?? -1;
}

/** The next or previous run of the line that the moment stands at, or -1. */
export function passBeside(state: State, by: 1 | -1): number {
  const here = runningIn(state);
  if (!here) return -1;
  const { recording: r, step } = here;
  const steps = r.locations.steps[r.steps.location[step]!] ?? [];
  const beside = steps[steps.indexOf(step) + by];
  if (beside === undefined || lineOfStep(r, beside) === 0) return -1;
  return clockIn(state).momentOf(r, beside);
}
