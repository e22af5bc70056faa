"""Every kind of object that can hold one of the program's is seen, named, and adds up.

In each program `x` is an object of the program's, and the line marked `# here` makes what holds
it. Told is who holds `x` after that line: the kind of the holder and the name of the reference,
as far as the two probes agree; and no count is left unexplained.
"""

import pytest

from livegrad.liveness import record

HEAD = "class Thing:\n    pass\nx = Thing()\n"
ARRAY = "import numpy as np\nx = np.ones(3)\n"
VARIABLE = (
    "import numpy as np\nfrom livegrad import Variable, Parameter\nx = Variable(np.ones(3))\n"
)

OF_A_CLASS = "an attribute of a class"
HOLDERS = {
    "a list": (HEAD, "h = [0, x]", {("container", "[1]")}),
    "a tuple": (HEAD, "h = (x, 0)", {("container", "[0]")}),
    "a dict": (HEAD, "h = {'k': x}", {("container", "['k']")}),
    "a dict's key": (HEAD, "h = {x: 1}", {("container", "[*]")}),
    "a set": (HEAD, "h = {x}", {("container", "[*]")}),
    "a frozenset": (HEAD, "h = frozenset([x])", {("container", "[*]")}),
    "a list subclass": (HEAD + "class L(list): pass\n", "h = L([x])", {("instance", "[0]")}),
    "a dict subclass": (HEAD + "class D(dict): pass\n", "h = D(k=x)", {("instance", "['k']")}),
    "a named tuple": (
        HEAD + "from collections import namedtuple\nP = namedtuple('P', 'a b')\n",
        "h = P(1, x)",
        {("instance", "[1]")},
    ),
    "a deque": (HEAD + "from collections import deque\n", "h = deque([x])", {("other", "[0]")}),
    "an attribute": (HEAD, "h = Thing(); h.a = x", {("instance", "a")}),
    "a slot": (
        HEAD + "class S:\n    __slots__ = ('a',)\n",
        "h = S(); h.a = x",
        {("instance", "a")},
    ),
    "a dataclass": (
        HEAD + "from dataclasses import dataclass\n@dataclass\nclass C:\n    a: object\n",
        "h = C(x)",
        {("instance", "a")},
    ),
    OF_A_CLASS: (HEAD, "Thing.shared = x", {("other", "shared")}),
    "a closure": (
        HEAD + "def make(c):\n    def inner(): return c\n    return inner\n",
        "h = make(x)",
        {("cell", "cell_contents")},
    ),
    "a default": (HEAD, "h = lambda a=x: a", {("container", "[0]")}),
    "a bound method": (
        "class Thing:\n    def m(self): pass\nx = Thing()\n",
        "h = x.m",
        {("method", "__self__")},
    ),
    "a partial": (
        HEAD + "from functools import partial\n",
        "h = partial(print, x)",
        {("container", "[0]")},
    ),
    "a generator": (
        HEAD + "def g(a):\n    yield a\n",
        "h = g(x); next(h)",
        {("generator", "a")},
    ),
    "an exception": (
        HEAD,
        "h = ValueError(x)",
        {("container", "[0]")},
    ),
    "an object array": (
        HEAD + "import numpy as np\n",
        "h = np.array([None, x], dtype=object)",
        {("array", "[1]")},
    ),
    "a view": (ARRAY, "h = x[1:]", {("array", "base")}),
    "a reshaped view": (ARRAY, "h = x.reshape(3, 1)", {("array", "base")}),
    "a Variable": (
        ARRAY + "from livegrad import Variable\n",
        "h = Variable(x)",
        {("variable", "data")},
    ),
    "a Parameter": (
        ARRAY + "from livegrad import Parameter\n",
        "h = Parameter(x)",
        {("parameter", "data")},
    ),
    "a Function": (
        VARIABLE + "from livegrad.functions import square\n",
        "h = square(x)",
        {("function", "inputs[0]")},
    ),
    "a layer": (
        VARIABLE + "from livegrad.layers import Linear\nx = Parameter(np.ones(3))\n",
        "h = Linear(2); h.p = x",
        {("instance", "p")},
    ),
}


def made(source: str, story):
    s = story(record(source))
    assert s.trace.end["status"] == "finished", s.trace.end["traceback"]
    return s


def held_by(s, name: str, line: int, strength: str = "strong") -> set[tuple[str, str]]:
    """Kinds of holders of a global, with the names of their references."""
    found = references(s, line)
    (x,) = {held for _, held, kind, text in found if (kind, text) == ("module", name)}
    return {
        (kind, text)
        for how, held, kind, text in found
        if held == x and kind != "module" and how == strength
    }


def references(s, line: int) -> list[tuple[str, int, str, str]]:
    """Of each reference after a line: strength, what is held, the holder's kind, the name."""
    replay, state = s.replay, s.after(line)
    return [
        (replay.strengths[e], replay.helds[e], replay.kinds[replay.holders[e]], replay.names[e])
        for serial in state.alive
        for e in state.edges(serial)
    ]


@pytest.mark.parametrize("kind", HOLDERS)
def test_what_holds(kind, story):
    head, line, expected = HOLDERS[kind]
    s = made(f"{head}{line}\npass\n", story)
    number = head.count("\n") + 1
    assert held_by(s, "x", number) == expected
    # What knows a class is not all visible: `object` has a weak reference to each subclass.
    assert kind == OF_A_CLASS or [each for each in s.unexplained() if each[0] == number] == []


def test_weak_references_stand_apart_with_their_callbacks(story):
    head = "class Thing:\n    def done(self, r): pass\nx, y = Thing(), Thing()\n"
    lines = "import weakref\nr = weakref.ref(x)\nq = weakref.ref(x, y.done)\npass\n"
    s = made(head + lines, story)
    line = head.count("\n") + 3
    assert held_by(s, "x", line) == set()
    assert held_by(s, "x", line, "weak") == {("weakref", "()")}
    count, weak, unexplained = s.after(line).counts(s.serial("Thing#1"))
    assert (count, weak, unexplained) == (1, 2, 0)
    callbacks = [text for _, _, kind, text in references(s, line) if kind == "weakref"]
    assert "__callback__" in callbacks


def test_an_exception_with_its_traceback_holds_the_frame_that_failed(story):
    source = HEAD + (
        "def fail(a):\n    b = a\n    raise ValueError\n"
        "try:\n    fail(x)\nexcept ValueError as error:\n    h = error\npass\n"
    )
    s = made(source, story)
    line = source.count("\n") - 1
    holders = {kind for _, _, kind, text in references(s, line) if text in ("a", "b")}
    assert holders <= {"frame", "other"}
    assert {"a", "b"} <= {text for _, _, _, text in references(s, line)}


def test_an_exception_is_born_where_it_is_raised(story):
    source = HEAD + "def fail(a):\n    raise ValueError(a)\ntry:\n    fail(x)\nexcept ValueError:\n"
    s = made(source + "    pass\n", story)
    lines = s.trace.column("locations", "line")
    locations, parents = (s.trace.column("stacks", name) for name in ("location", "parent"))
    (stack,) = [stack for _, kind, _, stack in s.trace.rows("objects") if kind == "exception"]
    assert lines[locations[stack]] == 5
    assert lines[locations[parents[stack]]] == 7


def test_a_frame_holds_its_variables_and_what_it_is_about_to_return(story):
    source = HEAD + "def f(a):\n    b = [a]\n    return b\nh = f(x)\n"
    s = made(source, story)
    (step,) = [n for n, at in enumerate(s.trace.steps) if at.function == "f" and at.line == 6]
    state = s.trace.state(step)
    of_frame = {
        s.replay.names[e]
        for serial in state.alive
        for e in state.edges(serial)
        if s.replay.kinds[s.replay.holders[e]] == "frame"
    }
    assert {"a", "b", "return"} <= of_frame
