/** The words that a trace may use, as sets; their types come from the schema and must be complete. */
import type { Cause, End, Kind } from "./format";
import type { Strength } from "./recording";

const all = <T extends string>(words: Record<T, 1>): ReadonlySet<T> =>
  new Set(Object.keys(words) as T[]);

export const KINDS = all<Kind>({
  variable: 1,
  parameter: 1,
  function: 1,
  array: 1,
  instance: 1,
  container: 1,
  closure: 1,
  method: 1,
  cell: 1,
  frame: 1,
  module: 1,
  generator: 1,
  exception: 1,
  weakref: 1,
  other: 1,
});
export const CAUSES = all<Cause>({
  rebound: 1,
  attribute: 1,
  item: 1,
  frame: 1,
  holder: 1,
  temporary: 1,
  count: 1,
  collector: 1,
});
export const STRENGTHS = all<Strength>({ strong: 1, weak: 1, borrowed: 1 });
export const TRIGGERS = all<"call" | "automatic">({ call: 1, automatic: 1 });
export const STREAMS = all<"stdout" | "stderr">({ stdout: 1, stderr: 1 });
export const STATUSES = all<End["status"]>({ finished: 1, failed: 1, exited: 1, stopped: 1 });
export const OUTPUTS = all<"weak" | "strong">({ weak: 1, strong: 1 });
export const PROBES = all<"python" | "outside">({ python: 1, outside: 1 });
