/** Parses a trace away from the page, and posts it part by part. */
import { parseTrace } from "./decode";
import { TraceError } from "./errors";
import type { Parsed } from "./open";

addEventListener("message", ({ data }: MessageEvent<Blob>) => void parse(data));

async function parse(file: Blob): Promise<void> {
  const post = (message: Parsed): void => postMessage(message);
  try {
    const { header, chunks, end } = parseTrace(await file.text());
    post({ part: "header", value: header });
    for (const value of chunks) post({ part: "chunk", value });
    post({ part: "end", value: end });
  } catch (error) {
    post({ wrong: error instanceof TraceError ? error.flaw : { code: "unread" } });
  }
}
