import { beforeEach, describe, expect, it } from "vitest";
import { openDrafts, type Places } from "./drafts";

class Box {
  readonly #items = new Map<string, string>();
  get length(): number {
    return this.#items.size;
  }
  key = (i: number): string | null => [...this.#items.keys()][i] ?? null;
  getItem = (key: string): string | null => this.#items.get(key) ?? null;
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
  removeItem = (key: string): void => void this.#items.delete(key);
  clear = (): void => this.#items.clear();
  copy(): Box {
    const other = new Box();
    for (const [key, value] of this.#items) other.setItem(key, value);
    return other;
  }
}

/** Locks of all tabs of a browser; a tab's end lets go of what it held. */
class Locks {
  readonly held = new Map<string, object>();
  of(tab: object): LockManager {
    return {
      request: async (name: string, _: unknown, use: (lock: Lock | null) => unknown) => {
        if (this.held.has(name)) throw new DOMException("", "TimeoutError");
        this.held.set(name, tab);
        return use({ name, mode: "exclusive" });
      },
      query: async () => ({ held: [...this.held.keys()].map((name) => ({ name })) }),
    } as unknown as LockManager;
  }
  close(tab: object): void {
    for (const [name, holder] of this.held) if (holder === tab) this.held.delete(name);
  }
}

const draft = (source: string) => ({ source, example: "" });

describe("openDrafts", () => {
  let local: Box;
  let locks: Locks;
  const open = (session: Box, apart = false) =>
    openDrafts({ local, session, locks: locks.of(session) } as unknown as Places, apart);
  beforeEach(() => {
    local = new Box();
    locks = new Locks();
  });

  it("finds nothing on the first visit, and the text after a reload", async () => {
    const tab = new Box();
    const drafts = await open(tab);
    expect(drafts.found).toBeNull();
    drafts.write(draft("a = 1"));
    locks.close(tab);
    expect((await open(tab)).found).toMatchObject(draft("a = 1"));
  });

  it("keeps two tabs apart", async () => {
    const [one, two] = [new Box(), new Box()];
    const first = await open(one);
    first.write(draft("one"));
    const second = await open(two);
    expect(second.found).toBeNull();
    second.write(draft("two"));
    first.write(draft("one more"));
    for (const tab of [one, two]) locks.close(tab);
    expect((await open(one)).found).toMatchObject(draft("one more"));
    expect((await open(two)).found).toMatchObject(draft("two"));
  });

  it("goes on with a closed tab's text, once", async () => {
    const closed = new Box();
    (await open(closed)).write(draft("left behind"));
    locks.close(closed);
    expect((await open(new Box())).found).toMatchObject(draft("left behind"));
    expect((await open(new Box())).found).toBeNull();
  });

  it("tells a duplicated tab from its original", async () => {
    const one = new Box();
    const first = await open(one);
    first.write(draft("original"));
    const second = await open(one.copy());
    second.write(draft("copy"));
    locks.close(one);
    expect((await open(one)).found).toMatchObject(draft("original"));
  });

  it("leaves the text of a tab in which a link is opened", async () => {
    const tab = new Box();
    (await open(tab)).write(draft("mine"));
    locks.close(tab);
    const linked = await open(tab, true);
    expect(linked.found).toBeNull();
    linked.write(draft("linked"));
    expect((await open(new Box())).found).toMatchObject(draft("mine"));
  });

  it("copies the newest text where there are no locks, and leaves it", async () => {
    const places = (session: Box) => ({ local, session, locks: null }) as unknown as Places;
    const first = await openDrafts(places(new Box()));
    first.write(draft("first"));
    const second = await openDrafts(places(new Box()));
    expect(second.found).toMatchObject(draft("first"));
    second.write(draft("second"));
    expect(local.length).toBe(2);
  });

  it("works without storage", async () => {
    const drafts = await openDrafts({ local: null, session: null, locks: null });
    drafts.write(draft("gone"));
    expect(drafts.found).toBeNull();
  });

  it("takes what is not a draft for none", async () => {
    const tab = new Box();
    tab.setItem("livegrad.tab", "x");
    local.setItem("livegrad.draft.x", '{"source": 1}');
    expect((await open(tab)).found).toBeNull();
  });
});
