"""What calls in progress hold is explained, by whoever calls; what C code leaks is not.

The probe outside the interpreter reads what the interpreter holds; what the variables of C
code hold it deduces, and says so. The Python probe deduces all of it.
"""

import os

import pytest

from livegrad.liveness import record

THING = """class Thing:
    def __init__(self, value=0):
        self.value = value
    def __call__(self, other, *more, key=None):
        here = other
        return here
    def __add__(self, other):
        total = Thing(self.value)
        return total
    def __eq__(self, other):
        same = self is other
        return same
    def __hash__(self):
        number = self.value
        return number
    def __iter__(self):
        yield self
        yield Thing()
def same(thing):
    copy = thing
    return copy
things = [Thing(i) for i in range(4)]
"""
LEAK = """import ctypes
leak = ctypes.pythonapi.Py_IncRef
leak.argtypes = [ctypes.py_object]
"""
PROGRAMS = {
    "made by C code": "made = list(map(Thing, range(3)))",
    "made in a loop": "for i in range(12):\n    thing = Thing(i)",
    "arguments": "copy = things[0](things[1], things[2], key=things[3])",
    "unpacked": "copy = things[0](*things, **{'key': things[1]})",
    "operators": "total = things[0] + things[1]\nfound = things[3] in things",
    "a key": "by = {things[0]: things[1]}\nfound = by[things[0]]",
    "mapped": "copies = list(map(same, things))",
    "sorted": "things.sort(key=lambda thing: -thing.value)\nbest = max(things, key=hash)",
    "loops": "for thing in things:\n    for n, other in enumerate({thing: 1}):\n"
    "        copy = same(other)\nfor thing in things[0]:\n    here = thing\n"
    "while things:\n    for thing in reversed(things):\n        break\n    things.pop()",
    "a loop in a function": "def through(some):\n    for one in some:\n        two = same(one)\n"
    "    return two\nlast = through(things)\nlast = through(iter(things))",
    "iterated": "pair = [*things[0]]\nfirst, second = things[1]",
    "reduced": "import functools\nall = functools.reduce(lambda a, b: Thing(a.value), things)",
    "cached": "import functools\n@functools.lru_cache\ndef size(thing):\n    here = thing\n"
    "    return 1\nfor thing in things:\n    size(thing)",
    "an exception": "def fail(thing):\n    raise ValueError(thing)\ndef meet(thing):\n    try:\n"
    "        fail(thing)\n    except ValueError as error:\n        seen = error\n"
    "        raise KeyError from error\n    finally:\n        last = 1\n"
    "try:\n    meet(Thing())\nexcept KeyError as error:\n    print(error)\n    seen = 1",
    "exceptions in turn": "def nested(thing):\n    try:\n        raise ValueError(thing)\n"
    "    except ValueError:\n        try:\n            raise KeyError(thing)\n"
    "        except KeyError as error:\n            same(error)\n            copy = thing\n"
    "        last = thing\n    return thing\nkept = nested(Thing())",
    "a generator": "def produce(thing):\n    try:\n        yield thing\n    finally:\n"
    "        end = 1\n"
    "running = produce(Thing())\nthing = next(running)\nrunning.close()",
    "finalizers": "import weakref\nkept = weakref.finalize(things[0], same, things[1])\n"
    "weakref.finalize(things[0], same, thing=things[2])\nthings[0] = None",
    "classes": "class Base:\n    pass\nclass Sub(Base, Thing):\n    pass\nsub = Sub()\n"
    "import weakref\nknown = weakref.ref(Sub)\nkept = weakref.WeakSet([sub])",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_every_count_is_the_sum_of_its_holders(story, program):
    s = story(record(THING + program + "\nend = 1\n"))
    assert s.trace.end["status"] == "finished", s.trace.end["traceback"]
    assert s.unexplained() == []


def test_who_calls_is_told(story):
    s = story(record(THING + "made = list(map(same, [things[0]]))\n"))
    holders = s.holders("Thing#1", 20)
    if os.environ.get("LIVEGRAD_TEST_PROBE") == "outside":
        assert "C code that called same (deduced)" in holders
    else:  # it cannot tell C code from an expression
        assert "the unfinished call of same (deduced)" in holders


def test_an_exception_that_is_handled(story):
    s = story(
        record(
            THING
            + "def fail():\n    raise ValueError(things)\n"
            + "try:\n    fail()\nexcept ValueError as error:\n    seen = 1\nend = 1\n"
        )
    )
    assert "the interpreter, which is raising it" in s.holders("ValueError#1", 24)
    held = ["name error in <module>", "the interpreter, which is handling it"]
    assert sorted(s.holders("ValueError#1", 27)) == held
    assert s.holders("ValueError#1", 28) == []


def test_what_c_code_leaks_stays_unexplained(story):
    """Between calls, while C code waits for a function, and in one that makes an instance."""
    s = story(
        record(
            LEAK
            + "class Thing:\n    def __init__(self):\n        leak(self)\n        self.a = 1\n"
            + "def lose(thing):\n    leak(thing)\n    return thing\n"
            + "kept = Thing()\nlost = list(map(lose, [kept]))\nleak(lost)\nend = 1\n"
        )
    )
    told = {}
    for line, label, (_, _, unexplained) in s.unexplained():
        told.setdefault(label.partition("#")[0], {})[line] = unexplained
    assert told["Thing"] == {6: 1, 7: 1, 11: 1, 9: 2, 10: 2, 12: 2, 13: 2, 14: 2}
    assert told["list"] == {13: 1, 14: 1}
