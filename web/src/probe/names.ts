/** Keys of dicts as a person reads them. */
import type { Layout } from "./layout";
import type { Memory } from "./memory";
import type { Node } from "./node";
import type { TypeTable } from "./types";

export const ELEMENT = "[*]";
const LONGEST = 60;

export class Names {
  #texts = new Map<number, string>();

  constructor(
    private readonly memory: Memory,
    private readonly layout: Layout,
    private readonly types: TypeTable,
  ) {}

  /** Texts that were read and live. */
  get size(): number {
    return this.#texts.size;
  }

  clear(): void {
    this.#texts.clear();
  }

  /** A text is gone; another object may come to stand in its place. Whether it was ever read. */
  forget(at: number): boolean {
    return this.#texts.delete(at);
  }

  /** A text. Names of attributes come again and again. */
  text(at: number): string {
    let found = this.#texts.get(at);
    if (found === undefined) {
      found = this.layout.texts.read(at);
      this.#texts.set(at, found);
    }
    return found;
  }

  isText(at: number): boolean {
    return this.memory.u32(at + 4) === this.layout.facts.types.str!.at;
  }

  /** A key in brackets; null where its repr would run the program's code. */
  subscript(key: number): string | null {
    const shown = this.#repr(key);
    if (shown === null) return null;
    return shown.length <= LONGEST ? `[${shown}]` : `[${shown.slice(0, LONGEST - 3)}...]`;
  }

  /** The subscript of a key that only its class can tell of. */
  classOf(key: number): string {
    return `[<${this.types.of(key).name}>]`;
  }

  /** What the trace calls the type of an object: of a class or a frame it says which. */
  title({ at, type }: Pick<Node, "at" | "type">): string {
    const { memory, layout } = this;
    if (type.way === "class") return `class ${this.types.safely(at)?.name ?? type.name}`;
    if (type.way !== "frame") return type.name;
    const code = (memory.u32(memory.u32(at + layout.frameObject) + layout.frame.code) & ~3) >>> 0;
    return `frame of ${this.text(memory.u32(code + layout.code.name))}`;
  }

  #repr(key: number): string | null {
    const { facts, texts } = this.layout;
    const type = this.memory.u32(key + 4);
    if (type === facts.types.str!.at) return quoted(this.text(key));
    if (key === facts.none) return "None";
    if (key === facts.true) return "True";
    if (key === facts.false) return "False";
    if (type === facts.types.int!.at) return String(texts.readInt(key) ?? "<int>");
    if (type === facts.types.float!.at) return float(texts.readFloat(key));
    if (type === facts.types.bytes!.at) return "<bytes>";
    return null;
  }
}

/** As `repr` of a text. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"\p{Cc}]/gu, (char) => {
    if (char === "\\") return "\\\\";
    if (char === "\n") return "\\n";
    if (char === "\r") return "\\r";
    if (char === "\t") return "\\t";
    if (char === quote) return `\\${quote}`;
    if (char === "'" || char === '"') return char;
    return `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return quote + escaped + quote;
}

function float(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4))
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
