/**
 * Takes away from the worker's global scope all but the language and what Python
 * needs of a browser, once Python has started.
 *
 * The frame's policy alone keeps a program from the network. It cannot keep it
 * from scripts at blob: addresses, since the worker is one: without this a program
 * could make one through `import js` (importScripts, or a worker in the worker).
 * It could also end its worker without a word (close).
 */
const LANGUAGE = `
  globalThis self Infinity NaN undefined eval isFinite isNaN parseFloat parseInt decodeURI
  decodeURIComponent encodeURI encodeURIComponent escape unescape
  Object Function Boolean Symbol Error AggregateError EvalError RangeError ReferenceError SyntaxError
  TypeError URIError SuppressedError Number BigInt Math Date String RegExp Intl Temporal Iterator
  AsyncIterator Array Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array
  Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array Map Set WeakMap
  WeakSet WeakRef FinalizationRegistry ArrayBuffer SharedArrayBuffer Atomics DataView JSON Promise
  Proxy Reflect DisposableStack AsyncDisposableStack WebAssembly`;
const BROWSER = `
  setTimeout clearTimeout setInterval clearInterval queueMicrotask structuredClone performance
  crypto console TextEncoder TextDecoder AbortController AbortSignal DOMException Event EventTarget`;
const OF_OBJECTS = `
  constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf
  __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__`;
const KEPT = new Set(`${LANGUAGE} ${BROWSER} ${OF_OBJECTS}`.split(/\s+/));

/** Returns what could not be taken away: nothing, unless a browser has news. */
export function lockDown(scope: object, kept: ReadonlySet<string> = KEPT): string[] {
  const left: string[] = [];
  for (let at: object | null = scope; at; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) {
      if (!kept.has(name) && !Reflect.deleteProperty(at, name)) left.push(name);
    }
  }
  return left;
}
