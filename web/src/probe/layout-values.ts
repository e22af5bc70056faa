/** Texts and numbers as they stand in memory. */
import type { Facts } from "./facts";
import type { Finder } from "./finder";

export interface Texts {
  /** The text of a Python `str`. */
  read(at: number): string;
  /** An `int` of up to 53 bits; null for a larger one. */
  readInt(at: number): number | null;
  readFloat(at: number): number;
}

const LENGTH = 8;
const DIGITS = 12;
const BITS = 30;

export function findTexts(find: Finder, facts: Facts): Texts {
  const { memory } = find;
  const [first, text] = facts.words[0]!;
  const startsAt = (at: number, offset: number, codes: number[], width: number): boolean =>
    codes.every((code, n) => {
      const from = at + offset + n * width;
      return memory.u8(from) + (width > 1 ? memory.u8(from + 1) << 8 : 0) === code;
    });
  const codesOf = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));
  const ascii = find.first(
    "the letters of a text",
    12,
    40,
    (i) => startsAt(first, i, codesOf(text), 1),
    1,
  );
  const [wide, wideText] = facts.texts.find(([, text]) => text.startsWith("\u4e2d"))!;
  const compact = find.first(
    "the letters of a text",
    12,
    60,
    (i) => startsAt(wide, i, codesOf(wideText), 2),
    2,
  );
  const state = ascii - 4;
  const word = (at: number): number => memory.u32(at + state);
  const widths = facts.texts.map(([at, text]) => {
    const top = Math.max(0, ...Array.from(text, (char) => char.codePointAt(0)!));
    return [word(at), top > 0xffff ? 4 : top > 0xff ? 2 : 1, top < 128] as const;
  });
  const shift = find.first(
    "the width of letters",
    0,
    28,
    (s) => widths.every(([state, width]) => ((state >>> s) & 7) === width),
    1,
  );
  const bit = find.where(
    shift + 3,
    32,
    (s) => widths.every(([state, , plain]) => ((state >>> s) & 1) === (plain ? 1 : 0)),
    1,
  )[0]!;
  find.need(bit !== undefined, "plain texts");

  const read = (at: number): string => {
    const { HEAPU8: bytes, HEAPU32: words } = memory.module;
    const flags = words[(at + state) >>> 2]!;
    const length = words[(at + LENGTH) >>> 2]!;
    const width = (flags >>> shift) & 7;
    const from = at + ((flags >>> bit) & 1 ? ascii : compact);
    let found = "";
    for (let i = 0; i < length; i++) {
      if (width === 1) found += String.fromCharCode(bytes[from + i]!);
      else if (width === 2)
        found += String.fromCharCode(bytes[from + 2 * i]! | (bytes[from + 2 * i + 1]! << 8));
      else found += String.fromCodePoint(words[(from >>> 2) + i]!);
    }
    return found;
  };
  const readInt = (at: number): number | null => {
    const tag = memory.u32(at + LENGTH);
    const count = tag >>> 3;
    if (count > 2) return null;
    let value = 0;
    for (let i = count - 1; i >= 0; i--)
      value = value * 2 ** BITS + memory.u32(at + DIGITS + 4 * i);
    return (tag & 3) === 2 ? -value : value;
  };
  const readFloat = (at: number): number => memory.f64(at + LENGTH);
  for (const [at, text] of [...facts.words, ...facts.texts])
    find.need(read(at) === text, "the letters of a text");
  for (const [at, text] of facts.integers)
    find.need(readInt(at) === Number(text), "the digits of an integer");
  for (const [at, text] of facts.floats)
    find.need(readFloat(at) === Number(text.replace("inf", "Infinity")), "the bits of a float");
  return { read, readInt, readFloat };
}
