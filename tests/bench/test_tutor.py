"""The stand-in for Python Tutor's tracer does at each step what that does."""

import json
import sys

import pytest
from gallery import GALLERY
from tutor import trace


def states(source):
    return json.loads(trace(source))


def test_a_state_for_each_line_call_and_return():
    found = states("a = 1\ndef f(x):\n    return x\nb = f(a)\n")
    assert [(state["line"], state["event"]) for state in found] == [
        (1, "step_line"),
        (2, "step_line"),
        (4, "step_line"),
        (2, "call"),
        (3, "step_line"),
        (3, "return"),
        (4, "return"),
    ]
    (inside,) = found[5]["stack_to_render"]
    assert inside["func_name"] == "f"
    assert inside["encoded_locals"] == {"x": 1, "__return__": 1}
    assert found[-1]["globals"]["b"] == 1


def test_all_that_variables_lead_to_once():
    source = "class T: pass\na = T()\na.list = [1, (2, {'k': a})]\nb = a.list\nprint('out')\n"
    last = states(source)[-1]
    names, heap = last["globals"], last["heap"]
    assert names["b"][0] == "REF"
    kinds = {row[0] for row in heap.values()}
    assert kinds == {"CLASS", "DICT", "INSTANCE_PPRINT", "LIST", "TUPLE"}
    kind, cls, text, attribute = heap[str(names["a"][1])]
    assert (kind, cls) == ("INSTANCE_PPRINT", "T")
    assert text.startswith("<__main__.T object")
    assert attribute == ["list", names["b"]]
    assert last["stdout"] == "out\n"


def test_a_function_has_its_signature_and_what_is_imported_is_not_gone_into():
    last = states("from json import loads\ndef f(x, y=[]):\n    pass\n")[-1]
    row = last["heap"][str(last["globals"]["f"][1])]
    assert row[:2] == ["FUNCTION", "f(x, y)"]
    assert last["globals"]["loads"] == ["IMPORTED_FAUX_PRIMITIVE", "imported function"]


@pytest.mark.parametrize("name", GALLERY)
def test_it_traces_the_gallery(name):
    found = states(GALLERY[name])
    assert found[-1]["event"] == "return"
    assert found[-1]["stdout"]


def test_the_run_leaves_nothing():
    main, tracing = sys.modules["__main__"], sys.gettrace()
    trace("x = 1\n")
    assert sys.modules["__main__"] is main
    assert sys.gettrace() is tracing
