/** Programs made at random, which do to objects what programs do. */

/** Numbers from a seed, the same each time (mulberry32). */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const HEAD = `import gc, weakref
from collections import OrderedDict, defaultdict, deque
import numpy as np
class Plain:
    def __init__(self, value=None): self.value = value
    def keep(self, other): self.other = other; return self
class Slotted:
    __slots__ = ("a", "b", "__weakref__")
class Both(Slotted, Plain):
    pass
class Listing(list): pass
class Mapping(dict): pass
class Phoenix(Plain):
    def __del__(self):
        if self.value == 1: ashes.append(self)
def closure(x, y):
    cell = Plain(x)
    def inner(z=y): return cell, z
    return inner
def produce(x):
    kept = Plain(x)
    while True:
        kept = yield kept
def deep(n, x): return deep(n - 1, [x]) if n else x
def fail(x):
    local = Plain(x)
    raise ValueError(local)
ashes = []
names = [Plain(), Slotted(), Both(), Plain()]
rows = [[], Listing(), deque()]
tables = [{}, Mapping(), OrderedDict(), defaultdict(list)]
things = np.array([None] * 4, dtype=object)
numbers = np.arange(8.0)
view = numbers[2:]
bag = set()
maker = produce(0); next(maker)
call = closure(1, 2)
x = y = None
`;

/** A program of so many statements. \`after\` is put after each. */
export function program(seed: number, length: number, after = ""): string {
  const below = chance(seed);
  const one = (...from: string[]): string => from[below(from.length)]!;
  const plain = (): string =>
    one("names[0]", "names[2]", "names[3]", "Plain()", "Plain(3)", "Both()", "x", "y", "None");
  const row = (): string => `rows[${below(3)}]`;
  const table = (): string => `tables[${below(4)}]`;
  const key = (): string => one("'k'", "'l'", "1", "(1, 2)", "2.5");
  const owner = (): string => `names[${one("0", "2", "3")}]`;
  const statements: (() => string)[] = [
    () => `x = ${plain()}`,
    () => `y = ${plain()}`,
    () => `${owner()}.${one("value", "left", "right")} = ${plain()}`,
    () => `names[${below(4)}] = ${one("Plain()", "Both()", "Both(1)")}`,
    () => "names[0], names[3] = names[3], names[0]",
    () => `${row()}.append(${plain()})`,
    () => `x = ${row()}; x = x and x.pop()`,
    () => "rows[0][1:2] = [Plain(), Plain()]",
    () => "rows[0].reverse(); rows[2].rotate(1)",
    () => `${row()}.clear()`,
    () => `${table()}[${key()}] = ${plain()}`,
    () => `${table()}.pop(${key()}, None)`,
    () => `tables[3]['list', ${below(3)}].append(${plain()})`,
    () => `x = dict(${table()}); x.update(tables[0])`,
    () => `vars(${owner()}).update(u=${plain()})`,
    () => `x = vars(${owner()})`,
    () => `${owner()}.__dict__ = {'value': ${plain()}}`,
    () => `things[${below(4)}] = ${plain()}`,
    () => "x = things[1:3]; things[::2] = None",
    () => "x = numbers * 2 + 1",
    () => "view = view[1:] if len(view) > 1 else numbers[:]",
    () => "x = memoryview(numbers); y = np.frombuffer(x)",
    () => `bag.add(${one("Plain()", "names[0]", "call")})`,
    () => "bag.clear()", // what pop() takes depends on addresses
    () => `x = maker.send(${plain()})`,
    () => `maker = produce(${plain()}); next(maker)`,
    () => `call = closure(${plain()}, ${plain()}); x = call()`,
    () => `x = deep(${below(4)}, ${plain()})`,
    () => `x = Plain().keep(${plain()}); x.other = x`,
    () => `x = Plain(); x.value = [x, ${plain()}]; x = None`,
    () => `x = Phoenix(${below(2)}); x = None`,
    () => "ashes.clear()",
    () => `x = weakref.ref(${one("names[0]", "numbers", "call")})`,
    () => `try: fail(${plain()})\nexcept ValueError as error: y = error`,
    () => `x = [Plain(n) for n in range(${below(4)})]; y = tuple(x)`,
    () => `x = ${owner()}.keep; y = lambda z=${plain()}: z`,
    () => `class Late(Plain): shared = ${plain()}\nx = Late()`,
    () => `rows[${below(2)}].extend(Plain(n) for n in range(${below(40)}))`,
    () => `${row()} and ${row()}.insert(${below(9)}, ${plain()})`,
    () => `del rows[${below(2)}][${below(9)}:${below(20)}]`,
    () => `rows[0] and rows[0].__setitem__(0, None); rows[0] and rows[0].__setitem__(0, Plain())`,
    () => `tables[0].update((n, Plain(n)) for n in range(${below(40)}))`,
    () => `tables[0].clear(); tables[0]['k' + str(${below(9)})] = ${plain()}`,
    () => `bag.update([${owner()}, Plain(), Plain()]); bag.discard(names[0])`,
    () => "gc.collect()",
  ];
  let text = HEAD;
  for (let i = 0; i < length; i++) text += `${statements[below(statements.length)]!()}\n${after}`;
  return text;
}
