/**
 * Imported before Pyodide, which asks `importScripts` whether its worker is a module, as it
 * must be. Ours is classic (frame.js says why) and differs in nothing else that counts; the
 * question is a breach of the box's policy, which Firefox reports as an error.
 */
for (let at: object | null = self; at; at = Object.getPrototypeOf(at))
  Reflect.deleteProperty(at, "importScripts");
