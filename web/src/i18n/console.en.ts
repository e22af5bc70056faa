import type { Last } from "../runtime/console";
import { bytes } from "./numbers";
import { code, type Rich, rich, strong } from "./rich";

const many = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

/** English texts of the console. */
export const consoleEn = {
  name: "Console",
  hint: "what the program left: Enter runs, Tab completes",
  busy: "Running",
  gone: "The interpreter that ran the program is gone, and what the program left with it. Run it again.",
  closed:
    "Nothing is left to ask: the program has something that acts at its end (`__del__`, a finalizer, an open generator), so its end was not put off.",
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
