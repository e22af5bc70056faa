"""The probe outside the interpreter in a browser: never wrong, never noticed.

The same as web/src/probe/oracles.test.ts and invisible.test.ts do under Node, with other
programs, in the page's own interpreter: restored from the snapshot, with numpy, in Chromium.
"""

import pytest
from interpreter import Interpreter

SEEDS = range(100, 108)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_live_graph_is_right_at_every_statement(interpreter: Interpreter, seed: int) -> None:
    """References against tp_traverse, islands against the collector's own rule."""
    told = interpreter.compare("looked", seed)
    assert told["wrong"] == []
    assert told["status"] == "finished"
    assert told["looks"] == told["statements"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_program_cannot_notice_the_probe(interpreter: Interpreter, seed: int) -> None:
    """Output, counts of references and weak references, deaths, automatic collections."""
    bare, again, recorded = interpreter.compare("printed", seed)
    assert bare == again, "the program does not do the same twice"
    assert recorded == bare
    assert "('finished', None, None)" in bare
    assert "'stop'" in bare, "no collection ran"
