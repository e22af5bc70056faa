"""The stand-in for Python Tutor's tracer does at each line what that does."""

import json
import sys

from tutor import trace


def states(source):
    return json.loads(trace(source))


def test_a_state_for_each_line_and_return():
    found = states("a = 1\ndef f(x):\n    return x\nb = f(a)\n")
    assert [(state["line"], state["event"]) for state in found] == [
        (0, "call"),
        (1, "line"),
        (2, "line"),
        (4, "line"),
        (2, "call"),
        (3, "line"),
        (3, "return"),
        (4, "return"),
    ]
    inside = found[5]["frames"]
    assert [name for name, _ in inside] == ["f", "<module>"]
    assert inside[0][1] == {"x": 1}
    assert found[-1]["frames"][0][1]["b"] == 1


def test_all_that_variables_lead_to_once():
    source = "class T: pass\na = T()\na.list = [1, (2, {'k': a})]\nb = a.list\nprint('out')\n"
    last = states(source)[-1]
    (_, names), *_ = last["frames"]
    assert names["b"][0] == "REF"
    heap = last["heap"]
    kinds = sorted(row[0] for row in heap.values())
    assert kinds == ["CLASS", "DICT", "INSTANCE", "LIST", "TUPLE"]
    assert heap[str(names["a"][1])] == ["INSTANCE", "T", [["list", names["b"]]]]
    assert last["stdout"] == "out\n"


def test_the_run_leaves_nothing():
    main = sys.modules["__main__"]
    trace("x = 1\n")
    assert sys.modules["__main__"] is main
    assert sys.gettrace() is None or "tutor" not in str(sys.gettrace())
