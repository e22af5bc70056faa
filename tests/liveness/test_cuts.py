"""What if a reference were gone, or weak: against the same program run so."""

from livegrad.liveness import analysis, record

STRONG = """class Thing:
    pass
class Holder:
    pass
a = Thing()
a.below = Thing()
h = Holder()
h.held = a
x = 1
a = None
x = 2
h.held = None
"""


def edge_of(trace, name, holder):
    replay = analysis.replay(trace)
    (edge,) = [
        e
        for e, n in enumerate(replay.names)
        if n == name and replay.labels[replay.holders[e]] == holder
    ]
    return edge


def lines_of_deaths(trace):
    return {each.label: each.died_line for each in trace.objects() if each.type == "Thing"}


def test_a_reference_that_were_weak():
    trace = record(STRONG)
    falls = analysis.if_weak(trace, edge_of(trace, "held", "Holder#1"))
    replay = analysis.replay(trace)
    told = {replay.labels[f.serial]: trace.steps[f.step].line for f in falls}
    weak = record("import weakref\n" + STRONG.replace("h.held = a", "h.held = weakref.ref(a)"))
    assert told == {label: line - 1 for label, line in lines_of_deaths(weak).items()}
    assert told == {"Thing#1": 10, "Thing#2": 10}
    assert {f.cause for f in falls} == {"refcount"}
    assert lines_of_deaths(trace) == {"Thing#1": 12, "Thing#2": 12}


def test_what_has_another_holder_does_not_fall():
    trace = record(STRONG.replace("a = None", "b = a"))
    assert analysis.if_weak(trace, edge_of(trace, "held", "Holder#1")) == []


def test_a_cycle_falls_to_the_collector():
    source = STRONG.replace("x = 1", "a.below.above = a")
    trace = record(source)
    falls = analysis.if_weak(trace, edge_of(trace, "held", "Holder#1"))
    assert [f.cause for f in falls] == ["gc", "gc"]
    assert {trace.steps[f.step].line for f in falls} == {10}


RING = """class Thing:
    pass
a = Thing()
a.b = Thing()
a.b.a = a
x = 1
a = None
"""


def test_a_ring_with_one_weak_reference_dies_by_count():
    """What the book's row on weak references is about: which reference to make weak."""
    trace = record(RING)
    falls = analysis.if_weak(trace, edge_of(trace, "a", "Thing#2"))
    told = [(trace.steps[fall.step].line, fall.cause) for fall in falls]
    assert told == [(7, "refcount")] * 2
    weak = record("import weakref\n" + RING.replace("a.b.a = a", "a.b.a = weakref.ref(a)"))
    assert lines_of_deaths(weak) == {"Thing#1": 8, "Thing#2": 8}  # one line more, the import
    state = trace.state(len(trace.steps) - 1)
    assert len(analysis.cut(state, [edge_of(trace, "a", "Thing#2")]).by_count) == 2


def test_a_fall_takes_what_the_fallen_held():
    trace = record(RING)
    falls = analysis.if_weak(trace, edge_of(trace, "b", "Thing#1"))
    replay = analysis.replay(trace)
    told = {replay.labels[fall.serial]: trace.steps[fall.step].line for fall in falls}
    # The second dies at once, and so does not hold the first when its name goes.
    assert told == {"Thing#2": 4, "Thing#1": 7}


def test_a_temporary_holder():
    """The only reference to a temporary's object: weak, it would die on the line of its birth."""
    trace = record("class Thing: pass\nlist_ = [Thing()]\nx = 1\nlist_ = None\n")
    falls = analysis.if_weak(trace, edge_of(trace, "[0]", "list#1"))
    assert [(trace.steps[f.step].line, f.cause) for f in falls] == [(2, "refcount")]


def test_what_a_cut_frees():
    source = (
        "import numpy as np\nclass Thing: pass\n"
        "a = Thing()\na.data = np.zeros(10)\na.other = Thing()\na.other.back = a\nb = a.other\n"
    )
    trace = record(source)
    state = trace.state(len(trace.steps) - 1)
    labels = state.replay.labels
    a, b = edge_of(trace, "a", "<module>#1"), edge_of(trace, "b", "<module>#1")
    assert analysis.cut(state, [a]) == analysis.Loss([], [], 0)
    both = analysis.cut(state, [a, b])
    assert both.by_count == []
    assert sorted(labels[o] for o in both.by_collector) == ["Thing#1", "Thing#2", "ndarray#1"]
    assert both.nbytes == 80
    data = analysis.cut(state, [edge_of(trace, "data", "Thing#1")])
    assert [labels[o] for o in data.by_count] == ["ndarray#1"]


def test_what_objects_retain():
    source = (
        "import numpy as np\nclass Thing: pass\n"
        "a = Thing()\na.own = np.zeros(10)\na.shared = np.zeros(3)\nb = Thing()\n"
        "b.shared = a.shared\nview = a.own[:2]\n"
    )
    trace = record(source)
    for step, (own, a) in {3: (80, 80), 4: (80, 104), 6: (80, 80), 7: (80, 0)}.items():
        lines = [each.line for each in trace.steps]
        state = trace.state(lines.index(step + 1))
        retained = analysis.retained_by(state)
        labels = state.replay.labels
        assert retained[labels.index("Thing#1")].nbytes == a, step
        assert retained[labels.index("ndarray#1")].nbytes == own, step
        assert retained[0].nbytes == state.nbytes
        assert retained[0].objects == len(retained)
