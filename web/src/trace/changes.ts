/** References that came or went in a stretch of time, as a person would tell them. */
import { type Holder, holdersOf, isFrame, unnamedOf } from "./holders";
import { isShown, type Recording, upTo } from "./recording";
import { edgeHolds, edgesTo, isAlive, lineOfStack } from "./replay";

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

export const isCell = (r: Recording, object: number): boolean => r.objects.kind[object] === "cell";

/** The name that a function and those within it share by a cell; "" where it is not known. */
export function nameOfCell(r: Recording, cell: number, event: number): string {
  const edge = edgesTo(r, cell, event).find((one) => isFrame(r, r.edges.holder[one]!));
  const name = edge === undefined ? "" : r.edges.name[edge]!;
  return unnamedOf(name) ? "" : name;
}

const isStory = (r: Recording, edge: number): boolean =>
  isShown(r.objects.kind[r.edges.held[edge]!]!) && !isFrame(r, r.edges.holder[edge]!);

function tell(r: Recording, edge: number, event: number): Holder {
  const { holder, held, name, strength } = r.edges;
  const known = holdersOf(r, held[edge]!, event).find((by) => by.edge === edge);
  return known ?? { edge, holder: holder[edge]!, path: name[edge]!, strength: strength[edge]! };
}

/** What died in the step among frames, oldest death first. */
function framesDied(r: Recording, after: number, upto: number): number[] {
  const dead = r.deaths.object.slice(upTo(r.deaths.event, after), upTo(r.deaths.event, upto));
  return dead.filter((object) => r.objects.kind[object] === "frame");
}

/** Frames of functions that the program has, and that had something of its own. */
export function framesLeft(r: Recording, after: number, upto: number): number[] {
  const own = new Set(r.locations.function);
  return framesDied(r, after, upto).filter(
    (frame) =>
      own.has(r.objects.type[frame]!) &&
      !CLASS_BODY.test(r.objects.type[frame]!) &&
      lineOfStack(r, r.objects.stack[frame]!) > 0 &&
      r.objects.holds[frame]!.length > 0,
  );
}

/** Those of generators and coroutines that wait, and go on holding what is local to them. */
export function callsPaused(r: Recording, after: number, upto: number): number[] {
  const isKept = (edge: number): boolean =>
    edgesTo(r, r.edges.held[edge]!, upto).some(
      (other) =>
        r.objects.kind[r.edges.holder[other]!] === "generator" &&
        r.edges.name[other] === r.edges.name[edge],
    );
  return framesLeft(r, after, upto).filter((frame) => r.objects.holds[frame]!.some(isKept));
}

const CLASS_BODY = /^<class (.+)>$/s;

/** Names of the classes whose bodies ended. */
export const classesMade = (r: Recording, after: number, upto: number): string[] =>
  framesDied(r, after, upto).flatMap(
    (frame) => CLASS_BODY.exec(r.objects.type[frame]!)?.slice(1) ?? [],
  );

/** Exceptions that are on their way out of where they were raised, or are handled there. */
export const exceptionsRaised = (r: Recording, after: number, upto: number): number[] => {
  const isRaised = (edge: number): boolean => {
    const word = unnamedOf(r.edges.name[edge]!)?.word;
    return (
      word === "raised" || (word === "handled" && r.objects.born[r.edges.held[edge]!]! > after)
    );
  };
  return [...new Set(newEdges(r, after, upto, isRaised).map((edge) => r.edges.held[edge]!))];
};

/** Exceptions that came out of calls, whose frames their tracebacks keep since. */
export const exceptionsCaught = (r: Recording, after: number, upto: number): number[] =>
  newEdges(r, after, upto, (edge) => r.edges.name[edge] === "__traceback__")
    .map((edge) => r.edges.holder[edge]!)
    .filter((object) => r.objects.kind[object] === "exception" && isAlive(r, object, upto));

/** Edges of the step that still hold at its end. */
function newEdges(
  r: Recording,
  after: number,
  upto: number,
  wanted: (edge: number) => boolean,
): number[] {
  const found: number[] = [];
  for (let edge = upTo(r.edges.from, after); edge < upTo(r.edges.from, upto); edge++) {
    if (wanted(edge) && edgeHolds(r, edge, upto)) found.push(edge);
  }
  return found;
}

/** The text of a line of the program, without its indent. */
export function textOfLine(r: Recording, location: number): string {
  const text = r.files.text[r.locations.file[location]!];
  return text?.split("\n")[r.locations.line[location]! - 1]?.trim() ?? "";
}
