"""What the recorder's tests share: the lessons, and a run without the recorder to compare with."""

import gc
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from livegrad.liveness import Trace, analysis

LESSONS = Path(__file__).parents[2] / "web" / "lessons"


@pytest.fixture(scope="session")
def lesson() -> Callable[[str], str]:
    """The program of a lesson, by the number of its row in the truth table."""

    def read(number: str) -> str:
        (folder,) = LESSONS.glob(f"{number}-*")
        return (folder / "program.py").read_text(encoding="utf-8")

    return read


@pytest.fixture(scope="session")
def bare() -> Callable[[str], str]:
    """What a program prints without the recorder, started and ended as the recorder does it."""
    return _bare


def _bare(source: str) -> str:
    before = sys.modules["__main__"]
    gc.collect()
    gc.freeze()
    try:
        with _standard_output() as output:
            _exec(source)
            gc.unfreeze()
            gc.collect()
    finally:
        gc.unfreeze()
        sys.modules["__main__"] = before
    return output.getvalue()


def _exec(source: str) -> None:
    module = sys.modules["__main__"] = ModuleType("__main__")
    exec(compile(source, "main.py", "exec", dont_inherit=True), module.__dict__)
    del sys.modules["__main__"]


@contextmanager
def _standard_output() -> Iterator[io.StringIO]:
    before = sys.stdout
    sys.stdout = io.StringIO()
    try:
        yield sys.stdout
    finally:
        sys.stdout = before


class Story:
    """A trace told in words: labels for objects, lines for steps."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.replay = analysis.replay(trace)
        self.lines = [step.line for step in trace.steps]
        self.output = "".join(trace.column("output", "text"))

    def serial(self, label: str) -> int:
        return self.replay.labels.index(label)

    def steps(self, line: int) -> list[int]:
        return [step for step, at in enumerate(self.lines) if at == line]

    def after(self, line: int, time: int = -1) -> analysis.State:
        """The state after a line has run; the last time, if it ran several times."""
        return self.trace.state(self.steps(line)[time])

    def counts(self, label: str) -> list[tuple[int, int]]:
        """Line and count at each step at which the count is another than before."""
        found: list[tuple[int, int]] = []
        for step, line in enumerate(self.lines):
            count = self.trace.state(step).counts(self.serial(label))[0]
            if count != (found[-1][1] if found else 0):
                found.append((line, count))
        return found

    def holders(self, label: str, line: int) -> list[str]:
        return [h.text for h in self.after(line).holders(self.serial(label))]

    def deaths(self, *kinds: str) -> list[tuple[str, int | None, str]]:
        """Label, line and cause of each death of these kinds (or all), in order."""
        return [
            (self.replay.labels[row[1]], self.replay.line(row[2]), row[3])
            for row in self.trace.rows("deaths")
            if not kinds or self.replay.kinds[row[1]] in kinds
        ]

    def bytes_over_events(self) -> list[int]:
        """Bytes of all buffers after each event that changes them."""
        changes = [(event, nbytes) for event, _, nbytes in self.trace.rows("buffers")]
        sizes = self.trace.column("buffers", "nbytes")
        changes += [(event, -sizes[buffer]) for event, buffer in self.trace.rows("frees")]
        total, found = 0, []
        for _, change in sorted(changes):
            total += change
            found.append(total)
        return found

    def unexplained(self) -> list[tuple[int, str, tuple[int, int, int]]]:
        """Line, object and counts wherever a count is not the sum of the holders."""
        found = []
        for step, line in enumerate(self.lines):
            state = self.trace.state(step)
            for serial in state.alive:
                count = state.counts(serial)
                strong = sum(self.replay.strengths[e] == "strong" for e in state.edges(serial))
                # Of frames, and of classes, the interpreter has references that nothing tells.
                counted = self.replay.kinds[serial] != "frame" and self.replay.counts[serial]
                if counted and (count[2] or count[0] != strong):
                    found.append((line, self.replay.labels[serial], count))
        return found


@pytest.fixture(scope="session")
def story() -> type[Story]:
    return Story
