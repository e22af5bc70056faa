/**
 * The name of a version's cache, and of the lock that its open pages hold. Caches belong to the
 * whole origin, where there may be other labs, below other paths.
 */
export const cacheName = (home: string, version: string): string =>
  `livegrad ${new URL(home).pathname} ${version}`;
