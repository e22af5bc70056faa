"""Why an object is alive, or is not, in a sentence; ways as data."""

import pytest

from livegrad.liveness import analysis, record

HEAD = "class Thing:\n    pass\n"


def at(source, line=None):
    trace = record(HEAD + source)
    lines = [step.line for step in trace.steps]
    step = len(lines) - 1 if line is None else len(lines) - 1 - lines[::-1].index(line)
    return trace.state(step)


def why(source, label, line=None):
    state = at(source, line)
    return analysis.why(state, state.replay.labels.index(label))


@pytest.mark.parametrize(
    ("source", "label", "sentence"),
    [
        ("a = Thing()\n", "Thing#1", "`Thing#1` (`a`) is alive because `a` (line 3) holds it; `a` "
         "is a global."),
        ("a = Thing()\na.b = [0, Thing()]\n", "Thing#2", "`Thing#2` is alive because `b[1]` of "
         "`Thing#1` (line 4) holds it, and `a` (line 3) holds `Thing#1`; `a` is a global."),
        ("a = {'k': (Thing(),)}\n", "Thing#1", "`Thing#1` is alive because `a['k'][0]` (line 3) "
         "holds it; `a` is a global."),
        ("a = Thing()\na = None\n", "Thing#1", "`Thing#1` is dead: it died on line 4 because the "
         "name `a` was rebound or deleted."),
        ("a = Thing()\na.b = Thing()\na.b = 1\n", "Thing#2", "`Thing#2` is dead: it died on line 5 "
         "because the attribute `b` of `Thing#1` was set anew or deleted."),
        ("a = [Thing()]\na.pop()\n", "Thing#1", "`Thing#1` is dead: it died on line 4 because the "
         "item `a[0]` was removed or replaced."),
        ("a = Thing()\na.me = a\na = None\n", "Thing#1", "`Thing#1` is alive although nothing "
         "reaches it: it holds itself, by `me` of `Thing#1`; only the collector frees such a "
         "cycle."),
        ("a = Thing()\na.me = a\na.b = Thing()\na = None\n", "Thing#2", "`Thing#2` is alive "
         "although nothing reaches it: a reference cycle holds it, and only the collector frees "
         "that."),
        ("def f():\n    a = Thing()\nf()\n", "Thing#1", "`Thing#1` is dead: it died on line 5 "
         "because the frame of `f` was left, where `a` held it."),
        ("a = [Thing(), Thing()]\na.clear()\n", "Thing#1", "`Thing#1` is dead: it died on line 4 "
         "because the list `a` was cleared."),
        ("import gc\na = Thing()\na.me = a\na = None\nc = gc.collect()\n", "Thing#1", "`Thing#1` "
         "is dead: it died on line 7 because the collector found that nothing reached it."),
    ],
)  # fmt: skip
def test_why(source, label, sentence):
    assert why(source, label) == sentence


def test_before_birth():
    assert why("x = 1\na = Thing()\n", "Thing#1", 3) == (
        "`Thing#1` is not born yet at this step: it is born later on line 4."
    )


def test_a_long_way_names_its_ends():
    source = "a = Thing()\nb = a\n" + "b.n = Thing(); b = b.n\n" * 9 + "b = None\n"
    assert why(source, "Thing#10") == (
        "`Thing#10` (`b`) is alive because `n` of `Thing#9` (line 13) holds it, "
        "`n` of `Thing#8` (line 12) holds `Thing#9`, `n` of `Thing#7` (line 11) holds `Thing#8`, "
        "`n` of `Thing#6` (line 10) holds `Thing#7`, "
        "and 5 holders further up, `a` (line 3) holds `Thing#1`; `a` is a global."
    )


def test_ways_end_with_each_holder_the_shortest_first():
    state = at(
        "a = Thing()\nb = Thing()\nb.c = Thing()\nb.c.a = a\na.own = Thing()\na.own.up = a\n"
    )
    serial = state.replay.labels.index("Thing#1")
    ways = analysis.retentions(state, serial)
    names = [[hold.name for hold in way.holds] for way in ways]
    assert names == [["a"], ["b", "c", "a"]]  # `own.up` lives only through the object itself
    assert ways[1].root.label == "<module>"
    assert [hold.line for hold in ways[1].holds] == [4, 5, 6]
    assert len(analysis.retentions(state, serial, 1)) == 1


def test_weak_references_hold_nothing():
    state = at("import weakref\na = Thing()\nb = weakref.ref(a)\n")
    ways = analysis.retentions(state, state.replay.labels.index("Thing#1"))
    assert [[hold.name for hold in way.holds] for way in ways] == [["a"]]


def test_what_no_holder_explains():
    source = (
        "import atexit\ndef f(x): pass\na = Thing()\nx = atexit.register(f, a)\na = None\n"
        "atexit.unregister(f)\n"
    )
    state = at(source, 7)
    serial = state.replay.labels.index("Thing#1")
    (way,) = analysis.retentions(state, serial)
    if state.replay.trace.header["probe"] == "outside":  # it sees what C code keeps it in, too
        assert ([hold.name for hold in way.holds], way.unexplained) == (["[0]"], 1)
        return
    assert (way.holds, way.unexplained, way.root) == ((), 1, way.target)
    assert analysis.why(state, serial) == (
        "`Thing#1` (`a`) is alive because of a reference from where Python does not show any: "
        "C code, or a call in progress."
    )
    assert analysis.cure(way).hold is None
    assert analysis.islands_of(state) == []
