/** Unpacks what the build has packed with Zstandard, off the page's thread. */
import type { Packed, Unpacked } from "./inflater";
import Worker from "./inflater?worker";

export interface Inflater {
  /** Unpack bytes whose SHA-256 begins with `hash`, in hexadecimal; rejects if they are damaged. */
  inflate(packed: ArrayBuffer, hash: string): Promise<ArrayBuffer>;
  /** There is nothing more to unpack. */
  end(): void;
}

/** Its worker gets ready while the bytes are still on their way. */
export function startInflater(): Inflater {
  const worker = new Worker();
  const waiting: {
    resolve: (bytes: ArrayBuffer) => void;
    reject: (error: Error) => void;
  }[] = [];
  worker.onmessage = ({ data }: MessageEvent<Unpacked>) => {
    const { resolve, reject } = waiting[data.id]!;
    if ("wrong" in data) reject(new Error(data.wrong));
    else resolve(data.bytes);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { reject } of waiting) reject(new Error(event.message));
  };
  return {
    inflate(packed, hash) {
      // A copy: the packed ones are kept, to be read without a network.
      const message: Packed = { id: waiting.length, bytes: packed.slice(), hash };
      worker.postMessage(message, [message.bytes]);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    end: () => worker.terminate(),
  };
}
