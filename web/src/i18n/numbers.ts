/** Bytes as the reader sees them: kB = 1000 bytes, three figures at most after rounding. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  if (n < 1_000_000) return `${short(n / 1000)} kB`;
  if (n < 1_000_000_000) return `${short(n / 1_000_000)} MB`;
  return `${short(n / 1_000_000_000)} GB`;
}

/** Kilobytes for the gutter, without the unit; what is smaller than a tenth keeps its bytes. */
export function kilobytes(n: number): string {
  if (n < 100) return `${n}B`;
  if (n < 10_000) return short(n / 1000);
  return n < 10_000_000 ? String(Math.round(n / 1000)) : `${short(n / 1_000_000)}M`;
}

const short = (n: number): string => String(Number(n.toFixed(n >= 100 ? 0 : n >= 10 ? 1 : 2)));
