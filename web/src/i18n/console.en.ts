import type { Last } from "../runtime/console";
import { bytes } from "./numbers";
import { code, type Rich, rich, strong } from "./rich";

const many = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

/** English texts of the console. */
export const consoleEn = {
  name: "Console",
  hint: "what is left: Enter runs, Tab completes",
  busy: "Running",
  gone: "The interpreter that ran the program is gone, and what the program left with it. Run it again.",
  apart: {
    limit: "What you do here is not recorded: the recording has reached its limit.",
    python:
      "What you do here is not recorded: Python code recorded this program, and ended with it.",
  },
  none: {
    words: rich`There is no console after this run: the program has something that acts at its end (${code("__del__")}, a finalizer, an open generator), so its end was not put off. To ask about its objects, take that out and run it again.`,
    unread: rich`There is no console after this run: Python could not read the program, so it has left nothing. Mend it and run it again.`,
    died: rich`There is no console after this run: the interpreter ended with the program, and what it had made is gone. The recording up to there stays; let the program end by itself, and run it again.`,
    changed: rich`There is no console after this run: the program changed parts that Python or the recorder are made of, so its interpreter was put away. Leave those as they are, and run it again.`,
    full: rich`There is no console after this run: Python’s memory grew beyond 512 MiB, so its interpreter was put away to make room for the next. Let the program use less, and run it again.`,
    stopped: rich`There is no console after this run: it was stopped, and what it had made is gone with its interpreter. Let the program end by itself to ask about its objects.`,
  },
  last(last: Last): Rich {
    const { type, count, names, objects, nbytes } = last;
    const also = names.length ? rich`, also held by ${listed(names)}` : [];
    const bill =
      count === null
        ? rich`${code("_")} holds an ${code(type)} that is never freed.`
        : rich`${code("_")} holds a ${code(type)}: reference count ${strong(count)}${also}.`;
    if (objects === 0) return rich`${bill} Nothing else lives because of it.`;
    const size = nbytes ? `, ${bytes(nbytes)},` : "";
    return rich`${bill} ${strong(`${many(objects, "object")}${size}`)} ${objects === 1 ? "lives" : "live"} because of ${code("_")} alone.`;
  },
};

function listed(names: readonly string[]): Rich {
  return names.flatMap((name, i) => (i ? [", ", code(name)] : [code(name)]));
}
