/**
 * A link that holds a program in its fragment, compressed: no server sees it,
 * and opening it shows the program and runs nothing.
 */
import type { Outputs } from "../runtime/messages";

export interface Shared {
  readonly source: string;
  readonly outputs: Outputs | "compare";
}

const KEY = "lab";
/** A megabyte of text is more than any lesson; more than this is not unpacked. */
const LONGEST = 1_000_000;
/** Nor is a fragment looked at that is longer than such a text could become. */
const LONGEST_FRAGMENT = 1_400_000;

export async function toFragment(shared: Shared): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify({ v: 1, ...shared }));
  const packed = await pipe(json, new CompressionStream("deflate-raw"));
  const letters = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  const safe = btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  return `#${KEY}=${safe}`;
}

/** What a fragment holds; null where it holds no program, an Error where it cannot be read. */
export async function fromFragment(fragment: string): Promise<Shared | null> {
  if (fragment.length > LONGEST_FRAGMENT) throw new Error("too long");
  const match = new RegExp(`^#${KEY}=([\\w-]+)$`).exec(fragment);
  if (!match) return null;
  const letters = atob(match[1]!.replace(/-/g, "+").replace(/_/g, "/"));
  const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const json = await pipe(packed, new DecompressionStream("deflate-raw"));
  const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  if (typeof value !== "object" || value === null) throw new Error("not an object");
  const { source, outputs } = value as Record<string, unknown>;
  if (typeof source !== "string") throw new Error("no program");
  return { source, outputs: outputs === "strong" || outputs === "compare" ? outputs : "weak" };
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = inPieces(bytes).pipeThrough(through).getReader();
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

/**
 * A piece is unpacked whole before anyone can look at its length, to a thousand times
 * its size at worst: small pieces, so that a bomb is noticed after a few megabytes.
 */
function inPieces(bytes: Uint8Array<ArrayBuffer>, size = 4096): ReadableStream<BufferSource> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + size));
      at += size;
    },
  });
}
