/** Why an object is alive, or is not, in a sentence. */
import { graphAt } from "../analysis/graph";
import { firstName, type Hop, hopsOf } from "../analysis/hops";
import { cycleThrough, nameOf, type Retention, retentions, thingOf } from "../analysis/paths";
import type { Texts } from "../i18n";
import { code, type Rich } from "../i18n/rich";
import { isFrame, unnamedOf } from "../trace/holders";
import type { Recording } from "../trace/recording";
import {
  edgeHolds,
  endOfStep,
  isAlive,
  labelOf,
  lineOfStack,
  startOfStep,
  stepOf,
} from "../trace/replay";

import { unnamedText } from "./holder";

/** Holders that are named; of a longer way the middle is left out. */
const MOST_HOPS = 5;

export function whyText(texts: Texts, r: Recording, object: number, event: number): Rich {
  const t = texts.why;
  const label = labelOf(r, object);
  if (isAlive(r, object, event)) {
    const [way] = retentions(r, event, object, 1);
    return way ? retentionText(texts, r, way) : islandText(texts, r, object, event);
  }
  if (r.objects.born[object]! > event) {
    return t.unborn(label, lineOfStack(r, r.objects.stack[object]!) || null);
  }
  const row = r.objects.death[object]!;
  const line = lineOfStack(r, r.deaths.stack[row]!) || null;
  return t.dead(label, line, causeText(texts, r, row));
}

/** Why something died, as a clause; row of the deaths. */
export function causeText(texts: Texts, r: Recording, row: number): Rich {
  const t = texts.why;
  const object = r.deaths.object[row]!;
  const edge = r.deaths.edge[row]!;
  const cause = r.deaths.cause[row]!;
  if (r.objects.kind[object] === "frame") return t.left(r.objects.type[object]!);
  if (edge < 0) return t.cause[cause](null, "");
  const holder = r.edges.holder[edge]!;
  const type = r.objects.type[holder]!;
  const known = r.objects.kind[holder] === "container" ? nameOf(r, holder) : null;
  if (cause === "item" && isCleared(r, edge, r.deaths.event[row]!)) {
    return t.cleared(type, known ?? labelOf(r, holder));
  }
  const name = r.edges.name[edge]!;
  const isItem = cause === "item" && known !== null;
  return t.cause[cause](
    isItem
      ? [code(known + name)]
      : isFrame(r, holder)
        ? [code(name)]
        : texts.holder.attributeOf(code(name), code(labelOf(r, holder))),
    type,
  );
}

/**
 * Whether a container lost all that was recorded of it in the step of an event, and lives on. One
 * that loses its only item has lost that item: so there must be two.
 */
function isCleared(r: Recording, edge: number, event: number): boolean {
  const step = stepOf(r, event);
  const end = endOfStep(r, step);
  const holder = r.edges.holder[edge]!;
  if (r.objects.kind[holder] !== "container" || event > end) return false;
  const start = startOfStep(r, step);
  const at = (when: number): number =>
    r.objects.holds[holder]!.filter((each) => edgeHolds(r, each, when)).length;
  return at(start) > 1 && at(end) === 0 && r.objects.died[holder]! > end;
}

export function retentionText(texts: Texts, r: Recording, way: Retention, most = MOST_HOPS): Rich {
  const t = texts.why;
  const label = thingOf(r, way.target, way.event);
  const name = nameOf(r, way.target);
  const subject = t.subject(label, name === "self" || name === label ? null : name);
  const hops = hopsOf(r, way).reverse();
  const [nearest, ...above] = hops;
  if (!nearest) return t.aliveUnexplained(subject, way.unexplained);
  const skipped = Math.max(0, hops.length - most);
  const last = hops.at(-1)!;
  const shown = skipped ? [...above.slice(0, most - 2), last] : above;
  const clauses = [nearest, ...shown].map((hop) => ({
    by: hopText(texts, r, hop, way.event),
    held: thingOf(r, hop.held, way.event),
    skipped: hop === last ? skipped : 0,
  }));
  return t.alive(subject, clauses, rootText(texts, r, way, last));
}

/** A reference as its holder knows it: `inputs[0]` of `Square#4` (line 7). */
export function hopText(texts: Texts, r: Recording, hop: Hop, event: number): Rich {
  const label = thingOf(r, hop.holder, event);
  const isPlace = isFrame(r, hop.holder) && label === r.objects.type[hop.holder];
  const unnamed = !hop.path || hop.path.startsWith("?");
  if (isFrame(r, hop.holder)) {
    const holder = unnamedText(texts, hop.path, r.objects.type[hop.holder]!);
    if (holder) return texts.why.byUnnamed(holder, hop.line);
  }
  return texts.why.by(unnamed ? "" : hop.path, isPlace && !unnamed ? null : label, hop.line);
}

function rootText(texts: Texts, r: Recording, way: Retention, hop: Hop): Rich {
  const t = texts.why.root;
  const first = firstName(hop.path);
  const label = thingOf(r, way.root, way.event);
  const kind = r.objects.kind[way.root];
  const unnamed = isFrame(r, way.root) ? unnamedOf(first) : null;
  if (unnamed?.word === "handled" || unnamed?.word === "raised") return t.exception();
  if (unnamed) return kind === "module" ? t.unfinished() : t.unreturned(r.objects.type[way.root]!);
  switch (kind) {
    case "module":
      return t.global(first, label === "<module>" ? null : label);
    case "frame":
      return first === "return" ? t.returning(label) : t.local(first, label);
    default:
      return way.unexplained ? t.unexplained(label, way.unexplained) : t.class(label);
  }
}

function islandText(texts: Texts, r: Recording, object: number, event: number): Rich {
  const label = labelOf(r, object);
  const ring = cycleThrough(graphAt(r, event), object);
  if (!ring) return texts.why.heldByRing(label);
  const hops = hopsOf(r, { edges: ring });
  const steps = hops.slice(0, MOST_HOPS).map(({ path, holder }) => ({
    name: path,
    of: thingOf(r, holder, event),
  }));
  return texts.why.ring(label, steps, hops.length - steps.length);
}

/** Plain text with its code in backticks, as a shell writes it. */
export const marked = (text: Rich): string =>
  text
    .map((p) => (typeof p === "string" ? p : p.mark === "code" ? `\`${p.text}\`` : p.text))
    .join("");
