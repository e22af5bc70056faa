/** What outlives the page and is the same in all tabs: language and theme. The text: drafts.ts. */
import type { Language } from "../i18n";

export type Theme = "light" | "dark";
export interface Kept {
  language?: Language | undefined;
  /** Only where the reader chose one; else the system's. */
  theme?: Theme | undefined;
}

const PREFIX = "livegrad.";

/** Storage may be forbidden (private windows, embedded frames): the page then simply forgets. */
function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

export function recall(): Kept {
  const box = storage();
  const read = (key: string): string | undefined => box?.getItem(PREFIX + key) ?? undefined;
  const language = read("language");
  const theme = read("theme");
  return {
    language: language === "en" || language === "ko" ? language : undefined,
    theme: theme === "light" || theme === "dark" ? theme : undefined,
  };
}

export function keep(kept: Kept): void {
  const box = storage();
  if (!box) return;
  try {
    for (const [key, value] of Object.entries(kept)) {
      if (value !== undefined) box.setItem(PREFIX + key, value);
    }
  } catch {
    // Full: what is on the page stays there, only the next visit will not know it.
  }
}
