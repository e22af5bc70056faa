/**
 * What can go wrong with the runtime, as values: the page says it in its
 * language (telling/fault.ts). A program's own exceptions are part of its trace.
 */
import type { Flaw } from "../trace/errors";

/** Why an interpreter died, as far as its last words tell. */
export type Why = "depth" | "memory" | "exit" | "other";

export type Fault =
  /** A file of the site did not come; status is null where there was no answer at all. */
  | { code: "fetch"; file: string; status: number | null }
  /** A file of the site is not what the build made. */
  | { code: "file"; file: string }
  /** The browser lacks what Python needs. */
  | { code: "browser"; lacks: string }
  /** Python did not start, with its words. */
  | { code: "start"; detail: string }
  /** The interpreter is gone; the innermost line of the program, where it is known. */
  | { code: "died"; why: Why; line: number | null; detail: string }
  /** The program broke the interpreter or the recorder, which cannot go on. */
  | { code: "broken"; line: number | null; detail: string }
  /** A link holds nothing that can be read. */
  | { code: "link" }
  /** What came as a part of a recording is none. */
  | { code: "trace"; flaw: Flaw }
  /** The program sent more than the page takes in. */
  | { code: "flood" }
  /** The worker sent what is no message of ours. */
  | { code: "nonsense" };

export const WHYS: readonly Why[] = ["depth", "memory", "exit", "other"];

export class Failure extends Error {
  override name = "Failure";
  constructor(readonly fault: Fault) {
    super(fault.code);
  }
}
