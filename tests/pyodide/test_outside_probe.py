"""The probe outside the interpreter in a browser: never wrong, never noticed.

The same as web/src/probe/oracles.test.ts and invisible.test.ts do under Node, with other
programs, in the page's own interpreter: restored from the snapshot, with numpy, in Chromium.
"""

import sys
from pathlib import Path

import pytest
from interpreter import Interpreter

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from recorder_in_pyodide import alive, growth

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


def test_the_bench_measures_each_line(interpreter: Interpreter) -> None:
    told = interpreter.measure("curve", {"source": alive(50, lines=20), "lines": 20})
    assert len(told) == 20
    assert sum(told) > 0


def test_a_training_ends_at_its_limit_with_tables_as_large_as_what_lives(
    interpreter: Interpreter,
) -> None:
    told = growth(interpreter, held=300, events=20_000)
    assert "its limit of 20000 events was reached" in told["limit"]
    assert 20_000 <= told["events"] < 25_000
    assert told["births"] > 2_000
    middle, last = told["seen"][len(told["seen"]) // 2], told["seen"][-1]
    for table in ("nodes", "regions", "bytes", "names", "rest", "written"):
        assert last[table] <= 1.2 * middle[table] + 100, table
