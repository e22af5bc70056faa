/**
 * Python functions made of JavaScript: the interpreter calls them as it calls
 * C, so that a call allocates nothing on its heap.
 */
import type { Memory } from "./memory";

/** Takes the address of its arguments (words, each an object) and their number. */
export type Body = (args: number, count: number) => void;

const METH_FASTCALL = 0x80;

/** Sets `name` of a Python object to a builtin function that runs `body` and returns None. */
export function define(memory: Memory, owner: number, name: string, none: number, body: Body) {
  answer(memory, owner, name, (args, count) => {
    body(args, count);
    return none;
  });
}

/** As `define`; `body` returns the address of the result, which the caller comes to own. */
export function answer(
  memory: Memory,
  owner: number,
  name: string,
  body: (args: number, count: number) => number,
): void {
  const { module } = memory;
  const call = module.addFunction((_self, args, count) => body(args! >>> 0, count!), "iiii");
  // Kept for good: the function may be called as long as the interpreter lives.
  const text = memory.newCString(name);
  const def = memory.allocate(16);
  module.HEAPU32.set([text, call, METH_FASTCALL, 0], def >>> 2);
  const made = module._PyCMethod_New(def, 0, 0, 0);
  module._PyObject_SetAttrString(owner, text, made);
  module._Py_DecRef(made);
}
