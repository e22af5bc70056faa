/**
 * Open a recording from a file. Its text is parsed in a worker of its own and
 * comes back a chunk at a time, so that the page answers while a recording of a
 * million events is read.
 */
import { append, type Part } from "./decode";
import { type Flaw, TraceError } from "./errors";
import Parser from "./parse.worker?worker";
import { Recording } from "./recording";

/** What the worker posts: a part of the trace, or what is wrong with it. */
export type Parsed = { part: Part; value: object } | { wrong: Flaw };

/** Raises TraceError where the file holds no trace, or a damaged one. */
export async function openTrace(file: Blob): Promise<Recording> {
  const worker = new Parser();
  const recording = new Recording();
  try {
    await new Promise<void>((done, fail) => {
      worker.onerror = () => fail(new TraceError({ code: "unread" }));
      worker.onmessage = ({ data }: MessageEvent<Parsed>) => {
        try {
          if ("wrong" in data) throw new TraceError(data.wrong);
          append(recording, data.part, data.value);
          if (data.part === "end") done();
        } catch (error) {
          fail(error);
        }
      };
      worker.postMessage(file);
    });
  } finally {
    worker.terminate();
  }
  return recording;
}
