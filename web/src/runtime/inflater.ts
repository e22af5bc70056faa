/** A worker of the page's own: Zstandard, which no browser unpacks for a script. */
import { ZSTDDecoder } from "zstddec";
import { digestOf } from "./digest";

/** `hash` is how the SHA-256 of the packed bytes begins, in hexadecimal. */
export interface Packed {
  id: number;
  bytes: ArrayBuffer;
  hash: string;
}

/** The answer of the same id: the bytes, or what is wrong with them. */
export type Unpacked = { id: number; bytes: ArrayBuffer } | { id: number; wrong: string };

// The decoder asks a data: address for its own code, which the policy of a page in one file forbids.
self.fetch = async (address) => {
  const code = atob(String(address).replace(/^.*,/, ""));
  return new Response(Uint8Array.from(code, (letter) => letter.charCodeAt(0)));
};
const decoder = new ZSTDDecoder();
const begun = decoder.init(); // while the bytes are still on their way
begun.catch(() => {}); // told when they are here

self.onmessage = async ({ data }: MessageEvent<Packed>) => {
  const { id } = data;
  const answer = (told: Unpacked, transfer: ArrayBuffer[] = []) =>
    self.postMessage(told, { transfer });
  try {
    const bytes = await unpack(data);
    answer({ id, bytes }, [bytes]);
  } catch (error) {
    answer({ id, wrong: String(error) });
  }
};

async function unpack({ bytes, hash }: Packed): Promise<ArrayBuffer> {
  // Damaged memory could do anything. (Where a host has no TLS there is no digest.)
  if (crypto.subtle && !(await digestOf(bytes)).startsWith(hash)) throw new Error("it is damaged");
  await begun;
  return decoder.decode(new Uint8Array(bytes)).buffer as ArrayBuffer;
}
