"""Real leaks: each is recorded, and the analysis names the culprit and the cure."""

import pytest

from livegrad.liveness import analysis, record

HEAD = "import numpy as np\nfrom livegrad import Variable\nfrom livegrad.functions import *\n"
THING = "class Thing:\n    pass\n"


def told(source, label):
    """Sentence, cure, and what the cure frees, for an object at the end of a program."""
    trace = record(source)
    assert trace.end["status"] == "finished", trace.end["traceback"]
    state = trace.state(len(trace.steps) - 1)
    serial = state.replay.labels.index(label)
    way = analysis.retentions(state, serial)[0]
    found = analysis.cure(way)
    loss = analysis.cut(state, analysis.edges_like(state, found.hold.edge))
    freed = {state.replay.labels[each] for each in (*loss.by_count, *loss.by_collector)}
    return analysis.why(state, serial), found, freed


LOSSES = (
    HEAD
    + "x = Variable(np.array(2.0))\nlosses = []\nfor i in range(3):\n"
    + "    loss = square(x)\n    losses.append(loss)\nloss = None\n"
)


def test_losses_that_are_appended():
    why, cure, freed = told(LOSSES, "Variable#3")
    assert why == (
        "`Variable#3` (`loss`) is alive because `losses[1]` (line 8) holds it; "
        "`losses` is a global."
    )
    assert (cure.rule, cure.text) == (
        "collected",
        "append `float(loss.data)` instead of the Variable",
    )
    assert {"Variable#3", "Square#2"} <= freed


def test_the_line_that_leaks():
    trace = record(LOSSES)
    (leak,) = analysis.leaks_between(trace, -1, len(trace.steps) - 1)
    assert (leak.line, leak.runs, leak.types) == (7, 3, {"ndarray": 3, "Variable": 3, "Square": 3})
    cured = LOSSES.replace("append(loss)", "append(float(loss.data))")
    trace = record(cured)
    assert analysis.leaks_between(trace, -1, len(trace.steps) - 1) == []


def test_large_losses_are_copied():
    source = LOSSES.replace("np.array(2.0)", "np.ones(5)").replace("losses[1]", "losses[1]")
    _, cure, _ = told(source, "Variable#3")
    assert cure.text == "append `loss.data.copy()` instead of the Variable"


def test_a_recurrent_state_that_is_never_detached():
    source = HEAD + (
        "class Cell:\n    def __init__(self):\n        self.h = Variable(np.array(0.1))\n"
        "    def step(self, x):\n        self.h = tanh(self.h + x)\n"
        "rnn = Cell()\nfor i in range(3):\n    rnn.step(Variable(np.array(1.0)))\n"
    )
    trace = record(source)
    state = trace.state(len(trace.steps) - 1)
    first = state.replay.labels.index("Tanh#1")
    way = analysis.retentions(state, first)[0]
    cure = analysis.cure(way)
    assert cure.rule == "recurrent state"
    assert "`rnn.h.unchain_backward()`" in cure.text
    assert cure.hold.name == "h"
    leak, *_ = analysis.leaks_between(trace, -1, len(trace.steps) - 1)
    assert leak.line == 8


def test_a_gradient_with_a_graph():
    source = HEAD + (
        "x = Variable(np.array(2.0))\ny = x ** 3\ny.backward(create_graph=True)\ny = None\n"
    )
    trace = record(source)
    state = trace.state(len(trace.steps) - 1)
    replay = state.replay
    shown = [s for s in state.alive if replay.kinds[s] == "function"]
    assert shown, "the graph of the gradient"
    cure = analysis.cure(analysis.retentions(state, shown[0])[0])
    assert cure.rule == "gradient graph"
    assert "`x.cleargrad()`" in cure.text


def test_an_output_kept_by_its_function():
    source = HEAD + (
        "from livegrad import Function\n"
        "class Exp(Function):\n    def forward(self, x):\n        return np.exp(x)\n"
        "    def backward(self, gy):\n        return gy * self.y\n"
        "x = Variable(np.array(2.0))\ny = Exp()(x)\ny.creator.y = y\nf = y.creator\ny = None\n"
    )
    why, cure, freed = told(source, "Variable#2")
    assert "`y` of `Exp#1`" in why
    assert cure.rule == "kept by function"
    assert "`self.y`" in cure.text
    assert "Variable#2" in freed


def test_the_same_without_a_name_is_an_island():
    source = HEAD + (
        "from livegrad import Function\n"
        "class Exp(Function):\n    def forward(self, x):\n        return np.exp(x)\n"
        "x = Variable(np.array(2.0))\ny = Exp()(x)\ny.creator.y = y\ny = None\n"
    )
    trace = record(source)
    state = trace.state(len(trace.steps) - 1)
    why = analysis.why(state, state.replay.labels.index("Variable#2"))
    assert why == (
        "`Variable#2` is alive although nothing reaches it: it holds itself, by `creator` of "
        "`Variable#2`, `y` of `Exp#1`; only the collector frees such a cycle."
    )


def test_a_closure_over_an_output():
    source = HEAD + (
        "def watch(y):\n    def hook():\n        return y\n    return hook\n"
        "x = Variable(np.array(2.0))\nhook = watch(square(x))\n"
    )
    why, cure, freed = told(source, "Variable#2")
    assert "`__closure__[0]` of `function#1`" in why
    assert "`hook` is a global" in why
    assert cure.rule == "closure"
    assert "`hook` closes over `y`" in cure.text
    assert {"Variable#2", "Square#1"} <= freed


def test_a_traceback_that_pins_frames():
    source = THING + (
        "def fail():\n    big = Thing()\n    raise ValueError\n"
        "try:\n    fail()\nexcept ValueError as error:\n    kept = error\n"
    )
    why, cure, freed = told(source, "Thing#1")
    assert why.startswith("`Thing#1` (`big`) is alive because `big` of `frame of fail#1`")
    assert why.endswith("and `kept` (line 9) holds `ValueError#1`; `kept` is a global.")
    assert cure.rule == "traceback"
    assert "`del kept`" in cure.text
    assert "Thing#1" in freed


def test_a_cache_on_a_method():
    source = (
        "import functools\nclass Thing:\n    @functools.lru_cache\n    def area(self):\n"
        "        return 1\nthing = Thing()\nthing.area()\nthing = None\n"
    )
    why, cure, freed = told(source, "Thing#1")
    assert "_lru_cache_wrapper#1" in why
    assert cure.rule == "cache"
    assert "`Thing.area.cache_clear()`" in cure.text
    assert "Thing#1" in freed


def test_a_tiny_view_of_a_huge_array():
    source = "import numpy as np\nhuge = np.zeros(1_000_000)\ntiny = huge[:1]\nhuge = None\n"
    why, cure, freed = told(source, "ndarray#1")
    assert "`base` of `ndarray#2`" in why
    assert cure.rule == "view"
    assert "`tiny.copy()`" in cure.text
    assert freed == {"ndarray#1"}
    trace = record(source)
    state = trace.state(len(trace.steps) - 1)
    (found,) = analysis.pinned(state)
    assert (found.nbytes, found.used) == (8_000_000, 8)
    (whole,) = [state.replay.labels[found.owner]]
    assert whole == "ndarray#1"


def test_a_large_view_pins_nothing():
    trace = record("import numpy as np\na = np.zeros(10)\nb = a[1:]\na = None\n")
    assert analysis.pinned(trace.state(len(trace.steps) - 1)) == []


def test_a_sibling_output_that_died():
    source = HEAD + (
        "from livegrad import Function\n"
        "class Halves(Function):\n    def forward(self, x):\n        return x[:1], x[1:]\n"
        "x = Variable(np.array([1.0, 2.0]))\na, b = Halves()(x)\nb = None\n"
    )
    trace = record(source)
    state = trace.state(len(trace.steps) - 1)
    labels = state.replay.labels
    assert "is alive because `a` (line 9) holds it" in analysis.why(
        state, labels.index("Variable#2")
    )
    assert analysis.why(state, labels.index("Variable#3")) == (
        "`Variable#3` is dead: it died on line 10 because the name `b` was rebound or deleted."
    )


def test_the_last_result_of_an_interactive_session():
    why, cure, freed = told(THING + "_ = Thing()\n", "Thing#1")
    assert "`_` is a global" in why
    assert cure.rule == "interactive"
    assert freed == {"Thing#1"}


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("a = Thing()\n", "`del a`"),
        ("a = [Thing()]\n", "`del a[0]`"),
        ("a = {'k': Thing()}\n", "`del a['k']`"),
        ("a = {Thing()}\n", "remove it from the set `a`"),
        ("a = Thing()\na.b = Thing()\na.b.c = 0\n", "`del a`"),
        ("def f():\n    yield Thing()\ng = f()\na = next(g)\n", "`del a`"),
        (
            "def f():\n    own = Thing()\n    yield 1\ng = f()\nnext(g)\n",
            "`g.close()`, or let the generator end",
        ),
    ],
)
def test_otherwise_the_cure_drops_the_reference(lines, text):
    _, cure, freed = told(THING + lines, "Thing#1")
    assert (cure.rule, cure.text) == ("drop", text)
    assert "Thing#1" in freed


def test_a_local_of_a_running_function():
    trace = record(THING + "def f():\n    own = Thing()\n    x = 1\nf()\n")
    lines = [step.line for step in trace.steps]
    state = trace.state(lines.index(5))
    way = analysis.retentions(state, state.replay.labels.index("Thing#1"))[0]
    assert analysis.sentence(way) == (
        "`Thing#1` (`own`) is alive because `own` (line 4) holds it; `own` is a local of `f`, "
        "which has not returned."
    )
    assert analysis.cure(way).text == "let `f` return, or `del own` in it"
