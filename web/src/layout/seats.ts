/**
 * Seats: where each object of a recording is drawn, decided once for the whole
 * recording, so that nothing moves while time does. A group takes a rectangle of
 * rows and columns, its deck, while it lives; the next group of the same place in
 * the program is built beside it, and the one after that gets the first one's
 * deck. Where all decks of a place are taken by what stays, the newest group gets
 * the oldest one's, which sinks into the pile of its place.
 */
import { OPEN, type Recording } from "../trace/recording";
import { endOfStep } from "../trace/replay";
import { Floor, type Stay } from "./floor";
import { OPENED, type Pile, type PileTotals, type Stack, stacked, totalsOf } from "./folds";
import { type Group, groupsOf } from "./groups";
import { stepAt } from "./links";
import { type Shape, type Spot, shapeOf } from "./ranks";
import { finish, type Work } from "./work";

export interface Seat extends Spot {
  readonly tenant: Tenant;
  /** The stack that it shares with its like, if any. */
  readonly stack: Stack | null;
}
/** A group on its deck. */
export interface Tenant {
  readonly group: Group;
  /** Event from which it has its deck, and from which it is in the pile instead. */
  readonly from: number;
  until: number;
  pile: Pile | null;
}
/** A rectangle of seats with all that have it, one after the other. */
export interface Deck {
  readonly column: number;
  readonly row: number;
  readonly tenants: Tenant[];
}
export interface Seats {
  /** By object; an object without one is alive beyond what can be drawn. */
  readonly of: Map<number, Seat>;
  readonly decks: Deck[];
  readonly piles: { readonly pile: Pile; readonly totals: PileTotals }[];
  /** Of each thing with a number below 0, its spot. */
  readonly folds: Map<number, Spot>;
  readonly rows: number;
  readonly columns: number;
  /** Columns that have arrays at their side. */
  readonly wide: boolean[];
}

/** The seat of an object at the event: null where it has none, or has gone into a pile. */
export function seatAt(seats: Seats, object: number, event: number): Seat | null {
  const seat = seats.of.get(object);
  return seat && event < seat.tenant.until ? seat : null;
}

/** What an object is drawn as at the event: itself, or the fold that it is in. */
export function idAt(seats: Seats, object: number, event: number): number | null {
  const seat = seats.of.get(object);
  if (!seat) return null;
  if (event >= seat.tenant.until) return seat.tenant.pile!.id;
  return seat.stack ? seat.stack.id : object;
}

/** Whose deck it is at the event: the newest group that was born on it, and has not sunk. */
export function tenantAt({ tenants }: Deck, event: number): Tenant | null {
  let low = 0;
  let high = tenants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tenants[middle]!.from <= event) low = middle + 1;
    else high = middle;
  }
  const tenant = tenants[low - 1];
  return tenant && event < tenant.until ? tenant : null;
}

/** Seats that the groups of one place in the program may have at a time. */
const ROOM = 42;
/** No seat of a place is ever needed by the very next group of it. */
const FEWEST = 2;
const ONE = { rows: 1, columns: 1 };

export const seatsOf = (r: Recording, opened: ReadonlySet<string> = NONE): Seats =>
  finish(seating(r, opened, false));
const NONE: ReadonlySet<string> = new Set();

/** Seats for a pane that is wide enough for three columns, or for a narrow one. */
export function* seating(r: Recording, opened: ReadonlySet<string>, narrow: boolean): Work<Seats> {
  const plan = new Plan(r, opened, narrow);
  const groups = (yield* groupsOf(r)).flatMap((group) => withoutBrief(r, group));
  const stays = groups.map((group) => stayOf(r, group));
  for (const brief of [false, true]) {
    for (const [i, group] of groups.entries()) {
      if (i % 16 === 0) yield;
      if (stays[i]!.brief === brief) plan.seat(group, stays[i]!);
    }
  }
  const piles = [];
  for (const pile of plan.piles) {
    piles.push({ pile, totals: yield* totalsOf(r, pile) });
  }
  const { of, decks, folds, rows, columns, wide } = plan;
  return { of, decks, piles, folds, rows, columns, wide };
}

/** What the groups of one place in the program have. */
interface Place {
  readonly key: string;
  readonly decks: Deck[];
  pile: Pile | null;
}

class Plan {
  readonly of = new Map<number, Seat>();
  readonly decks: Deck[] = [];
  readonly piles: Pile[] = [];
  readonly folds = new Map<number, Spot>();
  readonly wide: boolean[] = [];
  rows = 1;
  columns = 1;
  readonly #floor: Floor;
  readonly #places = new Map<string, Place>();
  #ids = 0;

  constructor(
    readonly r: Recording,
    readonly opened: ReadonlySet<string>,
    narrow: boolean,
  ) {
    this.#floor = new Floor(narrow);
  }

  seat(whole: Group, stay: Stays): void {
    const { r } = this;
    const { group, stacks } = stacked(r, whole, this.opened, () => --this.#ids);
    const shape = shapeOf(r, group, this.#floor.columns);
    const place = this.#placeOf(whole, shape, stay);
    const deck = this.#deckFor(place, group.members.length, shape, stay);
    if (!deck) return;
    const tenant: Tenant = { group: whole, from: stay.from, until: OPEN, pile: null };
    deck.tenants.push(tenant);
    this.#floor.take(deck, shape, stay, stay.brief);
    for (const object of whole.members) {
      const stack = stacks.get(object) ?? null;
      const own = shape.spots.get(stack ? stack.members[0]! : object)!;
      const spot = { ...own, column: deck.column + own.column, row: deck.row + own.row };
      if (spot.side !== null) this.wide[spot.column] = true;
      if (stack) this.folds.set(stack.id, spot);
      this.of.set(object, { ...spot, tenant, stack });
    }
    this.#grow(deck, shape);
  }

  /** Same place in the program and same shape: the same decks. */
  #placeOf({ members }: Group, { rows, columns }: Shape, { brief }: Stays): Place {
    const key = `${this.r.objects.stack[members[0]!]} ${rows}x${columns}${brief ? " †" : ""}`;
    const known = this.#places.get(key);
    if (known) return known;
    const place = { key, decks: [], pile: null };
    this.#places.set(key, place);
    return place;
  }

  #deckFor(place: Place, size: number, shape: Shape, stay: Stays): Deck | null {
    const free = place.decks.find((deck) => this.#floor.isFree(deck, shape, stay, stay.brief));
    if (free) return free;
    const room = this.opened.has(place.key)
      ? Math.trunc(OPENED / size)
      : ROOM / (shape.rows * shape.columns);
    if (place.decks.length < Math.max(FEWEST, room)) {
      const found = stay.brief
        ? this.#floor.findBetween(shape, stay, this)
        : this.#floor.find(shape, stay);
      if (found) {
        const deck = { ...found, tenants: [] };
        place.decks.push(deck);
        this.decks.push(deck);
        return deck;
      }
    }
    return stay.brief ? null : this.#sink(place, stay.from);
  }

  /** The deck of the group that has had it longest, which goes into the pile. */
  #sink(place: Place, from: number): Deck | null {
    const since = (deck: Deck): number => deck.tenants.at(-1)!.from;
    const oldest = place.decks.toSorted((a, b) => since(a) - since(b))[0];
    const pile = this.#pileOf(place, from);
    if (!oldest || !pile) return null;
    const tenant = oldest.tenants.at(-1)!;
    tenant.until = from;
    tenant.pile = pile;
    pile.groups.push({ group: tenant.group, from });
    return oldest;
  }

  #pileOf(place: Place, from: number): Pile | null {
    if (place.pile) return place.pile;
    const stay = { from, until: OPEN, gone: OPEN };
    const found = this.#floor.find(ONE, stay);
    if (!found) return null;
    const spot = { ...found, side: null };
    this.#floor.take(spot, ONE, stay);
    this.#grow(spot, ONE);
    place.pile = { id: --this.#ids, key: place.key, spot, groups: [] };
    this.folds.set(place.pile.id, spot);
    this.piles.push(place.pile);
    return place.pile;
  }

  #grow({ column, row }: { column: number; row: number }, shape: typeof ONE): void {
    this.rows = Math.max(this.rows, row + shape.rows);
    this.columns = Math.max(this.columns, column + shape.columns);
  }
}

interface Stays extends Stay {
  /** Gone before the line that made it ends: seen only by who steps within that line. */
  readonly brief: boolean;
}

/**
 * When a group is there. Its seats may be given away after the step in which its last
 * member died, or in which the whole of it went out of reach, and at once where it
 * was born in that very step. An island stays where it is for as long as nobody
 * needs its seats.
 */
function stayOf(r: Recording, { members }: Group): Stays {
  const from = r.objects.born[members[0]!]!;
  let [until, gone] = [0, 0];
  for (const object of members) {
    const island = r.objects.islands[object]![0];
    const lost = island === undefined ? OPEN : r.islands.from[island]!;
    const died = r.objects.died[object]!;
    until = Math.max(until, Math.min(died, lost));
    gone = Math.max(gone, died);
  }
  if (until === OPEN) return { from, until, gone, brief: false };
  const step = Math.min(stepAt(r, until), r.steps.last.length - 1);
  const isSame = stepAt(r, from) === step;
  const end = isSame ? until : endOfStep(r, step);
  return { from, until: end, gone, brief: isSame && isBrief(r, members[0]!) };
}

/** Gone before the line that made it ends. */
const isBrief = (r: Recording, object: number): boolean =>
  r.objects.died[object]! <= (r.steps.last[stepAt(r, r.objects.born[object]!)] ?? -1);

/** A group, and each of its members that is brief as one of its own. */
function withoutBrief(r: Recording, group: Group): Group[] {
  const brief = new Set(group.members.filter((object) => isBrief(r, object)));
  if (brief.size === 0) return [group];
  const alone = [...brief].map((object) => ({ members: [object], links: [] }));
  const members = group.members.filter((object) => !brief.has(object));
  if (members.length === 0) return alone;
  const links = group.links.filter((l) => !brief.has(l.holder) && !brief.has(l.held));
  return [{ members, links }, ...alone].sort((a, b) => a.members[0]! - b.members[0]!);
}
