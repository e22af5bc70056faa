import { code, type Rich, rich, term } from "./rich";
import { terms } from "./terms.en";

/** A holder of a way: `inputs[0] of Square#4 (line 7)` holds `held`, so many holders further up. */
export interface Clause {
  readonly by: Rich;
  readonly held: string;
  readonly skipped: number;
}

const many = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;
const at = (line: number | null): string => (line === null ? "" : ` on line ${line}`);
const unexplained = (n: number): string =>
  `${n === 1 ? "a reference" : `${n} references`} from where Python does not show any: C code, or a call in progress`;

function listed(parts: readonly Rich[]): Rich {
  if (parts.length === 1) return parts[0]!;
  return parts.flatMap((part, i) =>
    i === 0 ? part : [i === parts.length - 1 ? ", and " : ", ", ...part],
  );
}

/** Why an object is alive: word for word what Python's own analysis says. */
export const why = {
  subject: (label: string, name: string | null): Rich =>
    name === null ? rich`${code(label)}` : rich`${code(label)} (${code(name)})`,
  by: (path: string, owner: string | null, line: number | null): Rich => [
    ...(path ? [code(path), ...(owner ? [" of ", code(owner)] : [])] : [code(owner ?? "")]),
    line === null ? "" : ` (line ${line})`,
  ],
  byUnnamed: (holder: Rich, line: number | null): Rich =>
    rich`${holder}${line === null ? "" : ` (line ${line})`}`,
  alive: (subject: Rich, clauses: readonly Clause[], root: Rich): Rich => {
    const said = clauses.map(({ by, held, skipped }, i) =>
      i === 0
        ? rich`${by} holds it`
        : rich`${skipped ? `${many(skipped, "holder")} further up, ` : ""}${by} holds ${code(held)}`,
    );
    return rich`${subject} is alive because ${listed(said)}; ${root}.`;
  },
  aliveUnexplained: (subject: Rich, n: number): Rich =>
    rich`${subject} is alive because of ${unexplained(n)}.`,
  root: {
    global: (name: string, module: string | null): Rich =>
      rich`${code(name)} is a global${module === null ? "" : rich` of ${code(module)}`}`,
    returning: (frame: string): Rich => rich`${code(frame)} is about to return`,
    unreturned: (frame: string): Rich => rich`${code(frame)} has not returned`,
    unfinished: (): Rich => rich`the line has not ended`,
    exception: (): Rich => rich`the exception is not done with`,
    local: (name: string, frame: string): Rich =>
      rich`${code(name)} is a local of ${code(frame)}, which has not returned`,
    class: (label: string): Rich => rich`${code(label)} is a class, which its instances keep`,
    unexplained: (label: string, n: number): Rich => rich`${code(label)} has ${unexplained(n)}`,
  },
  ring: (label: string, steps: readonly { name: string; of: string }[], more: number): Rich =>
    rich`${code(label)} is alive although nothing reaches it: it holds itself, by ${steps.flatMap(
      ({ name, of }, i) => rich`${i ? ", " : ""}${code(name)} of ${code(of)}`,
    )}${more ? ` and ${more} more` : ""}; only the ${term("collector", terms.collector)} frees such a cycle.`,
  heldByRing: (label: string): Rich =>
    rich`${code(label)} is alive although nothing reaches it: a reference ${term("cycle", terms.island)} holds it, and only the ${term("collector", terms.collector)} frees that.`,
  unborn: (label: string, line: number | null): Rich =>
    rich`${code(label)} is not born yet at this step: it is born later${at(line)}.`,
  dead: (label: string, line: number | null, cause: Rich): Rich =>
    rich`${code(label)} is dead: it died${at(line)} because ${cause}.`,
  /** Of the reference that ended last: null where it is not known. */
  cause: {
    rebound: (by: Rich | null): Rich =>
      by ? rich`the name ${by} was rebound or deleted` : rich`its last name was rebound or deleted`,
    attribute: (by: Rich | null): Rich =>
      rich`the attribute ${by ?? "that held it"} was set anew or deleted`,
    item: (by: Rich | null): Rich => rich`the item ${by ?? "that held it"} was removed or replaced`,
    frame: (by: Rich | null, fn: string): Rich =>
      by
        ? rich`the frame of ${code(fn)} was left, where ${by} held it`
        : rich`the frame that held it was left`,
    holder: (by: Rich | null): Rich =>
      by ? rich`its last holder, ${by}, died` : rich`its last holder died`,
    temporary: (): Rich => rich`nothing held it beyond the line`,
    count: (): Rich => rich`its reference count became 0`,
    collector: (): Rich =>
      rich`the ${term("collector", terms.collector)} found that nothing reached it`,
  },
  cleared: (type: string, container: string): Rich =>
    rich`the ${type} ${code(container)} was cleared`,
  left: (fn: string): Rich => rich`the frame of ${code(fn)} was left`,
};

/** The edit that lets an object die. */
export const cure = {
  traceback: (error: string): Rich =>
    rich`a traceback keeps the frames it passed, with all their locals: ${code(`del ${error}`)}, or ${code(`traceback.clear_frames(${error}.__traceback__)`)} if you need the exception`,
  interactive: (name: string, several: boolean): Rich =>
    rich`${code(name)} holds the last ${several ? "results" : "result"} of an interactive session: evaluate something else, or ${code(`del ${name}`)}`,
  cache: (name: string): Rich =>
    rich`the cache of ${code(name)} holds every argument, ${code("self")} among them: call ${code(`${name}.cache_clear()`)}, or use ${code("functools.cached_property")}, which stores the result in the object itself`,
  view: (name: string): Rich =>
    rich`${code(name)} is a view, and keeps the whole array that it looks at: keep ${code(`${name}.copy()`)} instead`,
  gradientGraph: (name: string): Rich =>
    rich`the gradient of ${code(name)} has a graph of its own (create_graph=True): call ${code(`${name}.cleargrad()`)} when you have used it`,
  collected: (verb: "append" | "add" | "store", value: string): Rich =>
    rich`${verb} ${code(value)} instead of the Variable`,
  keptByFunction: (type: string, attribute: string): Rich =>
    rich`${code(type)} keeps a Variable in ${code(`self.${attribute}`)}: keep its array (${code(".data")}), or read an output back as ${code("self.outputs[0]()")}`,
  closure: (fn: string, name: string, ofValue: boolean): Rich =>
    ofValue
      ? rich`the function ${code(fn)} closes over ${code(name)}: drop ${code(fn)}, or let it close over the number it needs (${code(`value = float(${name}.data)`)})`
      : rich`the function ${code(fn)} closes over ${code(name)}: drop ${code(fn)}, pass ${code(name)} as an argument, or close over ${code(`weakref.ref(${name})`)}`,
  recurrentState: (path: string): Rich =>
    rich`${code(path)} holds the graph of all steps so far: call ${code(`${path}.unchain_backward()`)} every few steps, or reset the state between sequences`,
  unexplained: rich`look for a C extension or a call in progress`,
  return: (fn: string): Rich => rich`let ${code(fn)} return`,
  line: rich`let the line end`,
  except: rich`let the ${code("except")} block end`,
  frame: (fn: string, path: string): Rich =>
    rich`let ${code(fn)} return, or ${code(`del ${path}`)} in it`,
  generator: (path: string): Rich => rich`${code(`${path}.close()`)}, or let the generator end`,
  set: (path: string): Rich => rich`remove it from the set ${code(path)}`,
  attribute: (path: string): Rich =>
    rich`${code(`${path} = None`)}, or hold it by ${code("weakref.ref")}`,
  name: (path: string): Rich => rich`${code(`del ${path}`)}`,
};
