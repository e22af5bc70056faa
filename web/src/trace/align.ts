/**
 * Two runs of one program, laid side by side: the longest way through both in
 * which the lines that both executed stand together. E. Myers, "An O(ND)
 * difference algorithm and its variations", Algorithmica 1, 1986, in rounds: what
 * differs in more than ROUND lines is aligned as far as one round comes, and on
 * from there, so that runs which have little in common cost no more than linear time.
 */

/** Places in the two runs that stand together; -1 where one did not execute the line. */
export type Pair = readonly [a: number, b: number];

/** Differences that one round looks for. */
const ROUND = 256;

export function align(a: readonly number[], b: readonly number[]): Pair[] {
  const pairs: Pair[] = [];
  let x = 0;
  let y = 0;
  let end = 0;
  while (end < Math.min(a.length, b.length) && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++;
  const [xs, ys] = [a.length - end, b.length - end];
  while (x < xs || y < ys) {
    if (x < xs && y < ys && a[x] === b[y]) pairs.push([x++, y++]);
    else [x, y] = round(a, b, x, y, xs, ys, pairs);
  }
  while (x < a.length) pairs.push([x++, y++]);
  return pairs;
}

/** One round from (x, y); pushes the pairs up to where it came and returns that place. */
function round(
  a: readonly number[],
  b: readonly number[],
  x0: number,
  y0: number,
  xs: number,
  ys: number,
  pairs: Pair[],
): [x: number, y: number] {
  const [n, m] = [xs - x0, ys - y0];
  const size = 2 * ROUND + 3;
  const middle = ROUND + 1;
  let furthest = new Int32Array(size).fill(-1);
  furthest[middle + 1] = 0;
  const rounds: Int32Array[] = [];
  let best = { sum: -1, d: 0, k: 0 };
  for (let d = 0; d <= ROUND; d++) {
    rounds.push(furthest);
    const now = furthest.slice();
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && furthest[middle + k - 1]! < furthest[middle + k + 1]!);
      let x = down ? furthest[middle + k + 1]! : furthest[middle + k - 1]! + 1;
      if (x > n || x - k > m || x < 0 || x - k < 0) {
        now[middle + k] = -1;
        continue;
      }
      while (x < n && x - k < m && a[x0 + x] === b[y0 + x - k]) x++;
      now[middle + k] = x;
      if (2 * x - k > best.sum) best = { sum: 2 * x - k, d, k };
      if (x >= n && x - k >= m) break;
    }
    furthest = now;
    if (best.sum >= n + m) break;
  }
  rounds.push(furthest);
  pairs.push(...wayTo(rounds, best.d, best.k, middle, x0, y0));
  const x = rounds[best.d + 1]![middle + best.k]!;
  return [x0 + x, y0 + x - best.k];
}

/** Back from the place where d differences led on diagonal k. */
function wayTo(
  rounds: readonly Int32Array[],
  d: number,
  k: number,
  middle: number,
  x0: number,
  y0: number,
): Pair[] {
  const way: Pair[] = [];
  let x = rounds[d + 1]![middle + k]!;
  let y = x - k;
  for (; d > 0; d--) {
    const before = rounds[d]!;
    const down = k === -d || (k !== d && before[middle + k - 1]! < before[middle + k + 1]!);
    const from = down ? k + 1 : k - 1;
    const start = before[middle + from]!;
    while (x > start + (down ? 0 : 1) && y > start - from + (down ? 1 : 0)) {
      way.push([x0 + --x, y0 + --y]);
    }
    if (down) way.push([-1, y0 + --y]);
    else way.push([x0 + --x, -1]);
    k = from;
  }
  while (x > 0 && y > 0) way.push([x0 + --x, y0 + --y]);
  return way.reverse();
}
