"""Any bytes for a trace: they are read, or refused with one sentence, and never cost much."""

import io
import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livegrad.liveness import Trace, TraceError, analysis, record

PROGRAM = """
import gc, weakref
import numpy as np
class Thing:
    pass
a = Thing()
a.me = a
w = weakref.ref(a)
b = [a, np.zeros(3)[1:]]
def f(x):
    return [x, {'k': x}]
c = f(b)
a = b = None
gc.collect()
print('printed')
"""
TOKENS = [
    b'"',
    b"\\",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b":",
    b"-",
    b"0",
    b"-1",
    b"null",
    b"true",
    b"NaN",
    b"Infinity",
    b"1e999",
    b"1.5",
    b"9" * 5000,
    b"9007199254740993",
    b"[" * 3000,
    b'{"a":' * 3000,
    b"[0" + b",0" * 3000 + b"]",
    b"[[]" + b",[]" * 3000 + b"]",
    b'"\\ud800"',
    b'"strings":[],',
    b"\x00",
    b"\xff",
    "é".encode(),
    "한".encode("utf-16"),
]
MOST = 200
"""Bytes of memory for a byte of the file, at most; an empty list of Python takes 64 for 3."""


@pytest.fixture(scope="module")
def written():
    return json.dumps(record(PROGRAM).data, separators=(",", ":")).encode()


@st.composite
def edits(draw, longest: int):
    """A few edits of bytes: (place, bytes removed, bytes put there)."""
    place = st.integers(0, longest)
    few = st.one_of(st.integers(0, 3), st.integers(0, 400))
    piece = st.one_of(st.sampled_from(TOKENS), st.binary(max_size=4), st.just(b""))
    return draw(st.lists(st.tuples(place, few, piece), min_size=1, max_size=4))


def read(data: bytes) -> Trace | None:
    """The trace, or None where it was refused as it must be."""
    try:
        return Trace.load(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    except TraceError as error:
        told = str(error)
        assert told.endswith(".")
        assert "\n" not in told
        assert len(told) < 300
        return None


def ask(trace: Trace) -> None:
    """Everything that the shell asks; a TraceError is an answer, too."""
    for step in range(len(trace.steps)):
        state = trace.state(step)
        assert state.nbytes >= 0
        for serial in state.alive:
            assert analysis.why(state, serial).endswith(".")
            analysis.loss_of(state, serial)
        assert all(each.nbytes >= 0 for each in analysis.retained_by(state).values())
        analysis.islands_of(state)
    analysis.leaks_between(trace, -1, len(trace.steps) - 1)


@settings(max_examples=200)
@given(data=st.data())
def test_edited_bytes(data, written):
    mutated = bytearray(written)
    for place, removed, piece in data.draw(edits(len(written))):
        mutated[place : place + removed] = piece
    tracemalloc.start()
    try:
        trace = read(bytes(mutated))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST * len(mutated) + 100_000
    if trace is not None:
        ask(trace)


@settings(max_examples=50)
@given(data=st.data())
def test_cut_bytes(data, written):
    """What is cut says so."""
    cut = written[: data.draw(st.integers(40, len(written) - 1))]
    with pytest.raises(TraceError, match=r"^The trace breaks off: .* record the program again\.$"):
        Trace.load(io.StringIO(cut.decode()))


@settings(max_examples=100)
@given(data=st.data())
def test_changed_numbers(data, written):
    """Valid JSON with other numbers in it: what is read can be asked everything."""
    found = json.loads(written)
    columns = [
        column
        for chunk in found["chunks"]
        for table, columns in chunk.items()
        if isinstance(columns, dict)
        for name, column in columns.items()
        if column and isinstance(column[0], int)
    ]
    for _ in range(data.draw(st.integers(1, 3))):
        column = data.draw(st.sampled_from(columns))
        place = data.draw(st.integers(0, len(column) - 1))
        column[place] = data.draw(st.one_of(st.integers(-1, 40), st.integers(0, 2**60)))
    trace = read(json.dumps(found).encode())
    if trace is not None:
        ask(trace)
