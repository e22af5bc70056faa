/**
 * Reads what comes from the worker, which a program may have forged: what is not
 * exactly a reply of ours is none, and texts that are shown are of bounded length.
 */
import { type Fault, WHYS, type Why } from "./faults";
import { type Part, PROTOCOL, type Reply, type Wear } from "./messages";

const PARTS: readonly Part[] = ["header", "chunk", "end"];
/** Of a text that is shown to the reader; a longer one is cut. */
const LONGEST = 500;

/** The reply, made anew of nothing but its known fields; null where it is none. */
export function readReply(data: unknown): Reply | null {
  if (!isObject(data) || data.v !== PROTOCOL || !isCount(data.id)) return null;
  const head = { v: PROTOCOL, id: data.id } as const;
  const { type, python, numpy, part, json, worn, open, early, fault } = data;
  switch (type) {
    case "ready":
      return isText(python) && isText(numpy)
        ? { ...head, type, python: cut(python), numpy: cut(numpy) }
        : null;
    case "trace":
      return isPart(part) && isText(json) ? { ...head, type, part, json } : null;
    case "done":
      return isWear(worn) && typeof open === "boolean" && typeof early === "boolean"
        ? { ...head, type, worn, open, early }
        : null;
    case "told":
      return isText(json) ? { ...head, type, json } : null;
    case "fault": {
      const read = readFault(fault);
      return read && { ...head, type, fault: read };
    }
    default:
      return null;
  }
}

/** Those that a worker may report; the others are the page's own findings. */
function readFault(data: unknown): Fault | null {
  if (!isObject(data) || !isText(data.detail)) return null;
  const { code, why, line } = data;
  const detail = cut(data.detail);
  if (code === "start") return { code, detail };
  if (line !== null && !isCount(line)) return null;
  if (code === "broken") return { code, line, detail };
  return code === "died" && isWhy(why) ? { code, why, line, detail } : null;
}

/** What a message weighs: characters of text, the only thing in it that can be long. */
export const weight = (reply: Reply): number =>
  reply.type === "trace" || reply.type === "told" ? reply.json.length : 0;

const isObject = (data: unknown): data is Record<string, unknown> =>
  typeof data === "object" && data !== null && !Array.isArray(data);
const isText = (data: unknown): data is string => typeof data === "string";
const isCount = (data: unknown): data is number => Number.isSafeInteger(data) && Number(data) >= 0;
const isPart = (data: unknown): data is Part => PARTS.includes(data as Part);
const isWear = (data: unknown): data is Wear | null =>
  data === null || data === "changed" || data === "full";
const isWhy = (data: unknown): data is Why => WHYS.includes(data as Why);
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
