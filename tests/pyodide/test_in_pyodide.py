"""The unit tests of engine and recorder once more, inside the page's interpreter in a browser.

One item for each test file. They run in an interpreter restored from the built site's
snapshot, one for all, since their start takes seconds; a new one starts if it dies. What
a restored numpy can do is tested in an interpreter of each kind. The recorder's tests run with
the probe that stands outside the interpreter; those of what a probe must see and must not
touch run with the Python probe as well.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(HERE))

from interpreter import Interpreter  # noqa: E402

NUMPY = "tests/pyodide/test_numpy.py"
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("engine", "liveness")
    for path in (ROOT / "tests" / folder).rglob("test_*.py")
)
TWICE = {"test_truth_table", "test_invisible", "test_invisible_generated", "test_recorder"}
AGAIN = [file for file in FILES if Path(file).stem in TWICE]


@pytest.fixture(scope="module")
def recording_from_within(start: Callable[..., Interpreter]) -> Interpreter:
    return start("short", "python")


def verify(outcome: dict) -> None:
    assert not outcome["failures"], "\n\n".join(outcome["failures"])
    assert outcome["counts"]["passed"] or outcome["counts"]["skipped"], outcome


def test_the_snapshot_holds_and_each_start_from_it_has_its_own_randomness(
    interpreter: Interpreter,
) -> None:
    """Fails when Pyodide, numpy or we have changed so that a snapshot no longer fits."""
    first, second = interpreter.start(), interpreter.start()
    assert first["restored"], "it started the long way; its console says why"
    assert (first["probe"], first["refused"]) == ("outside", "")
    assert first["random"] != second["random"]


@pytest.mark.parametrize("file", [NUMPY, *FILES])
def test_file_in_pyodide(interpreter: Interpreter, file: str) -> None:
    verify(interpreter.run(file))


@pytest.mark.parametrize("file", AGAIN)
def test_file_with_the_python_probe(recording_from_within: Interpreter, file: str) -> None:
    verify(recording_from_within.run(file))


def test_the_long_way_gives_the_same_python(
    start: Callable[..., Interpreter], interpreter: Interpreter
) -> None:
    long = start("long")
    told = long.start()
    assert not told["restored"]
    short = interpreter.start()
    assert {**told, "restored": 0, "random": 0} == {**short, "restored": 0, "random": 0}
    verify(long.run(NUMPY))
