/** A recording that cannot be read. The message is one sentence: what is wrong and what to do. */
export class TraceError extends Error {
  override name = "TraceError";
}
