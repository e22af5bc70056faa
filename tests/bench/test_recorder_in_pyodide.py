"""What is asked of the browser is what is told; the figures are judged right. No clock here."""

import json
import platform

import pytest
import recorder_in_pyodide as bench
import training
import watching

import liveness
from livegrad.liveness import record

SMALL = "x = [1]\nx = None\n"


def test_the_part_in_python_tells_what_the_native_bench_tells():
    told = json.loads(watching.run_file(json.dumps({"work": "trace", "source": SMALL})))
    assert told["python"] == platform.python_version()
    assert told["told"] == liveness.sizes(SMALL)
    question = {"work": "peers", "source": SMALL, "rounds": 1}
    told = json.loads(watching.run_file(json.dumps(question)))["told"]
    assert told.keys() == liveness.peers(SMALL).keys()
    assert all(seconds > 0 for (seconds,) in told.values())


def test_the_program_of_the_curve_has_as_many_objects_and_lines():
    trace = record(bench.alive(30, lines=8))
    assert trace.end["status"] == "finished"
    born = [trace.strings[name] for name in trace.column("objects", "type")].count("Thing")
    assert born == 30 + 4
    assert len(trace.steps) >= 8


def test_the_training_goes_on_making_objects():
    def born(iterations):
        trace = record(training.PROGRAM.format(held=20, iterations=iterations))
        assert trace.end["status"] == "finished", trace.end
        return len(trace.column("objects", "type"))

    assert born(5) - born(3) > 2 * 20


@pytest.mark.parametrize(
    ("microseconds", "verdicts"),
    [
        ([10.0] * 20, ["40: met", "200: met"]),
        ([10.0] * 15 + [900.0] * 5, ["40: met", "200: NOT MET"]),
        ([50.0] * 20, ["40: NOT MET", "200: met"]),
    ],
)
def test_goals(microseconds, verdicts):
    assert bench.line_of(200, microseconds)[3:] == verdicts
    assert bench.line_of(100, microseconds)[3:] == ["", ""]


def test_a_few_rows_are_shown_and_the_last_among_them():
    rows = [{"events": n} for n in range(100)]
    few = bench.thinned(rows)
    assert len(few) <= 8
    assert few[-1] == rows[-1]
    assert bench.thinned(rows[:3]) == rows[:3]
