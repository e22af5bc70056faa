"""Questions to traces, with answers: the cases that the page's TypeScript must answer alike.

A case in `cases/` is a trace and questions. Steps are counted from 0; objects go by
their labels. ``alive`` lists the shown kinds in order of birth; a holder is strength,
path, label of the holder at the end of the path, and the sentence; ``counts`` are
references, weak references, unexplained ones; ``nbytes`` is asked at an event.
"""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from livegrad.liveness import Trace, TraceError, analysis, record

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


def answer(trace, question):
    replay = analysis.replay(trace)
    labels = replay.labels
    match question["ask"]:
        case "objects":
            return [
                {name: asdict(each)[name] for name in question["answer"][0]}
                for each in trace.objects()
            ]
        case "nbytes":
            return analysis.state_at(trace, question["event"]).nbytes
    state = trace.state(question["step"])
    match question["ask"]:
        case "alive":
            return [labels[o] for o in state.alive if replay.kinds[o] in analysis.SHOWN]
        case "holders":
            return [
                [h.strength, h.path, labels[h.holder], h.text]
                for h in state.holders(labels.index(question["object"]))
            ]
        case "counts":
            return list(state.counts(labels.index(question["object"])))
        case "islands":
            return [[labels[o] for o in island] for island in state.islands]
    raise ValueError(f"unknown question {question['ask']!r}")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case(path):
    case = json.loads(path.read_text(encoding="utf-8"))
    trace = Trace(case["trace"])
    assert len(case["questions"]) > 3
    for question in case["questions"]:
        assert answer(trace, question) == question["answer"], question


def test_there_are_cases_of_every_question():
    asked = {q["ask"] for path in CASES for q in json.loads(path.read_text())["questions"]}
    assert asked == {"objects", "alive", "holders", "counts", "islands", "nbytes"}


def test_a_step_that_is_not_there():
    trace = record("a = 1\n")
    with pytest.raises(TraceError, match="1 steps and none with number 1: give one from 0 to 0"):
        trace.state(1)


def texts(source, label, step=-1):
    trace = record(source)
    labels = analysis.replay(trace).labels
    state = trace.state(step % len(trace.steps))
    return [holder.text for holder in state.holders(labels.index(label))]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("b = a", "name b in <module>"),
        ("b = [0, a]", "b[1] in <module>"),
        ("b = {'k': (a,)}", "b['k'][0] in <module>"),
        ("b = {a}", "b[*] in <module>"),
        ("b = Thing(); b.x = a", "x of Thing#2"),
        ("b = Thing(); b.x = [a]", "x[0] of Thing#2"),
        ("b = a.method", "__self__ of method#1"),
        ("b = lambda x=a: x", "__defaults__[0] of function#1"),
        ("b = outer(a)", "cell_contents of cell#1"),
        ("b = produce(a); next(b)", "x of generator#1"),
        ("b = functools.partial(print, a)", "args[0] of partial#1"),
        ("b = collections.deque([a])", "[0] of deque#1"),
        ("b = np.array([a, 0], dtype=object)", "[0] of ndarray#1"),
        ("b = ValueError(a)", "args[0] of ValueError#1"),
        ("b = Slotted(); b.slot = a", "slot of Slotted#1"),
        ("b = type('New', (), {'x': a})", "x of class New#1"),
        ("b = Named(a)", "[0] of Named#1"),
        ("b = memoize(a)", "_lru_cache_wrapper#1"),
        ("vars(a); a.x = a", "x of Thing#1"),
    ],
)
def test_each_holder_has_its_name(line, text):
    source = (
        "import collections, functools\nimport numpy as np\n"
        "class Thing:\n    def method(self): pass\n"
        "class Slotted:\n    __slots__ = 'slot'\n"
        "Named = collections.namedtuple('Named', 'field')\n"
        "def outer(x):\n    def inner(): return x\n    return inner\n"
        "def produce(x):\n    yield x\n    yield x\n"
        "def memoize(x):\n"
        "    f = functools.lru_cache(lambda y: y)\n    f((x,))\n    return f\n"
        f"a = Thing()\n{line}\n"
    )
    assert text in texts(source, "Thing#1")


def test_arguments_and_locals_of_functions():
    source = (
        "class T: pass\ndef f(x, *rest, key=None):\n    y = [key]\n    z = key\n    return z\n"
        "f(0, T(), key=T())\n"
    )
    at_return = 5
    assert set(texts(source, "T#2", at_return)) == {
        "argument key of f",
        "local z of f",
        "y[0] in f",
        "return value of f",
    }
    assert texts(source, "T#1", at_return) == ["rest[0] in f"]
