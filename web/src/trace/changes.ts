/** References that came or went in a stretch of time, as a person would tell them. */
import { type Holder, holdersOf, isFrame } from "./holders";
import { isShown, type Recording, upTo } from "./recording";
import { edgeHolds, isAlive, lineOfStack } from "./replay";

export interface Change {
  readonly by: Holder;
  readonly held: number;
  readonly made: boolean;
}

/**
 * References to shown objects by what is no name: attributes, items, closures. Left out are those
 * with which a new object came to be: a Function's inputs are part of its birth.
 */
export function changesBetween(r: Recording, after: number, upto: number): Change[] {
  const made: Change[] = [];
  const { from, holder, held, strength } = r.edges;
  for (let edge = upTo(from, after); edge < upTo(from, upto); edge++) {
    if (!isStory(r, edge) || strength[edge] === "borrowed" || !edgeHolds(r, edge, upto)) continue;
    const by = tell(r, edge, upto);
    const isNew = r.objects.born[by.holder]! > after;
    if (isNew && !isCell(r, by.holder)) continue;
    made.push({ by, held: held[edge]!, made: true });
  }
  const gone: Change[] = [];
  for (let row = upTo(r.ended.event, after); row < upTo(r.ended.event, upto); row++) {
    const edge = r.ended.edge[row]!;
    if (!isStory(r, edge) || from[edge]! > after || !isAlive(r, holder[edge]!, upto)) continue;
    // What was weak held nothing: the death of its target is told as that.
    if (strength[edge] !== "strong" && !isAlive(r, held[edge]!, upto)) continue;
    const by = tell(r, edge, after);
    const again = made.some((m) => m.by.holder === by.holder && m.by.path === by.path);
    if (!again && isAlive(r, by.holder, upto)) gone.push({ by, held: held[edge]!, made: false });
  }
  return [...made, ...gone];
}

const isCell = (r: Recording, object: number): boolean => r.objects.kind[object] === "cell";

const isStory = (r: Recording, edge: number): boolean =>
  isShown(r.objects.kind[r.edges.held[edge]!]!) && !isFrame(r, r.edges.holder[edge]!);

function tell(r: Recording, edge: number, event: number): Holder {
  const { holder, held, name, strength } = r.edges;
  const known = holdersOf(r, held[edge]!, event).find((by) => by.edge === edge);
  return known ?? { edge, holder: holder[edge]!, path: name[edge]!, strength: strength[edge]! };
}

/** Frames of the program's functions that were left, and exceptions that came up with a traceback. */
export function framesLeft(r: Recording, after: number, upto: number): number[] {
  const found: number[] = [];
  for (let row = upTo(r.deaths.event, after); row < upTo(r.deaths.event, upto); row++) {
    const object = r.deaths.object[row]!;
    const own = lineOfStack(r, r.objects.stack[object]!) > 0;
    if (own && r.objects.kind[object] === "frame" && r.objects.holds[object]!.length)
      found.push(object);
  }
  return found;
}

export function exceptionsRaised(r: Recording, after: number, upto: number): number[] {
  const found: number[] = [];
  const { from, holder, name } = r.edges;
  for (let edge = upTo(from, after); edge < upTo(from, upto); edge++) {
    const by = holder[edge]!;
    const raised = r.objects.kind[by] === "exception" && name[edge] === "__traceback__";
    if (raised && r.objects.born[by]! > after && isAlive(r, by, upto)) found.push(by);
  }
  return found;
}

/** The text of a line of the program, without its indent. */
export function textOfLine(r: Recording, location: number): string {
  const text = r.files.text[r.locations.file[location]!];
  return text?.split("\n")[r.locations.line[location]! - 1]?.trim() ?? "";
}
