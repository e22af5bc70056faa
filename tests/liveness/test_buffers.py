"""Bytes: each piece of memory once, as numpy itself tells tracemalloc."""

import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livegrad.liveness import analysis, record
from livegrad.liveness.native import PythonProbe

native = pytest.mark.skipif(
    sys.platform == "emscripten", reason="the probe outside is asked by tests of its own"
)


def pieces(source: str) -> list[tuple[str | None, int, list[str]]]:
    """Each buffer at the end: name of its owner, bytes, names of the arrays that read it."""
    trace = record("import numpy as np\n" + source)
    assert trace.end["status"] == "finished", trace.end["traceback"]
    replay = analysis.replay(trace)
    state = trace.state(len(trace.steps) - 1)
    found = []
    for buffer, (_, owner, nbytes) in enumerate(trace.rows("buffers")):
        if replay.freed[buffer] > state.event:
            readers = [row[0] for row in trace.rows("arrays") if row[3] == buffer]
            names = [str(replay.name(each)) for each in readers if state.is_alive(each)]
            found.append((None if owner < 0 else replay.name(owner), nbytes, names))
    assert sum(nbytes for _, nbytes, _ in found) == state.nbytes
    return found


def test_views_of_views():
    source = "a = np.zeros(100)\nb = a[10:20]\nc = b[::-1].reshape(2, 5)\nd = c.T\n"
    assert pieces(source) == [("a", 800, ["a", "b", "c", "d"])]


def test_eight_bytes_keep_eight_megabytes():
    source = "huge = np.zeros(1_000_000)\ntiny = huge[:1]\nhuge = None\n"
    assert pieces(source) == [("huge", 8_000_000, ["huge", "tiny"])]
    state = (trace := record("import numpy as np\n" + source)).state(len(trace.steps) - 1)
    (pinned,) = analysis.pinned(state)
    assert (pinned.nbytes, pinned.used) == (8_000_000, 8)


@pytest.mark.parametrize(
    ("make", "nbytes"),
    [
        ("bytearray(800)", 800),
        ("bytes(800)", 800),
        ("__import__('array').array('d', range(100))", 800),
        ("__import__('mmap').mmap(-1, 4096)", 4096),
    ],
    ids=["bytearray", "bytes", "array", "mmap"],
)
def test_a_buffer_of_another_exporter(make, nbytes):
    """Once, and whole, however little is read first; given back with the last reader."""
    if sys.platform == "emscripten" and "mmap" in make:
        pytest.skip("a browser has no memory maps")
    # From outside the interpreter only the size of bytes is known, however little is read.
    part = 0 if sys.platform == "emscripten" and "array" in make[:24] else 8
    source = (
        f"raw = {make}\n"
        f"a = np.frombuffer(memoryview(raw)[{part}:], dtype=np.uint8)\n"
        "b = np.frombuffer(raw, dtype=np.uint8)\n"
        "c = np.asarray(memoryview(raw))\n"
    )
    assert pieces(source) == [(None, nbytes, ["a", "b", "c"])]
    assert pieces(source + "a = c = None\n") == [(None, nbytes, ["b"])]
    assert pieces(source + "a = b = c = None\n") == []


def test_an_array_is_an_exporter_too():
    source = (
        "a = np.zeros(100)\nb = np.asarray(memoryview(a))\nc = np.frombuffer(a[5:], dtype=np.uint8)"
        "\nd = np.lib.stride_tricks.as_strided(a, (2,), (8,))\n"
    )
    assert pieces(source) == [("a", 800, ["a", "b", "c", "d"])]


class Measured(PythonProbe):
    """Compares, at the end of each line, with what numpy told tracemalloc since the start."""

    def start(self, program):
        self.lines = 0
        self.alive = {}
        self.before = told_by_numpy()
        super().start(program)
        writer = self._writer
        buffer, free = writer.buffer, writer.free

        def made(owner, nbytes):
            row = buffer(owner, nbytes)
            if owner >= 0:
                self.alive[row] = nbytes
            return row

        def freed(row):
            self.alive.pop(row, None)
            return free(row)

        writer.buffer, writer.free = made, freed

    def _end_of_line(self, *args):
        super()._end_of_line(*args)
        self.lines += 1
        found = told_by_numpy() - self.before
        assert found == sum(self.alive.values())


def told_by_numpy() -> int:
    domain = tracemalloc.DomainFilter(True, np.lib.tracemalloc_domain)
    traces = tracemalloc.take_snapshot().filter_traces([domain]).traces
    return sum(trace.size for trace in traces)


name = st.sampled_from("abcd")
LINES = (
    "{0} = np.zeros({n})",
    "{0} = np.arange({n}, dtype=np.int16)",
    "{0} = np.ones((2, {n}))",
    "{0} = {1}[:1]",
    "{0} = {1}[::-1]",
    "{0} = {1}.reshape(-1)",
    "{0} = {1}.copy()",
    "{0} = {1} + 1",
    "{0} = {1}.T",
    "{0} = np.asarray(memoryview({1}))",
    "{0} = np.frombuffer(bytearray(8 * {n}))",
    "{0} = np.lib.stride_tricks.as_strided({1}, (1,), (1,))",
    "{0} = np.concatenate([{1}.ravel(), {1}.ravel()])",
    "{0} = {1}.astype(np.float32)",
    "{0} = [x for x in ({1}, {1}[:1])][1]",
    "{0} = {1}",
    "{0} = start",
    "{0} += 1",
)
line = st.builds(
    lambda text, *names, n: text.format(*names, n=n),
    st.sampled_from(LINES),
    name,
    name,
    n=st.integers(1, 300),
)


@native
@settings(max_examples=30)
@given(st.lists(line, min_size=1, max_size=10))
def test_the_sum_is_what_numpy_told_tracemalloc(lines):
    head = "import numpy as np\nstart = np.zeros(4)\na = b = c = d = start\n"
    tracemalloc.start()
    try:
        probe = Measured()
        trace = record(head + "\n".join(lines) + "\n", probe=probe)
    finally:
        tracemalloc.stop()
    assert trace.end["limit"] is None, trace.end["limit"]
    assert trace.end["status"] == "finished", trace.end["traceback"]
    assert probe.lines == len(lines) + 3
