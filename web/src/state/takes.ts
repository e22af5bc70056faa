/** Which recordings are shown, and which of them leads. */
import type { Recording } from "../trace/recording";
import { stepCount } from "../trace/replay";
import type { State, Take } from "./state";

/** The recordings that are shown: one, or in Compare both. */
export function shownTakes({ takes, mode }: State): Take[] {
  const wanted = mode === "compare" ? [takes.weak, takes.strong] : [takes[mode]];
  return wanted.filter((take) => take !== null);
}

/** How the functions of a take held their outputs. */
export const outputsOf = (state: State, take: Take): "weak" | "strong" =>
  take === state.takes.strong ? "strong" : "weak";

/** The recording whose steps and serials are meant: in Compare the weak one, once it has any. */
export function leading(state: State): Recording | null {
  const all = shownTakes(state).map((take) => take.recording);
  return all.find((r) => stepCount(r) > 0) ?? all[0] ?? null;
}
