/** What is wrong with a recording, as a value: the page says it in its language. */
export type Flaw =
  /** Nothing of ours. */
  | { code: "foreign" }
  | { code: "version"; version: string }
  /** Ours, and not as it was written; what is wrong, in the words of its tables. */
  | { code: "damaged"; detail: string }
  /** It could not be looked at. */
  | { code: "unread" };

/** A recording that cannot be read. */
export class TraceError extends Error {
  override name = "TraceError";
  constructor(readonly flaw: Flaw) {
    super(Object.values(flaw).join(": "));
  }
}
