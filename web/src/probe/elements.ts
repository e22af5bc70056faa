/** The first few elements of an array, as `livegrad.liveness.adapters` tells them. */
import type { Layout } from "./layout";
import { shapeOf } from "./layout-numpy";
import type { Memory } from "./memory";

const MOST = 4;
const KINDS = "biuf";
/** Bytes that are compared to see a change in place. */
const WATCHED = 256;

/** Addresses of the first elements, in the order of `array.flat`. */
function places(memory: Memory, layout: Layout, array: number): number[] {
  const { data, strides } = layout.arrays!;
  const lengths = shapeOf(memory, layout.arrays!, array);
  const count = Math.min(
    MOST,
    lengths.reduce((a, b) => a * b, 1),
  );
  const step = (axis: number): number => memory.u32(memory.u32(array + strides) + 4 * axis) | 0;
  return Array.from({ length: count }, (_, place) => {
    let left = place;
    let at = memory.u32(array + data);
    for (let axis = lengths.length - 1; axis >= 0; axis--) {
      at += (left % lengths[axis]!) * step(axis);
      left = Math.trunc(left / lengths[axis]!);
    }
    return at >>> 0;
  });
}

/** The words in which they stand, or null where these are too far apart. */
export function elementsRegion(
  memory: Memory,
  layout: Layout,
  array: number,
): [start: number, words: number] | null {
  if (!kindOf(memory, layout, array)) return null;
  const at = places(memory, layout, array);
  if (!at.length) return null;
  const size = memory.u32(memory.u32(array + layout.arrays!.descr) + layout.arrays!.itemsize);
  const start = Math.min(...at) & ~3;
  const end = Math.max(...at) + size;
  return end - start > WATCHED ? null : [start >>> 0, (end - start + 3) >>> 2];
}

/** As text, or null where there are none that are numbers. */
export function firstElements(memory: Memory, layout: Layout, array: number): string | null {
  const kind = kindOf(memory, layout, array);
  if (!kind) return null;
  const at = places(memory, layout, array);
  if (!at.length) return null;
  const size = memory.u32(memory.u32(array + layout.arrays!.descr) + layout.arrays!.itemsize);
  const read = reader(memory, kind, size);
  if (!read) return null;
  const total = shapeOf(memory, layout.arrays!, array).reduce((a, b) => a * b, 1);
  return at.map(read).join(", ") + (total > MOST ? ", …" : "");
}

function kindOf(memory: Memory, layout: Layout, array: number): string | null {
  const { descr, kind, data } = layout.arrays!;
  const dtype = memory.u32(array + descr);
  if (!dtype || !memory.u32(array + data)) return null;
  const found = String.fromCharCode(memory.u8(dtype + kind));
  const order = String.fromCharCode(memory.u8(dtype + kind + 2));
  return KINDS.includes(found) && order !== ">" ? found : null;
}

function reader(memory: Memory, kind: string, size: number): ((at: number) => string) | null {
  const view = (at: number): DataView => {
    const bytes = memory.module.HEAPU8;
    return new DataView(bytes.buffer, bytes.byteOffset + at, size);
  };
  if (kind === "b") return (at) => (memory.u8(at) ? "True" : "False");
  if (kind === "f") {
    if (size === 8) return (at) => general(view(at).getFloat64(0, true));
    if (size === 4) return (at) => general(view(at).getFloat32(0, true));
    return size === 2 ? (at) => general(half(view(at).getUint16(0, true))) : null;
  }
  const signed = kind === "i";
  if (size === 1) return (at) => String(signed ? view(at).getInt8(0) : view(at).getUint8(0));
  if (size === 2)
    return (at) => String(signed ? view(at).getInt16(0, true) : view(at).getUint16(0, true));
  if (size === 4)
    return (at) => String(signed ? view(at).getInt32(0, true) : view(at).getUint32(0, true));
  return (at) => String(signed ? view(at).getBigInt64(0, true) : view(at).getBigUint64(0, true));
}

/** As Python's `.4g`. */
export function general(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const [digits, exponent] = value.toExponential(3).split("e") as [string, string];
  const size = Number(exponent);
  const plain = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  const sign = Object.is(value, -0) ? "-" : "";
  if (size >= -4 && size < 4) return sign + plain(value.toFixed(3 - size));
  const power = String(Math.abs(size)).padStart(2, "0");
  return `${plain(digits)}e${size < 0 ? "-" : "+"}${power}`;
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
