/** The two parts of a trace that are one object each, checked field by field. */
import { natural, textual, word } from "./check";
import type { End, Header } from "./format";
import { OUTPUTS, PROBES, STATUSES } from "./words";

export function readHeader(value: object): Header {
  const { python, numpy, platform, probe, outputs, main } = value as Record<keyof Header, unknown>;
  return {
    python: textual("python", python),
    numpy: textOrNull("numpy", numpy),
    platform: textual("platform", platform),
    probe: word("probe", probe, PROBES),
    outputs: word("outputs", outputs, OUTPUTS),
    main: textual("main", main),
  };
}

export function readEnd(value: object): End {
  const { status, event, message, traceback, line, limit } = value as Record<keyof End, unknown>;
  return {
    status: word("status", status, STATUSES),
    event: natural("event", event),
    message: textOrNull("message", message),
    traceback: textOrNull("traceback", traceback),
    line: line === null ? null : natural("line", line),
    limit: textOrNull("limit", limit),
  };
}

const textOrNull = (what: string, value: unknown): string | null =>
  value === null || value === undefined ? null : textual(what, value);
