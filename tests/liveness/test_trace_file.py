"""A recording written to a file while the program runs, in memory that its length does not need."""

import sys
import tracemalloc
from array import array
from statistics import median

import pytest

from livegrad.liveness import Trace, record
from livegrad.liveness.recorder import run
from livegrad.liveness.trace_file import TraceFile

TRAINING = """\
import numpy as np
from livegrad import Variable
from livegrad.functions import square
kept = []
for i in range({iterations}):
    y = square(square(Variable(np.ones(3))))
    y.backward()
    kept.append(y)
    if len(kept) > 3:
        kept.pop(0)
    print(i)
"""


def test_the_file_is_the_trace(tmp_path):
    path = tmp_path / "t.json"
    with TraceFile(str(path)) as file:
        end = run(TRAINING.format(iterations=2), "main.py", file)
    assert file.error is None
    assert path.stat().st_size == file.nbytes
    trace = Trace.load(path)
    assert trace.end == end
    kept = record(TRAINING.format(iterations=2))
    for table in ("steps", "objects", "deaths", "edges", "drops", "output"):
        assert list(trace.rows(table)) == list(kept.rows(table))


def memory_of(iterations: int) -> tuple["array[int]", "array[int]"]:
    """Bytes of Python's own memory at each chunk, and of the trace until there."""
    memory, written = array("q"), array("q", [0])

    def emit(part, text):
        if part == "chunk":
            memory.append(tracemalloc.get_traced_memory()[0])
            written.append(written[-1] + len(text))

    tracemalloc.start()
    try:
        run(TRAINING.format(iterations=iterations), "main.py", emit)
    finally:
        tracemalloc.stop()
    return memory, written[1:]


@pytest.mark.skipif(sys.platform == "emscripten", reason="the probe outside has other memory")
def test_memory_does_not_grow_with_the_events():
    """What a run needs in its last quarter is what it needed in its second."""
    memory, written = memory_of(160)
    quarter = len(memory) // 4
    assert quarter > 5
    growth = median(memory[-quarter:]) - median(memory[quarter : 2 * quarter])
    between = median(written[-quarter:]) - median(written[quarter : 2 * quarter])
    assert between > 100_000
    assert growth < between / 5


class Full:
    """A file on a disk that is full."""

    def write(self, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_an_error_in_writing_is_none_of_the_program(tmp_path):
    with TraceFile(str(tmp_path / "t.json")) as file:
        file._file.close()
        file._file = Full()
        end = run("print(1)\n", "main.py", file)
    assert (end["status"], end["limit"]) == ("finished", None)
    assert file.error.strerror == "No space left on device"


def test_a_file_that_cannot_be_made(tmp_path):
    with pytest.raises(FileNotFoundError):
        TraceFile(str(tmp_path / "no" / "folder"))
