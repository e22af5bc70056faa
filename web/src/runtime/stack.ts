/** Deep recursion in C, such as freeing a long linked list, must not kill the interpreter. */
import type { PyodideAPI } from "pyodide";

/**
 * CPython guards its stack by an address on WebAssembly's own stack of 10 MiB.
 * The browser's stack, about 1 MB, is full long before: the worker then dies
 * with a RangeError that Python cannot catch. Telling CPython that only this
 * much is there makes it stop in time, with a RecursionError or by freeing in
 * turns. Measured: below 48 KiB compile() fails, from 80 KiB on a list of
 * 100,000 nodes kills the worker.
 */
const STACK_BYTES = 65_536;

interface Module {
  _emscripten_stack_get_base(): number;
  _PyThreadState_Get(): number;
  _PyUnstable_ThreadState_SetStackProtection(thread: number, start: number, size: number): number;
}

export function protectStack(pyodide: PyodideAPI): void {
  const module = (pyodide as unknown as { _module: Module })._module;
  const base = module._emscripten_stack_get_base();
  module._PyUnstable_ThreadState_SetStackProtection(
    module._PyThreadState_Get(),
    base - STACK_BYTES,
    STACK_BYTES,
  );
}
