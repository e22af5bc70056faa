"""Every lesson: its program runs, its text is true, and what it says to try does what it says."""

import json
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from livegrad.functions import constants
from livegrad.liveness import record

LESSONS = Path(__file__).parents[2] / "web" / "lessons"
FOLDERS = sorted(folder.name for folder in LESSONS.glob("*-*"))
LANGUAGES = ("en", "ko")
# In Pyodide, ten times as slow, the page's tests run the lessons with strong outputs.
OUTPUTS = ("weak",) if sys.platform == "emscripten" else ("weak", "strong")
SHOWN = ("variable", "parameter", "function", "array", "instance")

pytestmark = pytest.mark.skipif(not FOLDERS, reason="reads the checkout")


@pytest.fixture(autouse=True)
def fresh_constants():
    """The engine keeps arrays of numbers met often, and here one process runs all programs."""
    constants.forget()


def program(folder):
    return (LESSONS / folder / "program.py").read_text(encoding="utf-8")


def page(folder, language):
    return (LESSONS / folder / f"{language}.md").read_text(encoding="utf-8")


def edits(folder, language="en"):
    """First line, last line and new lines of each thing to try that changes the program."""
    fences = re.findall(
        r"^  ```python (\d+)(?:-(\d+))?\n(.*?)^  ```$", page(folder, language), re.M | re.S
    )
    return [
        (int(first), int(last or first), [line.removeprefix("  ") for line in text.splitlines()])
        for first, last, text in fences
    ]


def tried(folder, number):
    """The program with the n-th edit made, from 1."""
    first, last, new = edits(folder)[number - 1]
    lines = program(folder).splitlines()
    lines[first - 1 : last] = new
    return "\n".join(lines) + "\n"


@pytest.fixture
def told(story):
    def tell(folder, attempt=None, **options):
        source = program(folder) if attempt is None else tried(folder, attempt)
        s = story(record(source, **options))
        assert s.trace.end["status"] == "finished", s.trace.end["traceback"]
        return s

    return tell


def causes(s, *kinds):
    """Of deaths; the probe outside the interpreter also sees what never had a holder."""
    return {cause for _, _, cause in s.deaths(*(kinds or SHOWN))} - {"temporary"}


def died(s, label):
    """The line that an object died in, or None."""
    return next((line for one, line, _ in s.deaths() if one == label), None)


def alive(s, line=None, time=-1):
    """Labels of the living objects that the page shows, after a line or at the end."""
    state = s.trace.state(len(s.trace.steps) - 1) if line is None else s.after(line, time)
    return {s.replay.labels[o] for o in state.alive if s.replay.kinds[o] in SHOWN}


def nbytes(s, line=None, time=-1):
    state = s.trace.state(len(s.trace.steps) - 1) if line is None else s.after(line, time)
    return state.nbytes


def strong_holders(s, label, line):
    holders = s.after(line).holders(s.serial(label))
    return [h.text for h in holders if h.strength == "strong"]


def peak(s):
    return max(s.bytes_over_events())


@pytest.mark.parametrize("outputs", OUTPUTS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_count_is_the_sum_of_its_holders_at_every_step(told, folder, outputs):
    s = told(folder, outputs=outputs)
    assert s.trace.end["limit"] is None
    assert s.unexplained() == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_languages_say_the_same(folder):
    """Same edits, same moments, same number of paragraphs; every moment is reached."""
    en, ko = (page(folder, language) for language in LANGUAGES)
    assert edits(folder, "en") == edits(folder, "ko")
    moments = [re.findall(r"\]\((#line-[\w-]+)\)", text) for text in (en, ko)]
    assert sorted(moments[0]) == sorted(moments[1])
    assert en.count("\n\n") == ko.count("\n\n")
    assert re.search("[가-힣]", ko)
    assert not re.search("[가-힣]", en)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_moment_of_the_text_is_reached(told, folder):
    s = told(folder)
    for line, nth in re.findall(r"#line-(\d+)(?:-pass-(\d+))?\)", page(folder, "en")):
        assert len(s.steps(int(line))) >= int(nth or 1)


@pytest.mark.parametrize("outputs", OUTPUTS)
@pytest.mark.parametrize(
    ("folder", "attempt"),
    [(folder, n) for folder in FOLDERS for n in range(1, len(edits(folder)) + 1)],
)
def test_everything_to_try_runs_and_changes_the_program(told, folder, attempt, outputs):
    assert tried(folder, attempt) != program(folder)
    told(folder, attempt, outputs=outputs)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_lesson_asks(folder):
    questions = json.loads((LESSONS / folder / "lesson.json").read_text("utf-8"))["questions"]
    assert questions
    for question in questions:
        assert len(question["choices"]) == len(set(question["choices"])) >= 2


# What the texts say of their programs, row by row. Rows 1 to 9: test_truth_table.py.


def test_1_tries(told):
    s = told("01-counts", 1)
    assert s.counts("Variable#1")[-1][1] == 2  # one of the two places in the list is left
    assert max(count for _, count in s.counts("Variable#1")) == 4
    assert died(told("01-counts", 2), "Variable#1") == 16


def test_2_to_5_tries(told):
    assert died(told("02-lifetime", 1), "Thing#1") is None
    s = told("03-chain", 1)
    assert s.deaths("instance") == [(f"Thing#{n}", 9 + n, "rebound") for n in (1, 2, 3)]
    assert "collector" not in causes(told("04-cycle", 1))
    assert died(told("05-weakref", 1), "ndarray#1") is None


def test_6_and_7_tries(told):
    s = told("06-strong-outputs", 1)
    assert (died(s, "Variable#2"), causes(s) & {"collector"}) == (14, set())
    s = told("07-weak-outputs", 1)
    assert died(s, "Variable#2") == 14
    assert {"Square#1", "Variable#1"} <= alive(s)


def test_8_and_9_tries(told):
    assert peak(told("08-loop")) == 640_000
    assert peak(told("08-loop", 1)) == 320_000
    s = told("09-generations", 1)
    assert (died(s, "Add#1"), died(s, "Square#1"), died(s, "Variable#1")) == (10, 11, 12)


def test_10_the_collector_looks_at_the_young_first(told):
    s = told("10-collector")
    assert [died(s, f"Node#{n}") for n in (1, 2, 3)] == [17, 17, 23]
    assert len(s.after(22).islands) == 1
    found = [(s.replay.line(row[2]), row[3], row[5]) for row in s.trace.rows("collections")]
    assert found == [(17, 0, 2), (20, 0, 0), (22, 0, 0), (23, 2, 1)]
    # A slice of the old generation is of those that were not just looked at; 3.14.5 has none.
    middle = 23 if (3, 14) <= sys.version_info < (3, 14, 5) else 22
    assert died(told("10-collector", 1), "Node#3") == middle
    assert died(told("10-collector", 2), "Node#3") == 23


def test_11_a_thousand_deep_falls_in_one_line(told):
    s = told("11-deep")
    assert s.output == "1000.0\n"
    fallen = s.deaths(*SHOWN)
    assert len(fallen) == 3000
    assert {line for _, line, _ in fallen} == {11}
    assert causes(s) == {"rebound", "holder"}
    order = [label for label, _, _ in fallen if label.startswith("Add")]
    assert order == [f"Add#{n}" for n in range(1000, 0, -1)]
    half = told("11-deep", 2)
    assert (died(half, "Add#501"), died(half, "Add#500")) == (12, None)


def test_12_losses_keep_their_graphs(told):
    s = told("12-losses")
    assert [nbytes(s, 9, n) for n in range(5)] == [80_000 + 80_008 * n for n in range(1, 6)]
    assert strong_holders(s, "Variable#3", 10) == ["losses[0] in <module>"]
    for attempt in (1, 2):
        cured = told("12-losses", attempt)
        assert nbytes(cured) <= 80_000 + 5 * 8
        assert causes(cured) <= {"rebound", "holder", "attribute"}


def test_13_a_state_remembers(told):
    s = told("13-recurrent")
    assert [nbytes(s, 16, n) for n in range(5)] == [80_000 + 240_000 * n for n in range(1, 6)]
    assert {f"Tanh#{n}" for n in range(1, 6)} <= alive(s)
    for attempt in (1, 2):
        assert nbytes(told("13-recurrent", attempt)) == 80_000


def test_14_a_gradient_holds_its_graph(told):
    s = told("14-create-graph")
    assert (nbytes(s, 12), len(alive(s, 12))) == (400_000, 13)
    assert len(s.after(12).islands) == 1
    assert died(s, "Variable#1") == 13
    cured = told("14-create-graph", 1)
    assert causes(cured) & {"collector"} == set()
    assert nbytes(cured, 13) == 0
    assert causes(told("14-create-graph", 2)) & {"collector"} == set()


def test_15_a_function_keeps_its_output(told):
    for outputs in ("weak", "strong"):
        s = told("15-own-output", outputs=outputs)
        (island,) = s.after(23).islands
        members = {s.replay.labels[o] for o in island}
        assert {"Exp#1", "Variable#2"} <= members
        assert any(label.startswith("ndarray") for label in members)
        assert died(s, "Exp#1") == 24
    assert "y of Exp#1" in s.holders("Variable#2", 23)
    cured = told("15-own-output", 1)
    assert died(cured, "Exp#1") == 20
    assert "collector" not in causes(cured)


def test_16_a_closure_holds_a_graph(told):
    s = told("16-closure")
    assert nbytes(s, 18) == 480_000
    assert died(s, "Variable#2") is None
    assert nbytes(told("16-closure", 1)) == 0
    assert nbytes(told("16-closure", 2)) == 0


def test_17_an_exception_keeps_its_frames(told):
    s = told("17-traceback")
    assert (nbytes(s, 16), died(s, "Variable#2")) == (160_000, 17)
    assert "collector" not in causes(s)
    for attempt in (1, 2):
        assert nbytes(told("17-traceback", attempt), 16) == 0


def test_18_a_cache_outlives_its_models(told):
    s = told("18-cache")
    assert (nbytes(s), died(s, "Model#1")) == (240_000, None)
    assert nbytes(told("18-cache", 1)) == 0
    cured = told("18-cache", 2)
    assert (nbytes(cured), causes(cured)) == (0, {"rebound", "holder"})


def test_19_a_view_holds_the_whole_array(told):
    s = told("19-view")
    assert nbytes(s) == 2_400_000
    assert s.output == "24000 bytes are used\n"
    assert strong_holders(s, "ndarray#1", 8) == ["base of ndarray#2"]
    assert nbytes(told("19-view", 1)) == 24_000


def test_20_an_output_is_held_by_its_sibling(told):
    assert died(told("20-sibling"), "Variable#3") == 12
    s = told("20-sibling", outputs="strong")
    assert died(s, "Variable#3") is None
    assert strong_holders(s, "Variable#3", 13) == ["outputs[1] of Split#1"]
    assert len(s.after(14).islands) == 1


def test_21_a_session_keeps_its_last_result(told):
    s = told("21-underscore")
    assert strong_holders(s, "Variable#2", 14) == ["name _ in <module>"]
    assert (nbytes(s, 14), died(s, "Variable#2")) == (160_000, 9)
    cured = told("21-underscore", 1)
    assert (nbytes(cured, 15), died(cured, "Variable#2")) == (0, 15)


def test_22_training_keeps_its_memory_flat(told):
    s = told("22-training")
    assert [nbytes(s, 16, n) for n in range(5)] == [19_456] * 5
    assert causes(s) & {"collector"} == set()
    kept = told("22-training", 1)
    grown = [nbytes(kept, 18, n) for n in range(5)]
    assert all(before < after for before, after in pairwise(grown))
    assert peak(told("22-training", 2)) < peak(s)


@pytest.mark.skipif(sys.platform != "emscripten", reason="the numbers of the page's Python")
def test_the_page_s_python_has_no_third_generation():
    import gc

    assert sys.version_info >= (3, 14)
    assert gc.get_threshold()[2] == 0
