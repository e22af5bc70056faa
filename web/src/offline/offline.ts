/**
 * The page's side of the service worker. A page that has no version (one file on a
 * disk) or no service workers (no secure context, some private windows) goes on without.
 */
import { digestOf } from "../runtime/digest";
import { cacheName } from "./names";

const LOST =
  "Livegrad will not open without a network: the browser had no room for its files, or could not fetch them all.";

/** Digits of a digest that names of files have. */
const NAMED = 10;

/** Has the site kept; the files that are given are emptied into its cache. */
type Keep = (files: Map<string, ArrayBuffer>) => void;

/**
 * Hold this page's version. Returns what has the site kept, to be called when Python is there
 * with the files that were fetched for it: nothing is fetched twice, and nothing before its time.
 */
export function holdVersion(): Keep {
  const version = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content;
  const serviceWorker = workers();
  const { locks } = navigator;
  if (!version || !serviceWorker || !locks) return () => {};
  const home = new URL("./", document.baseURI).href;
  const own = cacheName(home, version);
  // Until the page closes.
  locks.request(own, { mode: "shared" }, () => new Promise(() => {})).catch(() => {});
  return (files) =>
    whenIdle(async () => {
      await put(files, own).catch(() => {}); // the service worker will try as well, and be told
      files.clear();
      await keep(serviceWorker, home, own).catch(() => {});
    });
}

function workers(): ServiceWorkerContainer | null {
  try {
    return navigator.serviceWorker ?? null;
  } catch {
    return null; // Forbidden, as in sandboxed frames.
  }
}

/** Not all browsers can tell. */
const whenIdle = (act: () => void): unknown =>
  "requestIdleCallback" in globalThis ? requestIdleCallback(act) : setTimeout(act, 500);

/** Not all that is large finds room in the browser's own cache, from which the worker takes the rest. */
async function put(files: Map<string, ArrayBuffer>, own: string): Promise<void> {
  if (await caches.has(own)) return;
  const cache = await caches.open(own);
  for (const [address, file] of files) {
    const named = address.includes(`-${(await digestOf(file)).slice(0, NAMED)}.`);
    if (named) await cache.put(address, new Response(file));
  }
}

async function keep(worker: ServiceWorkerContainer, home: string, own: string): Promise<void> {
  const registration = await worker.register("./sw.js", { updateViaCache: "none" });
  const watch = () =>
    registration.installing?.addEventListener("statechange", tell, { once: true });
  registration.addEventListener("updatefound", watch);
  watch();
  for (const name of await caches.keys()) {
    if (!name.startsWith(cacheName(home, "")) || name === own) continue;
    // Granted when the last page of that version has closed.
    const closed = navigator.locks.request(name, () => {});
    closed.then(() => registration.active?.postMessage("tidy")).catch(() => {});
  }
}

/** From "installing" a worker goes on to "installed", or its install has failed. */
function tell({ target }: Event): void {
  if ((target as ServiceWorker).state === "redundant") console.warn(LOST);
}
