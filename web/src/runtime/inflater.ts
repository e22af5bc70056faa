/** A worker of the page's own: Zstandard, which no browser unpacks for a script, off the page's thread. */
import { decompress } from "fzstd";

self.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
  self.postMessage(new Blob([decompress(new Uint8Array(data)) as Uint8Array<ArrayBuffer>]));
};
