/**
 * What the engine's exceptions say, in Korean. The English sentence finds it, as with gettext:
 * what a message fills in are numbered gaps, so that Python knows of one language only.
 * tests/page/test_engine_errors.py sees that none of the engine's sentences is without.
 */
import sentences from "./engine.ko.json";

const GAP = /\\\{\d+\\\}/g;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

let patterns: [RegExp, string][] | null = null;

/** One pattern for each sentence, made when the first error is told. */
function all(): [RegExp, string][] {
  patterns ??= Object.entries(sentences).map(([english, korean]) => {
    const pattern = english.replace(SPECIAL, "\\$&").replace(GAP, "(.+?)");
    return [new RegExp(`^${pattern}$`, "s"), korean];
  });
  return patterns;
}

/** No sentence of the engine's is longer: what a program says may be, and is not searched. */
const LONGEST = 1000;

/** A sentence may end in another, which tells what would have fitted; and shapes are listed. */
const filling = (gap: string): string => engineKo(gap) ?? gap.replace(/\) (?:and|or) \(/g, "), (");

/** The Korean sentence for one of the engine's; null for the words of another. */
export function engineKo(english: string): string | null {
  if (english.length > LONGEST) return null;
  for (const [pattern, korean] of all()) {
    const gaps = pattern.exec(english)?.slice(1);
    if (gaps) return korean.replace(/\{(\d+)\}/g, (_, n) => filling(gaps[n]!));
  }
  return null;
}
