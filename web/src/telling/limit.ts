/**
 * Why a recording ended before its program, in the page's language. A trace says it in one
 * English sentence (web/src/probe/recording.ts and native.py write it), which is read here; any
 * other text, as another recorder may have left it, is shown as it stands.
 */
import type { Texts } from "../i18n";

const SENTENCE = /^The recording ended at line (\d+): (.+); the program ran on unrecorded\.$/s;
const LIMIT = /^its limit of (\d+) (executed lines|events|bytes|objects)\b.* was reached$/;
const FAILURE = /^the recorder itself failed \((.*)\)$/s;
const KINDS = {
  "executed lines": "lines",
  events: "events",
  bytes: "bytes",
  objects: "objects",
} as const;

export function tellLimit(texts: Texts, sentence: string): string {
  const t = texts.output.limit;
  const [, line = "", reason = ""] = SENTENCE.exec(sentence) ?? [];
  const [, limit = "", kind = ""] = LIMIT.exec(reason) ?? [];
  if (limit) return t[KINDS[kind as keyof typeof KINDS]](Number(line), Number(limit));
  const [, words] = FAILURE.exec(reason) ?? [];
  return words === undefined ? sentence : t.failed(Number(line), words);
}
