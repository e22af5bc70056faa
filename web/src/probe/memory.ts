/**
 * The interpreter as seen from outside: Emscripten's module and the memory of
 * its WebAssembly. Addresses are numbers; nothing here knows what stands there.
 */

/** What we use of Emscripten's module (`pyodide._module`). */
export interface EmscriptenModule {
  /** The views are replaced when the memory grows: never keep one. */
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  readonly HEAPF64: Float64Array;
  readonly memory: WebAssembly.Memory;
  readonly wasmTable: WebAssembly.Table;
  addFunction(fn: (...args: number[]) => number, signature: string): number;
  removeFunction(index: number): void;
  _malloc(size: number): number;
  _free(at: number): void;
  _PyThreadState_Get(): number;
  _PyUnstable_ThreadState_SetStackProtection(thread: number, start: number, size: number): number;
  _emscripten_stack_get_base(): number;
  _PyErr_SetString(type: number, words: number): void;
  /** Where the address of the exception's type stands. */
  readonly _PyExc_RecursionError: number;
  stringToNewUTF8(text: string): number;
  _PyInterpreterState_Get(): number;
  _PyRefTracer_SetTracer(fn: number, data: number): number;
  _PyCMethod_New(def: number, self: number, module: number, cls: number): number;
  _PyObject_SetAttrString(object: number, name: number, value: number): number;
  _Py_IncRef(object: number): void;
  _Py_DecRef(object: number): void;
}

/** Bytes and words of the memory; every method takes an address. */
export class Memory {
  constructor(readonly module: EmscriptenModule) {}

  u8(at: number): number {
    return this.module.HEAPU8[at]!;
  }

  u32(at: number): number {
    return this.module.HEAPU32[at >>> 2]!;
  }

  f64(at: number): number {
    // A double need not stand on a multiple of eight.
    const bytes = this.module.HEAPU8;
    return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getFloat64(0, true);
  }

  /** Whether a word may be the address of an object. */
  isAddress(word: number): boolean {
    return word >= 1024 && (word & 3) === 0 && word + 64 < this.module.HEAPU8.length;
  }

  /** A C string in UTF-8. */
  cString(at: number): string {
    const bytes = this.module.HEAPU8;
    let end = at;
    while (bytes[end]) end++;
    return utf8.decode(bytes.subarray(at, end));
  }

  /** Memory that stays ours until `free`; null is never returned: without memory nothing works. */
  allocate(size: number): number {
    const at = this.module._malloc(size) >>> 0;
    if (!at) throw new Error("The browser gives Python no more memory.");
    return at;
  }

  newCString(text: string): number {
    const bytes = new TextEncoder().encode(text);
    const at = this.allocate(bytes.length + 1);
    this.module.HEAPU8.set(bytes, at);
    this.module.HEAPU8[at + bytes.length] = 0;
    return at;
  }
}

const utf8 = new TextDecoder();
