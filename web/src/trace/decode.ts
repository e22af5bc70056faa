/**
 * From the parts of a trace, as JSON text, to a Recording. The one decoder: what
 * does not keep to the schema is refused (check.ts), rows are appended by chunk.ts.
 */
import { brief, damaged } from "./check";
import { appendChunk } from "./chunk";
import { readEnd, readHeader } from "./ends";
import { TraceError } from "./errors";
import type { Chunk, Trace } from "./format";
import { Recording } from "./recording";

export type Part = "header" | "chunk" | "end";

/**
 * Append one part to a recording, as JSON text or as what that text says. Raises
 * TraceError, and has then changed nothing but appended rows.
 */
export function append(recording: Recording, part: Part, json: string | object): void {
  const value = typeof json === "string" ? parse(json) : asObject(json);
  if (part === "header") recording.header = readHeader(value);
  else if (part === "chunk") appendAny(recording, value as Chunk);
  else {
    recording.end = readEnd(value);
    recording.limit ??= recording.end.limit;
  }
  recording.version++;
}

/** Read a whole trace, as the shell command `record` writes it. A long one is for `openTrace`. */
export function readTrace(json: string): Recording {
  const trace = parseTrace(json);
  const recording = new Recording();
  append(recording, "header", trace.header);
  for (const chunk of trace.chunks) append(recording, "chunk", chunk);
  append(recording, "end", trace.end);
  return recording;
}

/** The text of a file as a trace, of which nothing but its format has been looked at. */
export function parseTrace(json: string): Trace {
  const trace = parse(json) as Trace;
  if (trace.format !== "livegrad-trace") {
    throw new TraceError({ code: "foreign" });
  }
  if (trace.version !== 1) {
    throw new TraceError({ code: "version", version: brief(trace.version) });
  }
  if (!Array.isArray(trace.chunks)) throw damaged("it has no chunks");
  return trace;
}

function parse(json: string): object {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw damaged("it is not JSON");
  }
  return asObject(value);
}

function asObject(value: unknown): object {
  if (typeof value !== "object" || value === null) throw damaged("it is not an object");
  return value;
}

/** What is no chunk at all fails in ways that no check foresees. */
function appendAny(r: Recording, chunk: Chunk): void {
  try {
    appendChunk(r, chunk);
  } catch (error) {
    throw error instanceof TraceError ? error : damaged("a chunk is not what the schema says");
  }
}
