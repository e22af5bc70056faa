/** Programs that print all that a program can know of the lives of its objects. */
import { program } from "./programs";

/**
 * Tells of every collection, its generation and line; of counts of references and weak
 * references; and when and at which line what it is given dies.
 */
export const WITNESS = `import gc, sys, weakref
said = []
def here():
    frame = sys._getframe(2)
    while frame and frame.f_globals is not globals(): frame = frame.f_back
    return frame and frame.f_lineno
def collected(phase, info):
    said.append((phase, info["generation"], info["collected"], here()))
gc.callbacks.append(collected)
def watch(thing, name):
    try: return weakref.ref(thing, lambda _: said.append((name, here())))
    except TypeError: return None
watches = []
def witness():
    for name in ("x", "y", "call", "numbers", "view"):
        thing = globals()[name]
        said.append((name, sys.getrefcount(thing), weakref.getweakrefcount(thing)))
        watches.append(watch(thing, name))
    del watches[:-20]
`;

/** Prints what the witness has said. */
export const TESTIMONY =
  "gc.callbacks.remove(collected)\ngc.set_threshold(2000, 10, 0)\nprint(said)\n";

/** A program made at random, with a witness after each statement. */
export function witnessed(seed: number, statements: number): string {
  const body = program(seed, statements, "witness()\n");
  return `${WITNESS}gc.set_threshold(40, 5, 0)\n${body}${TESTIMONY}`;
}
