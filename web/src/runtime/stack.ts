/**
 * The two stacks of the interpreter. CPython guards the one in WebAssembly's memory; the browser
 * keeps another of about 1 MB, which nobody can look at, and dies of it uncatchably. C code that
 * needs little of the first and much of the second passes CPython's guard: the freeing of lists in
 * lists, closures of closures. So frees are counted here, and those that are nested deeper than
 * `DEEPEST` wait until there is room: CPython's trashcan again, by another measure. So are hashes,
 * which raise beyond `DEEPEST_HASH`.
 */
import type { EmscriptenModule } from "../probe/memory";

/** Frees within frees; each takes some 500 bytes of the browser's stack. */
const DEEPEST = 100;
/** Hashes within hashes: of a tuple in tuples. */
const DEEPEST_HASH = 500;
/** Of struct _typeobject, in a build of 32 bits. */
const TP_BASICSIZE = 16;
const TP_DEALLOC = 24;
const TP_HASH = 60;
/** _PyOS_STACK_MARGIN_BYTES of pycore_pythonrun.h; the limits stand one and two from the end. */
const MARGIN = 8 * 1024;
/** Bytes beyond which overflowing is fatal: the large frames of numpy's ufuncs raise before. */
const HARD = 256 * 1024;
/** Words of the thread's state that are searched for its limits. */
const STATE = 4096;

type Free = (object: number) => void;
type Hash = (object: number) => number;

export class Stack {
  readonly #module: EmscriptenModule;
  #frees = 0;
  readonly #waiting: { object: number; free: Free }[] = [];

  constructor(module: EmscriptenModule) {
    this.#module = module;
  }

  /** Have CPython raise, or free in turns, when it has used so many bytes but for two margins. */
  protect(size: number): void {
    const module = this.#module;
    const thread = module._PyThreadState_Get();
    const top = module._emscripten_stack_get_base();
    const end = top - size;
    module._PyUnstable_ThreadState_SetStackProtection(thread, end, size);
    const words = module.HEAPU32.subarray(thread >>> 2, (thread >>> 2) + STATE);
    const limits = [top, end + 2 * MARGIN, end + MARGIN];
    const found = words.findIndex((_, i) => limits.every((limit, n) => words[i + n] === limit));
    if (found >= 0) words[found + 2] = top - HARD;
  }

  /**
   * Count the frees of these types, and of all that share their function. JSON text: address and
   * basic size of each, by which it is known that the words are where they are looked for.
   */
  guardFrees(types: string): void {
    this.#exchange<Free>(types, TP_DEALLOC, "vi", (free) => this.#counting(free));
  }

  /** Have the hashes of these types, told likewise, raise a RecursionError in time. */
  guardHashes(types: string): void {
    const module = this.#module;
    const words = module.stringToNewUTF8("maximum recursion depth exceeded in a hash");
    let depth = 0;
    this.#exchange<Hash>(types, TP_HASH, "ii", (hash) => (object) => {
      if (depth === DEEPEST_HASH) {
        module._PyErr_SetString(module.HEAPU32[module._PyExc_RecursionError >>> 2]!, words);
        return -1;
      }
      depth++;
      const hashed = hash(object);
      depth--;
      return hashed;
    });
  }

  #exchange<F extends Free | Hash>(
    types: string,
    field: number,
    signature: string,
    guarded: (original: F) => F,
  ): void {
    const { HEAPU32, wasmTable } = this.#module;
    const listed: [address: number, size: number][] = JSON.parse(types);
    const known = listed.filter(([type, size]) => HEAPU32[(type + TP_BASICSIZE) >>> 2] === size);
    const slots = new Set(known.map(([type]) => HEAPU32[(type + field) >>> 2]!));
    for (const slot of slots) {
      const original = wasmTable.get(slot) as F | null;
      if (original?.length !== 1) continue;
      const guard = guarded(original) as (...args: number[]) => number;
      // Every pointer to the function, from whatever type, leads to the other one.
      wasmTable.set(slot, wasmTable.get(this.#module.addFunction(guard, signature)));
    }
  }

  #counting(free: Free): Free {
    return (object) => {
      if (this.#frees === DEEPEST) {
        // Held, so that a collection meanwhile finds nothing that is dead already.
        this.#module.HEAPU32[object >>> 2] = 1;
        this.#waiting.push({ object, free });
        return;
      }
      this.#frees++;
      free(object);
      if (this.#frees === DEEPEST) this.#freeWaiting();
      this.#frees--;
    };
  }

  #freeWaiting(): void {
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) {
      const { object, free } = next;
      // More than one, if a finalizer has found it by a weak reference: it lives on.
      const { HEAPU32 } = this.#module;
      const count = HEAPU32[object >>> 2]! - 1;
      HEAPU32[object >>> 2] = count;
      if (!count) free(object);
    }
  }
}
