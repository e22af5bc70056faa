"""The leak report, and the moments at which something is born or dies."""

import pytest

from livegrad.liveness import TraceError, analysis, record

SOURCE = """class Thing:
    pass
kept = []
for i in range(4):
    kept.append(Thing())
    other = Thing()
    other.below = Thing()
once = [Thing(), Thing()]
kept = None
"""


def report(trace, first, last, find=analysis.growth_between):
    return {
        each.line: (each.runs, len(each.serials), each.types) for each in find(trace, first, last)
    }


@pytest.fixture(scope="module")
def trace():
    return record(SOURCE)


def step_of(trace, line, time=-1):
    return [step for step, each in enumerate(trace.steps) if each.line == line][time]


def test_growth_by_line(trace):
    assert report(trace, -1, step_of(trace, 8)) == {
        5: (4, 4, {"Thing": 4}),
        6: (1, 1, {"Thing": 1}),
        7: (1, 1, {"Thing": 1}),
        8: (1, 2, {"Thing": 2}),
    }
    assert report(trace, step_of(trace, 7, 1), step_of(trace, 7, 2)) == {
        5: (1, 1, {"Thing": 1}),
        6: (1, 1, {"Thing": 1}),
        7: (1, 1, {"Thing": 1}),
    }


def test_leaks_are_of_several_runs(trace):
    before = step_of(trace, 8)
    assert report(trace, -1, before, analysis.leaks_between) == {5: (4, 4, {"Thing": 4})}
    assert report(trace, -1, step_of(trace, 9), analysis.leaks_between) == {}


def test_what_the_first_run_sets_up_and_the_last_still_uses_is_no_leak():
    trace = record(
        "class Thing:\n    weight = None\nmodel = Thing()\nfor i in range(4):\n"
        "    model.weight, made = model.weight or Thing(), Thing()\n"
    )
    assert report(trace, -1, len(trace.steps) - 1)[5] == (2, 2, {"Thing": 2})
    assert analysis.leaks_between(trace, -1, len(trace.steps) - 1) == []


def test_bytes_come_first():
    trace = record(
        "import numpy as np\nsmall = [np.zeros(1) for _ in range(3)]\nbig = np.zeros(1000)\n"
    )
    found = analysis.growth_between(trace, -1, len(trace.steps) - 1)
    assert [(each.line, each.nbytes) for each in found] == [(3, 8000), (2, 24)]


def test_steps_that_are_not_there(trace):
    with pytest.raises(TraceError, match="Step 3 is after step 1: give the earlier one first"):
        analysis.growth_between(trace, 3, 1)
    with pytest.raises(TraceError, match="none with number 1000"):
        analysis.growth_between(trace, 0, 1000)


def test_the_next_birth_and_death(trace):
    replay = analysis.replay(trace)
    births, event = [], 0
    while (event := analysis.next_birth(trace, event)) is not None:
        births.append(replay.line_at(event))
    assert births == [5, 6, 7] * 4 + [8, 8]
    deaths, event = [], 0
    while (event := analysis.next_death(trace, event)) is not None:
        deaths.append(replay.line_at(event))
    assert deaths == [6, 6] * 3 + [9] * 4
