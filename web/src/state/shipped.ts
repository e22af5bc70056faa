/**
 * The recordings of the first lesson that the build made with the page's own Python:
 * what Run would give, there before Python is.
 */
import { open } from "../runtime/files";
import type { Outputs } from "../runtime/messages";
import { readTrace } from "../trace/decode";
import type { Recording } from "../trace/recording";
import type { State, Take } from "./state";

/** index.html names them; without one, or without a network, the page waits for a run. */
export async function fetchShipped(): Promise<State["takes"]> {
  const [weak, strong] = await Promise.all([fetchTake("weak"), fetchTake("strong")]);
  return { weak, strong };
}

async function fetchTake(outputs: Outputs): Promise<Take | null> {
  const link = document.querySelector<HTMLLinkElement>(`#shipped-${outputs}`);
  if (!link) return null;
  try {
    const file = await (await open(link.href)).blob();
    const recording = readTrace(await file.text());
    const source = recording.files.text[0] ?? "";
    return { source, recording, version: recording.version, file: () => file };
  } catch {
    return null;
  }
}

/**
 * Where there is most to see: the highest bytes after something has died. The last such
 * event before that changes: a line's objects are born before what holds them is told.
 */
export function eventToOpenAt({ bytes, deaths, steps }: Recording): number | undefined {
  const peak = bytes.peak.at(-1);
  const since = deaths.event[0] ?? 0;
  const at = bytes.event.findIndex((event, i) => event >= since && bytes.total[i] === peak);
  if (at < 0) return undefined;
  const first = bytes.event[at]!;
  const later = (event: number | undefined) => event !== undefined && event > first;
  const ends = [bytes.event[at + 1], deaths.event.find(later)].filter(later) as number[];
  const last = steps.last.find((event) => event >= first) ?? first;
  return Math.min(last, ...ends.map((event) => event - 1));
}
