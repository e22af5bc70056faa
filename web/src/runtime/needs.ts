/**
 * What the page needs of its browser to run Python, asked before anything is fetched. (What the
 * worker alone needs shows when it does not start, which the page tells in words, too.)
 */
const NEEDS: [name: string, isThere: (scope: typeof globalThis) => boolean][] = [
  ["WebAssembly", (scope) => "WebAssembly" in scope],
  ["WebAssembly.Exception", (scope) => "Exception" in scope.WebAssembly],
  ["iframe sandbox", (scope) => "sandbox" in scope.HTMLIFrameElement.prototype],
];

/** The first thing that this browser lacks, by the name that its makers give it; or null. */
export function lackOf(scope: typeof globalThis): string | null {
  return NEEDS.find(([, isThere]) => !isThere(scope))?.[0] ?? null;
}
