/**
 * Ways of the strings from names to what hangs on them: straight down, or across
 * under the ceiling in a lane of their own and down a gutter, so that two names
 * cross only where no order of the lanes could have prevented it.
 */
import type { Geometry, Point } from "./geometry";
import { corner, type Place, type Route } from "./routes";

export interface Hanging {
  readonly id: string;
  /** The cell it hangs from: strings of one name share a lane and a gutter. */
  readonly name: string;
  readonly from: Point;
  readonly object: number;
  readonly to: Place;
  /** Half extents of the object, and whether its top is an arc. */
  readonly half: { x: number; y: number; round: boolean };
}

/** Room between the ceiling and what hangs first, for all lanes together. */
const LANES = 14;
/** Room of a gutter, left of the loops of its column. */
const GUTTER = 18;
const APART = 6;

/** The route of each string by its id. */
export function stringsOf(g: Geometry, hangings: readonly Hanging[]): Map<string, Route> {
  const ends = new Map([...arrivals(hangings), ...gutters(g, hangings)]);
  const lanes = lanesOf(hangings, ends);
  const most = Math.max(1, ...lanes.values());
  const apart = Math.min(APART, LANES / most);
  return new Map(
    hangings.map((hanging) => {
      const y = g.ceiling + 10 + lanes.get(hanging.name)! * apart;
      return [hanging.id, routeOf(g, hanging, ends.get(hanging.id)!, y)];
    }),
  );
}

const hangsFirst = ({ to }: Hanging): boolean => to.row === 0 && !to.isSide;

/** Where strings end on the objects of the first row: beneath their names if they can. */
function arrivals(hangings: readonly Hanging[]): Map<string, number> {
  const ends = new Map<string, number>();
  for (const group of grouped(hangings.filter(hangsFirst), ({ object }) => object).values()) {
    const { to, half } = group[0]!;
    const reach = half.x * 0.6;
    const apart = Math.min(14, (2 * reach) / group.length);
    const sorted = group.toSorted((a, b) => a.from.x - b.from.x);
    let least = to.x - reach;
    sorted.forEach((hanging, i) => {
      const greatest = to.x + reach - (sorted.length - 1 - i) * apart;
      const x = Math.max(least, Math.min(greatest, hanging.from.x));
      ends.set(hanging.id, x);
      least = x + apart;
    });
  }
  return ends;
}

/** Where strings run down beside a column: the deeper they go, the further out. */
function gutters(g: Geometry, hangings: readonly Hanging[]): Map<string, number> {
  const ends = new Map<string, number>();
  const below = hangings.filter((hanging) => !hangsFirst(hanging));
  for (const [column, group] of grouped(below, ({ to }) => to.column)) {
    const names = [...grouped(group, ({ name }) => name).values()];
    const deepest = (strings: Hanging[]) => Math.max(...strings.map(({ to }) => to.row));
    names.sort((a, b) => deepest(b) - deepest(a));
    const apart = Math.min(APART, GUTTER / names.length);
    names.forEach((strings, i) => {
      for (const { id, to, half } of strings) {
        ends.set(id, to.isSide ? to.x - half.x - 10 : g.gutter(column) + 4 + i * apart);
      }
    });
  }
  return ends;
}

/**
 * A lane for each name, 0 the highest. Of two that run to the right the right one
 * turns first, of two that run to the left the left one: then neither crosses the other.
 */
function lanesOf(hangings: readonly Hanging[], ends: Map<string, number>): Map<string, number> {
  const spans = [...grouped(hangings, ({ name }) => name)].map(([name, strings]) => {
    const from = strings[0]!.from.x;
    const all = strings.map(({ id }) => ends.get(id)!);
    return { name, from, low: Math.min(from, ...all), high: Math.max(from, ...all) };
  });
  const runsRight = (span: (typeof spans)[number]) => span.high - span.from > span.from - span.low;
  const ordered = [
    ...spans.filter(runsRight).sort((a, b) => b.from - a.from),
    ...spans.filter((span) => !runsRight(span)).sort((a, b) => a.from - b.from),
  ];
  const lanes = new Map<string, number>();
  ordered.forEach(({ name, low, high }, i) => {
    const met = ordered.slice(0, i).filter((one) => one.low < high + 8 && one.high > low - 8);
    const bent = met.filter((one) => one.low < one.high && low < high);
    lanes.set(name, Math.max(-1, ...bent.map((one) => lanes.get(one.name)!)) + 1);
  });
  return lanes;
}

function routeOf(g: Geometry, { from, to, half, ...rest }: Hanging, x: number, y: number): Route {
  const start = from.y + 11;
  const straight = Math.abs(from.x - x) < 2;
  if (hangsFirst({ from, to, half, ...rest })) {
    const share = (x - to.x) / half.x;
    const end = { x, y: to.y - half.y * (half.round ? Math.sqrt(1 - share * share) : 1) };
    const d = straight
      ? `M${x.toFixed(1)} ${start}V${end.y.toFixed(1)}`
      : corner([from.x, start], y, x, end.y);
    const middle = straight ? { x, y: y + 6 } : { x: (from.x + x) / 2, y };
    return { d, end, angle: 90, middle };
  }
  const end = { x: to.x - half.x, y: to.y };
  const down = straight ? `M${x.toFixed(1)} ${start}` : corner([from.x, start], y, x, null);
  const bend = x + Math.min(10, end.x - x);
  const d = `${down}V${(to.y - 10).toFixed(1)}Q${x.toFixed(1)} ${to.y.toFixed(1)} ${bend.toFixed(1)} ${to.y.toFixed(1)}H${end.x.toFixed(1)}`;
  return { d, end, angle: 0, middle: { x, y: Math.max(y + 14, to.y - g.pitch / 2) } };
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
