/**
 * A function that a WebAssembly module exports and also puts into its table is one function, says
 * the standard; WebKit makes two of it. Emscripten then gives the exported one a slot of its own:
 * the table grows longer than a snapshot knows it, and C code that compares two addresses of one
 * function finds them different. So, there, what is exported takes its twin's place in the table.
 */
interface Environment {
  __indirect_function_table?: WebAssembly.Table;
  /** Where a library's part of the table begins; it reaches to the end while the library loads. */
  __table_base?: number;
}
type Named = { name: string };

/** (module (table (export "t") 1 funcref) (func (export "f")) (elem (i32.const 0) 0)) */
const PROBE = new Uint8Array([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 4, 4, 1, 112, 0, 1],
  ...[7, 9, 2, 1, 116, 1, 0, 1, 102, 0, 0, 9, 7, 1, 0, 65, 0, 11, 1, 0, 10, 4, 1, 2, 0, 11],
]);

function makesTwins(): boolean {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(PROBE));
  return (exports.t as WebAssembly.Table).get(0) !== exports.f;
}

/** From now on each module that is instantiated has one function where it should; if need be. */
export function keepIdentity(broken = makesTwins()): void {
  if (!broken) return;
  const { instantiate, Instance } = WebAssembly;
  WebAssembly.instantiate = (async (code: BufferSource, imports?: WebAssembly.Imports) => {
    const made: object = await instantiate(code, imports);
    unite("instance" in made ? made.instance : made, imports);
    return made;
  }) as typeof instantiate;
  WebAssembly.Instance = new Proxy(Instance, {
    construct(_, [code, imports]: [WebAssembly.Module, WebAssembly.Imports?]) {
      const made = new Instance(code, imports);
      unite(made, imports);
      return made;
    },
  });
}

/** Only the main module, which brings the table, and libraries, which are given a part of it. */
function unite(instance: unknown, imports?: WebAssembly.Imports): void {
  const { exports } = instance as WebAssembly.Instance;
  const given = imports?.env as unknown as Environment | undefined;
  const own = exports.__indirect_function_table as WebAssembly.Table | undefined;
  const table = own ?? given?.__indirect_function_table;
  const base = own ? 0 : given?.__table_base;
  if (!table || base === undefined) return;
  // A function's name is its number in its module.
  const exported = new Map<string, unknown>();
  for (const one of Object.values(exports))
    if (typeof one === "function") exported.set((one as Named).name, one);
  for (let slot = base; slot < table.length; slot++) {
    const one = exported.get((table.get(slot) as Named | null)?.name ?? "");
    if (one) table.set(slot, one);
  }
}
