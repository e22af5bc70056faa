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

type Kind = (typeof KINDS)[keyof typeof KINDS];

/** Of what there was too much, or that the recorder failed; null for what is neither. */
export function kindOfLimit(sentence: string): Kind | "failed" | null {
  const [, , reason = ""] = SENTENCE.exec(sentence) ?? [];
  if (FAILURE.test(reason)) return "failed";
  const [, , kind = ""] = LIMIT.exec(reason) ?? [];
  return KINDS[kind as keyof typeof KINDS] ?? null;
}

export function tellLimit(texts: Texts, sentence: string): string {
  const t = texts.output.limit;
  const kind = kindOfLimit(sentence);
  if (kind === null) return sentence;
  const [, line = "", reason = ""] = SENTENCE.exec(sentence)!;
  if (kind === "failed") return t.failed(Number(line), FAILURE.exec(reason)![1]!);
  return t[kind](Number(line), Number(LIMIT.exec(reason)![1]));
}
