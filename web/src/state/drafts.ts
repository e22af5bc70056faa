/**
 * The text of each tab, kept apart: a tab has an id of its own, in its sessionStorage, which a
 * reload and a crash leave alone, and its draft lies in localStorage under that id. While a tab is
 * open it holds a lock of that name, so a new tab can tell the drafts of closed ones and goes on
 * with the newest; and a duplicated tab, which has the same id, can tell and takes another.
 *
 * Where there are no locks (no secure context) a new tab copies the newest draft and leaves it.
 */
export interface Draft {
  readonly source: string;
  /** The lesson that the text came from, or "". */
  readonly example: string;
}

interface Kept extends Draft {
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
}

export interface Drafts {
  /** What this tab goes on with; null on the first visit. */
  readonly found: Draft | null;
  write(draft: Draft): void;
}

/** What of a browser is needed, so that tests can bring their own. */
export interface Places {
  readonly local: Storage | null;
  readonly session: Storage | null;
  readonly locks: LockManager | null;
}

const PREFIX = "livegrad.draft.";
const TAB = "livegrad.tab";
/** Drafts of closed tabs that are kept; older ones go. */
const MOST = 10;

/**
 * Open this tab's draft. With `apart` the tab begins a draft of its own, because a link brought a
 * program: what it had before is then the draft of a closed tab.
 */
export async function openDrafts(places: Places, apart = false): Promise<Drafts> {
  const { local, session } = places;
  const own = apart ? null : read(session, TAB);
  const id = own !== null && (await hold(places.locks, own, PATIENCE_MS)) ? own : fresh();
  if (id !== own) await hold(places.locks, id);
  put(session, TAB, id);
  const found = draftOf(local, id) ?? (apart ? null : await adopt(places, id));
  return {
    found,
    write: (draft) => put(local, PREFIX + id, JSON.stringify({ ...draft, at: Date.now() })),
  };
}

const fresh = (): string => Math.random().toString(36).slice(2, 12);

/** A reload may meet the page before it, which is on its way out and holds the lock still. */
const PATIENCE_MS = 1500;

/** Hold the tab's lock until it closes; false where another tab holds it and keeps it. */
async function hold(locks: LockManager | null, id: string, patience?: number): Promise<boolean> {
  if (!locks) return true;
  return new Promise((answer) => {
    const held = () => {
      answer(true);
      return new Promise(() => {});
    };
    locks
      .request(PREFIX + id, patience ? { signal: AbortSignal.timeout(patience) } : {}, held)
      .catch(() => answer(false));
  });
}

/** The newest draft of a closed tab, now this tab's; those that are too many go. */
async function adopt({ local, locks }: Places, id: string): Promise<Draft | null> {
  const held = await locks?.query().catch(() => null);
  const open = new Set(held?.held?.map(({ name }) => name));
  const closed = keys(local)
    .filter((key) => !open.has(key))
    .map((key) => ({ key, draft: draftOf(local, key.slice(PREFIX.length)) }))
    .sort((a, b) => (b.draft?.at ?? 0) - (a.draft?.at ?? 0));
  const newest = closed[0];
  if (!newest?.draft) return null;
  for (const { key } of closed.slice(held ? MOST : Number.POSITIVE_INFINITY))
    local?.removeItem(key);
  put(local, PREFIX + id, JSON.stringify(newest.draft));
  if (held) local?.removeItem(newest.key);
  return newest.draft;
}

function keys(local: Storage | null): string[] {
  if (!local) return [];
  const all = Array.from({ length: local.length }, (_, i) => local.key(i) ?? "");
  return all.filter((key) => key.startsWith(PREFIX));
}

function draftOf(local: Storage | null, id: string): Kept | null {
  try {
    const { source, example, at } = JSON.parse(read(local, PREFIX + id) ?? "null");
    if (typeof source !== "string" || typeof example !== "string") return null;
    return { source, example, at: Number(at) || 0 };
  } catch {
    return null; // None yet, or not ours.
  }
}

function read(box: Storage | null, key: string): string | null {
  try {
    return box?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function put(box: Storage | null, key: string, value: string): void {
  try {
    box?.setItem(key, value);
  } catch {
    // Full: what is on the page stays there, only the next visit will not know it.
  }
}
