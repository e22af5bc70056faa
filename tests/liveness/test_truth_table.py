"""The nine rows of the truth table, as the trace tells them."""

import os
import sys

import numpy as np
import pytest

from livegrad.liveness import record

ARRAY = 10_000 * 8
GRAPH = 4 * ARRAY


@pytest.fixture
def told(lesson, story):
    def tell(number, **options):
        return story(record(lesson(number), **options))

    return tell


@pytest.mark.parametrize("outputs", ["weak", "strong"])
@pytest.mark.parametrize("number", [f"{n:02}" for n in range(1, 10)])
def test_every_count_is_the_sum_of_its_holders(told, number, outputs):
    s = told(number, outputs=outputs)
    assert s.trace.end["status"] == "finished"
    assert s.trace.end["limit"] is None
    assert s.unexplained() == []


def test_row_1_a_count_rises_in_three_ways(told):
    s = told("01")
    # Line 11 calls f, whose line 6 ends before it does.
    assert s.counts("Variable#1") == [(9, 1), (10, 2), (6, 3), (11, 2), (13, 3), (14, 2), (15, 1)]
    assert s.holders("Variable#1", 9) == ["name a in <module>"]
    assert s.holders("Variable#1", 10) == ["name a in <module>", "name b in <module>"]
    assert "argument argument of f" in s.holders("Variable#1", 6)
    assert "kept[0] in <module>" in s.holders("Variable#1", 13)
    assert s.replay.objects[s.serial("list#1")].born_line == 12


def test_row_2_the_count_goes_up_in_the_call_and_down_to_the_end(told):
    s = told("02")
    assert s.counts("Thing#1") == [(9, 1), (6, 2), (10, 1), (11, 0)]
    assert s.deaths("instance") == [("Thing#1", 11, "rebound")]
    (thing,) = s.trace.objects()
    assert (thing.name, thing.born_line, thing.died_line, thing.cause) == ("a", 9, 11, "refcount")


def test_row_3_a_chain_dies_in_order(told):
    s = told("03")
    assert s.counts("Thing#3") == [(7, 1), (9, 2), (10, 1), (12, 0)]
    assert s.counts("Thing#2") == [(6, 1), (8, 2), (11, 1), (12, 0)]
    assert s.deaths("instance") == [
        ("Thing#1", 12, "rebound"),
        ("Thing#2", 12, "holder"),
        ("Thing#3", 12, "holder"),
    ]


def test_row_4_a_cycle_is_an_island_until_it_is_collected(told):
    s = told("04")
    things = [s.serial(f"Thing#{n}") for n in (1, 2, 3)]
    assert s.after(15).islands == []
    state = s.after(16)
    assert state.islands == [things]
    assert [state.counts(thing)[0] for thing in things] == [1, 1, 1]
    assert [cause for _, _, cause in s.deaths("instance")] == ["collector"] * 3
    assert s.after(17).islands == []
    ((_, _, stack, generation, trigger, collected),) = s.trace.rows("collections")
    assert (s.replay.line(stack), generation, trigger, collected) == (17, 2, "call", 3)


def test_row_5_a_weak_reference_counts_nothing_and_outlives_its_target(told):
    s = told("05")
    array, reference = s.serial("ndarray#1"), s.serial("ReferenceType#1")
    state = s.after(6)
    assert state.counts(array) == (1, 1, 0)
    assert [(h.strength, h.text) for h in state.holders(array)] == [
        ("strong", "name a in <module>"),
        ("weak", "name b in <module>"),
    ]
    *temporaries, last_death = s.deaths("array")
    assert last_death == ("ndarray#1", 9, "rebound")
    assert {line for _, line, _ in temporaries} <= {7, 8}  # of writing the array out
    last = s.after(10)
    assert last.is_alive(reference)
    assert not any(s.replay.holders[e] == reference for e in last.edges(array))
    first, middle, third = s.output.splitlines()
    assert "to 'numpy.ndarray'" in first
    assert middle == "[1 2 3]"
    assert "dead" in third


def test_row_6_strong_outputs_survive_their_names(told):
    s = told("06")
    (island,) = s.after(14).islands
    assert {"Variable#1", "Square#1", "Variable#2"} <= {s.replay.labels[o] for o in island}
    assert s.holders("Variable#2", 14) == ["outputs[0] of Square#1"]
    deaths = s.deaths("variable", "function")
    assert {line for _, line, _ in deaths} == {15}
    assert {cause for _, _, cause in deaths} == {"collector"}


def test_row_7_weak_outputs_die_with_the_last_name(told):
    s = told("07")
    assert s.trace.length("islands") == 0
    assert s.holders("Variable#2", 10) == ["name y in <module>", "outputs[0] of Square#1"]
    assert s.deaths("variable", "function")[0] == ("Variable#2", 14, "rebound")
    assert {line for _, line, _ in s.deaths("variable", "function", "array")} == {14}
    assert s.after(14).nbytes == 0
    assert s.output == "variable(1.0)\n"


def test_row_8_two_graphs_live_for_a_moment(told):
    s = told("08")
    assert [s.trace.state(step).nbytes for step in s.steps(10)] == [GRAPH] * 10
    assert max(s.bytes_over_events()) == 2 * GRAPH
    # The old graph hangs on the old y: the new one is there before the old one goes.
    first, last = s.trace.steps[s.steps(10)[1] - 1].last, s.trace.steps[s.steps(10)[1]].last
    peak = max(s.trace.state(s.steps(10)[1]).nbytes, *_bytes_between(s, first, last))
    assert peak == 2 * GRAPH
    assert {cause for _, _, cause in s.deaths("array", "variable")} == {"rebound", "holder"}


def _bytes_between(s, first, last):
    from livegrad.liveness.analysis import state_at

    return [state_at(s.trace, event).nbytes for event in range(first, last + 1)]


def test_row_8_strong_outputs_pile_up_until_they_are_collected(told):
    s = told("08", outputs="strong")
    assert s.trace.header["outputs"] == "strong"
    after_each = [s.trace.state(step).nbytes for step in s.steps(10)]
    assert after_each == [GRAPH * n for n in range(1, 11)]
    assert len(s.trace.state(s.steps(10)[-1]).islands) == 9
    assert s.after(11).nbytes == GRAPH
    assert s.after(11).islands == []


def test_row_9_branches_join_by_generation(told):
    s = told("09")
    attributes = [(row[1], s.trace.strings[row[2]], row[3]) for row in s.trace.rows("attributes")]
    generation = {
        s.replay.labels[o]: value for o, name, value in attributes if name == "generation"
    }
    assert [generation[f"Variable#{n}"] for n in range(1, 6)] == [0, 1, 2, 2, 3]
    assert generation["Add#1"] == 2
    assert [line for label, line, _ in s.deaths() if label.startswith("Add")] == [12]
    assert s.after(12).nbytes == 0
    assert "64.0" in s.output


def test_the_shape_and_dtype_of_arrays():
    trace = record("import numpy as np\na = np.zeros((2, 3), dtype='float32')\nv = a[0]\n")
    rows = [(shape, trace.strings[dtype]) for _, shape, dtype, _ in trace.rows("arrays")]
    assert rows == [([2, 3], "float32"), ([3], "float32")]
    assert trace.column("arrays", "buffer") == [0, 0]
    assert trace.state(2).nbytes == 24


def test_a_view_keeps_its_base_alive(story):
    source = "import numpy as np\na = np.zeros(1000)\nv = a[:1]\na = None\nv = None\n"
    s = story(record(source))
    assert s.after(4).nbytes == 8000
    assert s.holders("ndarray#1", 4) == ["base of ndarray#2"]
    # numpy frees the base first and tells of the view afterwards.
    assert sorted(s.deaths()) == [("ndarray#1", 5, "holder"), ("ndarray#2", 5, "rebound")]
    assert s.after(5).nbytes == 0
    assert [each.nbytes for each in s.trace.objects()] == [8000, 0]


def test_the_header_says_who_recorded(told):
    header = told("02").trace.header
    assert header["python"] == ".".join(map(str, sys.version_info[:3]))
    assert header["numpy"] == np.__version__
    expected = os.environ.get("LIVEGRAD_TEST_PROBE", "python")
    assert (header["platform"], header["probe"]) == (sys.platform, expected)
