/** What livegrad.lab says of an input of the console, read from JSON that a program may have forged. */

/** What `_` holds. */
export interface Last {
  readonly type: string;
  /** Null where the value is immortal. */
  readonly count: number | null;
  /** Variables of the program that hold it, too. */
  readonly names: readonly string[];
  /** Variables, Functions, arrays, instances that live because of `_` alone; bytes of the arrays. */
  readonly objects: number;
  readonly nbytes: number;
}

export interface Told {
  /** The input is only the beginning of a statement. */
  readonly more: boolean;
  readonly output: string;
  readonly failed: boolean;
  readonly last: Last | null;
}

const LONGEST = 100_000;
const MOST = 200;

/** Null where there is no console, or no answer of ours. */
export function readTold(json: string): Told | null {
  const data = parse(json);
  if (!isObject(data) || typeof data.output !== "string") return null;
  return {
    more: data.more === true,
    output: data.output.slice(0, LONGEST),
    failed: data.failed === true,
    last: readLast(data.last),
  };
}

function readLast(data: unknown): Last | null {
  if (!isObject(data) || typeof data.type !== "string") return null;
  return {
    type: data.type.slice(0, MOST),
    count: isCount(data.count) ? data.count : null,
    names: texts(data.names),
    objects: isCount(data.objects) ? data.objects : 0,
    nbytes: isCount(data.nbytes) ? data.nbytes : 0,
  };
}

export const readCompletions = (json: string): readonly string[] => texts(parse(json));

const texts = (data: unknown): string[] =>
  Array.isArray(data)
    ? data
        .filter((each) => typeof each === "string")
        .slice(0, MOST)
        .map((each) => each.slice(0, MOST))
    : [];

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const isObject = (data: unknown): data is Record<string, unknown> =>
  typeof data === "object" && data !== null;
const isCount = (data: unknown): data is number => Number.isSafeInteger(data) && Number(data) >= 0;
