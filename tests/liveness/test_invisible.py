"""A program behaves under the recorder as it does without: programs of many kinds, made by hand.

What natively cannot be had, and is no more than this: the moment of automatic
collections, and `weakref.getweakrefcount` and `getweakrefs`, which see one
reference more (test_invisible_generated.py).
"""

import pytest
from noticing import PREAMBLE, output_of

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
