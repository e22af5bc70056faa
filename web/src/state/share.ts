/**
 * A link that holds a program and where its reader was, in its fragment, compressed: no server
 * sees it, and opening it shows the program and runs nothing.
 */
import type { Outputs } from "../runtime/messages";

export interface Shared {
  readonly source: string;
  readonly outputs: Outputs | "compare";
  /** The moment (in Compare: of both), from 0, that is shown after the run; the end if left out. */
  readonly step?: number | undefined;
  /** The label of the object that was chosen: `Square#4`. */
  readonly selected?: string | undefined;
}

const KEY = "lab";
/** A megabyte of text is more than any lesson; more than this is not unpacked. */
const LONGEST = 1_000_000;
/** Nor is a fragment looked at that is longer than such a text could become. */
const LONGEST_FRAGMENT = 1_400_000;
const LONGEST_LABEL = 200;

export async function toFragment(shared: Shared): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify({ v: 1, ...shared }));
  const packed = await pipe(json, new CompressionStream("deflate-raw"));
  const letters = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  const safe = btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  return `#${KEY}=${safe}`;
}

/** What a fragment holds; null where it holds no program, an Error where it cannot be read. */
export async function fromFragment(fragment: string): Promise<Shared | null> {
  if (!fragment.startsWith(`#${KEY}=`)) return null;
  const text = fragment.slice(KEY.length + 2);
  if (text.length > LONGEST_FRAGMENT) throw new Error("too long");
  const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const json = await pipe(packed, new DecompressionStream("deflate-raw"));
  return check(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)));
}

/** A link is written by anyone: nothing in it is taken for what it says it is. */
function check(value: unknown): Shared {
  if (typeof value !== "object" || value === null) throw new Error("not an object");
  const { v, source, outputs, step, selected } = value as Record<string, unknown>;
  if (v !== 1) throw new Error("of another version");
  if (typeof source !== "string") throw new Error("no program");
  return {
    source,
    outputs: outputs === "strong" || outputs === "compare" ? outputs : "weak",
    step: Number.isSafeInteger(step) && Number(step) >= 0 ? Number(step) : undefined,
    selected:
      typeof selected === "string" && selected.length <= LONGEST_LABEL ? selected : undefined,
  };
}

/** Push the bytes through, and no more than the longest out of it: a few may unpack to gigabytes. */
async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    length += piece.value.length;
    if (length > LONGEST) {
      await reader.cancel();
      throw new Error("too long");
    }
    pieces.push(piece.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
