/** Who is on the stage at an instant: objects and folds, with their states. */
import { namesOf } from "../trace/holders";
import { isShown, type Recording, upTo } from "../trace/recording";
import { bytesOf, countOf, isAlive, islandOf, labelOf, totalAt } from "../trace/replay";
import { type Pile, type Stack, stayIn } from "./folds";
import { cellOf } from "./islands";
import type { FoldNode, Node } from "./scene";
import { type Seats, seatAt, tenantAt } from "./seats";

/** More shapes than this are no picture any more, and too much work for one frame. */
const DRAWN = 300;
/** But for folds: each is one shape for all that found no room. */
const FOLDS = 20;
/** So many members of a fold are asked what holds them. */
const ASKED = 12;
/** So far back a pile is searched for some that are alive. */
const SEARCHED = 600;

export class Cast {
  readonly nodes: Node[] = [];
  /** Cells of seats that the living and this step's dead have. */
  readonly taken = new Set<string>();
  /** This step's dead that are drawn, in the order of their fall. */
  readonly fallen: number[] = [];
  diedHere = 0;
  temporaries = 0;
  /** Living and reachable objects that are drawn, alone or in a fold. */
  told = 0;

  constructor(
    readonly r: Recording,
    readonly seats: Seats,
    readonly event: number,
  ) {}

  get room(): number {
    return DRAWN - this.nodes.length;
  }

  /** Where there is no room for all, the newest have it. */
  addLiving(): void {
    const tenants = this.seats.decks.flatMap((deck) => tenantAt(deck, this.event) ?? []);
    const size = tenants.reduce((sum, { group }) => sum + group.members.length, 0);
    if (size > this.room) tenants.sort((a, b) => b.from - a.from);
    for (const { group } of tenants) {
      const here = group.members.filter(
        (object) => isAlive(this.r, object, this.event) && islandOf(this.r, object, this.event) < 0,
      );
      this.#add(here, "alive");
    }
  }

  addIsland(members: readonly number[]): void {
    this.#add(members, "unreachable");
  }

  #add(objects: readonly number[], state: "alive" | "unreachable"): void {
    const stacks = new Map<Stack, number[]>();
    for (const object of objects) {
      const seat = this.seats.of.get(object)!;
      if (this.room <= 0) return;
      this.taken.add(cellOf(seat));
      if (seat.stack) {
        const alike = stacks.get(seat.stack);
        if (alike) alike.push(object);
        else stacks.set(seat.stack, [object]);
      } else {
        this.nodes.push(nodeOf(this.r, object, this.event, state, 0));
        if (state === "alive") this.told++;
      }
    }
    for (const [stack, members] of stacks) {
      this.nodes.push(this.#stackNode(stack, members, state, 0));
      if (state === "alive") this.told += members.length;
    }
  }

  #stackNode(
    { id, key }: Stack,
    members: readonly number[],
    state: Node["state"],
    fell: number,
  ): Node {
    const { r, event } = this;
    const node = nodeOf(r, members[0]!, event, state, fell);
    const bytes = members.reduce((sum, object) => sum + bytesOf(r, object), 0);
    const fold = { key, objects: members.length, groups: 0, members: some(members) };
    return { ...node, object: id, count: 0, bytes, fold };
  }

  addPiles(): void {
    for (const { pile, totals } of this.seats.piles) {
      const objects = totalAt(totals.objects, this.event);
      const members = objects > 0 ? this.#someOf(pile) : [];
      if (objects <= 0 || this.room <= -FOLDS) continue;
      this.taken.add(cellOf(pile.spot));
      const fold: FoldNode = {
        key: pile.key,
        objects,
        groups: totalAt(totals.groups, this.event),
        members,
      };
      const like = members[0] ?? pile.groups[0]!.group.members[0]!;
      const node = nodeOf(this.r, like, this.event, "alive", 0);
      const bytes = totalAt(totals.bytes, this.event);
      this.nodes.push({ ...node, object: pile.id, count: 0, bytes, fold });
      this.told += objects;
    }
  }

  /** Some living members, of the newest groups first, and those on top of their group first. */
  #someOf({ groups }: Pile): number[] {
    const found: number[] = [];
    let searched = 0;
    const from = groups.map((one) => one.from);
    for (let i = upTo(from, this.event) - 1; i >= 0 && searched < SEARCHED; i--) {
      const { group, from } = groups[i]!;
      searched += group.members.length;
      const living = group.members.filter((object) => {
        const [start, end] = stayIn(this.r, object, from);
        return start <= this.event && this.event < end;
      });
      found.push(...living.sort((a, b) => this.#depth(a) - this.#depth(b)));
      if (found.length >= ASKED) break;
    }
    return found.slice(0, ASKED);
  }

  /** How far below the top of its group an object hangs; arrays at a side come after all. */
  #depth(object: number): number {
    const { row, side } = this.seats.of.get(object)!;
    return side === null ? row : 1000 + row;
  }

  /** The dead of the step up to the event. */
  addDead(after: number): void {
    const { r, seats, event } = this;
    const stacks = new Map<Stack, { members: number[]; fell: number }>();
    let fell = 0;
    for (let row = upTo(r.deaths.event, after); row < upTo(r.deaths.event, event); row++) {
      const object = r.deaths.object[row]!;
      if (!isShown(r.objects.kind[object]!)) continue;
      this.diedHere++;
      // What lived only within the line was never seen at its seat.
      if (r.objects.born[object]! > after) this.temporaries++;
      const seat = seatAt(seats, object, event);
      if (r.objects.born[object]! > after) continue;
      fell++;
      // An older island has given its seats away: others sit there now.
      if (!seat || this.room <= 0 || (!seat.stack && this.taken.has(cellOf(seat)))) continue;
      this.fallen.push(object);
      const known = seat.stack && stacks.get(seat.stack);
      if (known) known.members.push(object);
      else if (seat.stack) stacks.set(seat.stack, { members: [object], fell });
      else this.nodes.push(nodeOf(r, object, after, "dead", fell));
      if (!seat.stack) this.taken.add(cellOf(seat));
    }
    for (const [stack, { members, fell }] of stacks) {
      const spot = seats.folds.get(stack.id)!;
      // Where some of a stack stay, the stack stays.
      if (this.taken.has(cellOf(spot))) continue;
      this.taken.add(cellOf(spot));
      this.nodes.push(this.#stackNode(stack, members, "dead", fell));
    }
  }
}

const some = (members: readonly number[]): number[] =>
  members.length <= ASKED
    ? [...members]
    : [...members.slice(0, ASKED / 2), ...members.slice(-ASKED / 2)];

function nodeOf(
  r: Recording,
  object: number,
  event: number,
  state: Node["state"],
  fell: number,
): Node {
  const dead = state === "dead";
  return {
    object,
    kind: r.objects.kind[object] as Node["kind"],
    type: r.objects.type[object]!,
    label: labelOf(r, object),
    number: r.objects.number[object]!,
    names: dead ? [] : namesOf(r, object, event),
    count: dead ? 0 : countOf(r, object, event).count,
    bytes: bytesOf(r, object),
    state,
    fell,
    fold: null,
  };
}
