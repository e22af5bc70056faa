"""A program behaves under the recorder as it does without.

What natively cannot be had, and is no more than this: the moment of automatic
collections, and `weakref.getweakrefcount` and `getweakrefs`, which see one
reference more.
"""

import os
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livegrad.liveness import record

natively = pytest.mark.skipif(
    os.environ.get("LIVEGRAD_TEST_PROBE") == "outside",
    reason="the probe outside shares none of these differences",
)


def output_of(source: str) -> str:
    trace = record(source)
    assert trace.end["traceback"] is None
    assert trace.end["limit"] is None
    return "".join(trace.column("output", "text"))


PREAMBLE = """
import gc, sys, weakref
gc.disable()
count = sys.getrefcount
def where():
    frame = sys._getframe(2)
    return frame.f_lineno if frame.f_globals.get("__name__") == "__main__" else "at the end"
class Thing:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("del", self.name, where())
class Slotted:
    __slots__ = ("other", "__weakref__")
class Bare:
    __slots__ = ("other",)
def gone(reference):
    print("callback", where())
"""

PROGRAMS = {
    "names": """
a = Thing('a')
print(count(a))
b = [a, a]
print(count(a), count(b))
del a
b = 0
""",
    "arguments": """
def f(x, *args, k=None, **more):
    y = x
    print(count(x), count(y), count(args), count(k), count(more))
    return y
a = Thing('a')
print(f(a, a, a, k=a, z=a) is a, count(a))
f(Thing('temporary'))
""",
    "callbacks": """
a = Thing('a')
r, s = weakref.ref(a, gone), weakref.ref(a)
print(count(r), count(s), count(a))
a = None
print(r(), s(), count(r))
""",
    "closures": """
def outer():
    z = Thing('z')
    def inner():
        nonlocal z
        print(count(z))
        z = None
        return 1
    print(count(z), sorted(locals()))
    inner()
    names = locals()
    print(sorted(names), count(names))
    return inner
f = outer()
print(count(f), f.__closure__[0].cell_contents)
""",
    "locals are a snapshot": """
def f():
    a = Thing('first')
    seen = locals()
    a = Thing('second')
    b = count(seen['a'])
    print(seen['a'].name, b, sorted(seen))
f()
""",
    "generators": """
def gen(n):
    for i in range(n):
        t = Thing(i)
        got = yield t
        print(count(t), got)
it = gen(3)
for v in it:
    print(count(v), count(it))
try:
    it = gen(2)
    print(next(it).name)
    it.throw(ValueError('x'))
except ValueError as e:
    print(repr(e), count(e))
it = gen(2)
next(it)
del it, v
""",
    "cycles": """
for kind in (Slotted, Bare):
    a, b = kind(), kind()
    a.other, b.other = b, a
    del a, b
    print(gc.collect())
loop = [Thing('in a loop')]
loop.append(loop)
w = weakref.ref(loop[0], gone)
del loop
print(gc.collect(), w())
f = lambda: f
del f
print(gc.collect())
""",
    "resurrection": """
class Phoenix:
    def __del__(self):
        global saved
        saved = self
p = Phoenix()
p = None
print(count(saved))
del saved
p = Phoenix()
p.me = p
p = None
print(gc.collect(), count(saved))
""",
    "exceptions": """
def fail(thing):
    local = Thing('local')
    raise ValueError(count(thing))
a = Thing('a')
try:
    fail(a)
except ValueError as e:
    print(e, count(a), e.__traceback__.tb_next.tb_frame.f_code.co_name)
print(count(a))
try:
    try:
        fail(a)
    finally:
        print('finally', count(a))
except ValueError as e:
    kept = e
print(count(a))
kept = None
print(count(a))
""",
    "containers": """
d = {Thing('key'): Thing('value'), 'k': Thing('v2')}
d.popitem()
d.clear()
s = {Thing('in a set')}
s.clear()
xs = [Thing(i) for i in range(3)]
print(count(xs[0]), count(xs))
xs.pop(0)
xs[:] = []
t = (Thing('in a tuple'),)
print(count(t), count(t[0]))
t = None
""",
    "classes": """
class Meta(type):
    def __getattribute__(cls, name):
        print('looked up', name)
        return type.__getattribute__(cls, name)
class Loud(metaclass=Meta):
    shared = Thing('shared')
    @property
    def prop(self):
        print('property')
    def __getattribute__(self, name):
        print('attribute', name)
        return object.__getattribute__(self, name)
    def __len__(self):
        print('len')
        return 1
    def __iter__(self):
        print('iter')
        return iter(())
    def __hash__(self):
        print('hash')
        return 1
    def __repr__(self):
        print('repr')
        return 'loud'
    def __eq__(self, other):
        print('eq')
        return True
a = Loud()
a.x = Thing('x')
b = {1: a}
c = Loud()
a = b = None
del Loud, c
print(gc.collect() > 0)
""",
    "subclasses of containers": """
class L(list):
    def __iter__(self):
        print('iter')
        return super().__iter__()
class D(dict):
    def items(self):
        print('items')
        return super().items()
a = L([Thing(1)])
b = D(k=Thing(2))
a.extra = Thing(3)
print(count(a), count(b))
a = None
b = None
""",
    "a dict that is asked for": """
a = Thing('a')
a.x = Thing('x')
d = a.__dict__
print(count(d), count(a.x))
a = None
print(sorted(d), count(d['x']))
d = None
""",
    "deep recursion": """
def f(n):
    return 1 + f(n + 1)
try:
    f(0)
except RecursionError as e:
    print(type(e).__name__)
""",
    "arrays": """
import numpy as np
a = np.arange(5.0)
v = a[1:3]
o = np.array([Thing('in an array'), None], dtype=object)
print(count(a), count(v), count(o), count(o[0]))
r = weakref.ref(a, gone)
a = None
v = None
o = None
""",
    "livegrad": """
import numpy as np
from livegrad import Variable
from livegrad.functions import square
x = Variable(np.array(3.0))
y = square(square(x))
w = weakref.ref(y, gone)
print(count(x), count(y), count(y.creator), count(y.creator.inputs))
y.backward()
print(x.grad, count(x.grad))
y = None
print(count(x), gc.collect())
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_same_output_with_and_without(name, bare):
    source = PREAMBLE + PROGRAMS[name]
    assert output_of(source) == bare(source)


NAMES = ("a", "b", "c")
name = st.sampled_from(NAMES)
statements = st.one_of(
    st.builds("{} = Thing('{}')".format, name, name),
    st.builds("{} = {}".format, name, name),
    st.builds("{} = None".format, name),
    st.builds("{} = [{}, {}]".format, name, name, name),
    st.builds("{} = ({}, {})".format, name, name, name),
    st.builds("{} = {{'k': {}}}".format, name, name),
    st.builds("put({}, '{}', {})".format, name, name, name),
    st.builds("put({0}, 'me', {0})".format, name),
    st.builds("{} = weakly({})".format, name, name),
    st.builds("{} = call({})".format, name, name),
    st.builds("{} = np.ones(3)".format, name),
    st.builds("{} = view({})".format, name, name),
    st.builds("{} = (lambda held=None: {})".format, name, name),
    st.builds("{} = list(produce({}))".format, name, name),
    st.just("print(gc.collect())"),
)
HELPERS = """
import numpy as np
def put(holder, key, value):
    if isinstance(holder, Thing):
        setattr(holder, key, value)
    elif isinstance(holder, list):
        holder.append(value)
    elif isinstance(holder, dict):
        holder[key] = value
def weakly(x):
    try:
        return weakref.ref(x, gone)
    except TypeError:
        return x
def view(x):
    return x[:1] if isinstance(x, np.ndarray) else x
def call(x):
    y = [x]
    print(count(x) if isinstance(x, (Thing, list, dict)) else 0)
    return y[0]
def produce(x):
    yield x
    yield [x]
a = b = c = None
"""


@settings(max_examples=60 if sys.platform != "emscripten" else 20)
@given(st.lists(statements, max_size=15))
def test_generated_programs_behave_the_same(bare, lines):
    counts = "print(" + ", ".join(f"kinds({n})" for n in NAMES) + ")"
    shown = "def kinds(x): return count(x) if isinstance(x, (Thing, list, dict)) else 0\n"
    source = PREAMBLE + HELPERS + shown + "".join(f"{line}\n{counts}\n" for line in lines)
    assert output_of(source) == bare(source)


@settings(max_examples=60 if sys.platform != "emscripten" else 10)
@given(st.lists(statements, max_size=12))
def test_generated_programs_are_told_rightly(story, lines):
    """Islands are what the collector then frees, and nothing dead is held."""
    source = PREAMBLE + HELPERS + "\n".join(lines) + "\nlast = None\ngc.collect()\nlast = None\n"
    s = story(record(source))
    collected = source.count("\n") - 1  # the line of gc.collect(), within which finalizers run
    islands = s.after(collected - 1).islands
    shown = {o for island in islands for o in island if s.replay.kinds[o] == "instance"}
    by_collector = {
        s.serial(label)
        for label, line, cause in s.deaths("instance")
        if cause == "collector" and line == collected
    }
    assert shown == by_collector
    assert s.after(collected + 1).islands == []


WEAK = """
def weak(x):
    n = weakref.getweakrefcount(x)
    assert n == len(weakref.getweakrefs(x))
    return type(x).__name__, n
"""


@natively
@settings(max_examples=30)
@given(st.lists(statements, max_size=12))
def test_weak_reference_counts_are_one_more_and_no_more(bare, lines):
    """What is documented: our own reference to each object that is followed, and to no other."""
    told = "print(" + ", ".join(f"*weak({n})" for n in NAMES) + ")"
    source = PREAMBLE + HELPERS + WEAK + "".join(f"{line}\n{told}\n" for line in lines)
    with_us, without = output_of(source).split(), bare(source).split()
    assert len(with_us) == len(without)
    kind = ""
    for ours, theirs in zip(with_us, without, strict=True):
        if ours != theirs or kind in ("Thing", "ndarray"):
            more = {"Thing": {1}, "ndarray": {1}, "function": {0, 1}}.get(kind, {0})
            assert int(ours) - int(theirs) in more, kind
        kind = ours


COLLECTED = """
import gc
gc.enable()
gc.set_threshold({threshold})
class Thing:
    def __init__(self, name):
        self.name, self.me = name, self
    def __del__(self):
        dead.append(self.name)
dead, kept, told = [], [], []
for i in range({times}):
    kept.append(Thing(i))
    if i % {keep}:
        kept.pop()
    told.append((len(kept), gc.isenabled(), sorted(set(dead) & {{each.name for each in kept}})))
print(told)
gc.disable()
kept.clear()
gc.collect()
print(sorted(dead))
"""


@natively
@settings(max_examples=5)
@given(st.integers(20, 200), st.integers(50, 100), st.integers(2, 9))
def test_automatic_collections_move_and_change_nothing_else(bare, threshold, times, keep):
    """What is documented: they come at other moments, and free what they would have freed."""
    source = COLLECTED.format(threshold=threshold, times=times, keep=keep)
    assert output_of(source) == bare(source)


def test_nothing_of_the_run_stays(bare):
    path, argv, main = list(sys.path), list(sys.argv), sys.modules["__main__"]
    streams = sys.stdout, sys.stderr
    record("import sys\nsys.path.append('x')\nsys.argv.append('y')\nz = 1\n", "some.py")
    assert (sys.path, sys.argv, sys.modules["__main__"]) == (path, argv, main)
    assert (sys.stdout, sys.stderr) == streams
    assert all(sys.monitoring.get_tool(tool) != "livegrad.liveness" for tool in range(6))


def test_the_recorder_keeps_nothing_alive():
    import gc
    import weakref

    kept: list[weakref.ref[object]] = []
    sys.modules["kept_by_test"] = kept  # type: ignore[assignment]
    try:
        record(
            "import sys, weakref\nclass T: pass\na = T()\na.me = a\n"
            "sys.modules['kept_by_test'] += [weakref.ref(a), weakref.ref(T)]\n"
        )
    finally:
        del sys.modules["kept_by_test"]
    gc.collect()
    assert [reference() for reference in kept] == [None, None]


def test_no_cell_of_the_recorder_sees_an_object():
    """A closure in the way of a look would keep, or count, what it saw."""
    from livegrad.liveness import (
        births,
        frames,
        heap,
        holding,
        ledger,
        naming,
        native,
        scan,
        tracked,
        walk,
    )

    for module in (heap, walk, holding, scan, tracked, births, naming, native, ledger):
        for value in vars(module).values():
            for function in [value, *(vars(value).values() if isinstance(value, type) else ())]:
                code = getattr(function, "__code__", None)
                if code is not None and code.co_filename == module.__file__:
                    assert code.co_cellvars == (), code.co_qualname
    assert frames.locals_of.__code__.co_cellvars == ()


def test_numpy_is_not_disturbed():
    before = np.random.get_state()[1].tolist()
    record("a = 1\n")
    assert np.random.get_state()[1].tolist() == before
