/**
 * The service worker: after one visit the site opens without a network.
 *
 * Every version of the site has a cache of its own, filled whole or not at all. A visit gets the
 * newest document that can be had, and the document names all its files by their hashes, so
 * whichever cache answers, a page never meets another version's files. A page holds a lock with
 * its version's name while it is open: the cache of a version whose lock is free can go.
 *
 * Not Workbox, which keeps one cache for the active version: either the new version waits
 * until the last tab of the old one is closed, or the old tab loses its files.
 */
import { cacheName } from "./names";

/** What the build writes before this script: each file that is kept, with its digest. */
declare const SITE: { version: string; files: Record<string, string> };

/** What TypeScript's library for documents lacks. */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface AskEvent extends LifeEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  registration: ServiceWorkerRegistration;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate" | "message", on: (event: LifeEvent) => void): void;
  addEventListener(type: "fetch", on: (event: AskEvent) => void): void;
}

const scope = self as unknown as Scope;
const home = scope.registration.scope;
const own = cacheName(home, SITE.version);
/** Milliseconds that a document is waited for where an older one is at hand. */
const PATIENCE = 3000;

/** Nothing under such a name ever changes. */
const isHashed = (path: string): boolean => /^(assets|runtime|recordings)\//.test(path);

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) =>
  event.waitUntil(Promise.all([scope.clients.claim(), tidy()])),
);
// A page that has seen the last page of another version close says so.
scope.addEventListener("message", (event) => event.waitUntil(tidy()));

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const address = origin + pathname;
  if (request.method !== "GET" || !address.startsWith(home)) return;
  const path = address.slice(home.length).replace(/^index\.html$/, "");
  if (isHashed(path)) event.respondWith(wherever(path, request));
  else if (Object.hasOwn(SITE.files, path)) event.respondWith(newest(path, request));
  if (request.mode === "navigate") event.waitUntil(tidy());
});

async function install(): Promise<void> {
  const cache = await caches.open(own);
  try {
    await Promise.all(
      Object.entries(SITE.files).map(async ([path, integrity]) =>
        cache.put(home + path, (await kept(path)) ?? (await fetched(path, integrity))),
      ),
    );
  } catch (error) {
    await caches.delete(own);
    throw error;
  }
  await scope.skipWaiting();
}

/** A hashed file out of whichever version's cache has it. */
async function kept(path: string): Promise<Response | undefined> {
  if (!isHashed(path)) return undefined;
  for (const name of await versions()) {
    const found = await caches.match(home + path, { cacheName: name, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

async function wherever(path: string, request: Request): Promise<Response> {
  return (await kept(path).catch(() => undefined)) ?? fetch(request);
}

/** What the page has fetched is in the browser's cache already, fresh or not: its name tells. */
async function fetched(path: string, integrity: string): Promise<Response> {
  const get = (cache: RequestCache) => fetch(home + path, { cache, integrity });
  const answer = await get(isHashed(path) ? "force-cache" : "no-cache").catch(() => get("reload"));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  // A visit may not be answered with what was redirected ("./" to index.html, on some hosts).
  return answer.redirected ? new Response(answer.body, answer) : answer;
}

/** The server's, or if it is silent, slow or broken, this version's own. */
async function newest(path: string, request: Request): Promise<Response> {
  // Hosts that say nothing of caching have browsers guess how long a document is good.
  const network = fetch(request, { cache: "no-cache" });
  const sound = network.then((answer) => (answer.status < 500 ? answer : undefined));
  const late = new Promise<undefined>((done) => setTimeout(done, PATIENCE));
  const first = await Promise.race([sound, late]).catch(() => undefined);
  return first ?? (await caches.match(home + path, { cacheName: own })) ?? network;
}

async function versions(): Promise<string[]> {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(cacheName(home, "")));
}

/** Delete the caches of versions that no page shows any more. */
async function tidy(): Promise<void> {
  const { installing, waiting } = scope.registration;
  if (installing || waiting) return; // A newer version is filling its cache.
  for (const name of await versions()) {
    if (name === own) continue;
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await caches.delete(name);
    });
  }
}
