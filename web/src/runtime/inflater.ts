/**
 * A worker of the page's own: Zstandard, which no browser unpacks for a script, off the
 * page's thread. Answers with the bytes, or with a text that says what is wrong.
 */
import { decompress } from "fzstd";

/** `hash` is how the SHA-256 of the packed bytes begins, in hexadecimal. */
export interface Packed {
  bytes: ArrayBuffer;
  hash: string;
}

self.onmessage = async ({ data }: MessageEvent<Packed>) => {
  try {
    const bytes = await unpack(data);
    self.postMessage(bytes, { transfer: [bytes] });
  } catch (error) {
    self.postMessage(String(error));
  }
};

async function unpack({ bytes, hash }: Packed): Promise<ArrayBuffer> {
  // Damaged memory could do anything. (Where a host has no TLS there is no digest.)
  if (crypto.subtle) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const found = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (!found.startsWith(hash)) throw new Error("it is damaged");
  }
  // What it returns is part of a larger buffer, its window included.
  return decompress(new Uint8Array(bytes)).slice().buffer;
}
