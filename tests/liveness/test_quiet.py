"""Parts that are compared by their words are told of as if each object were looked at."""

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_heap import HEAD, check

from livegrad.liveness import anchors, picture, quiet, record
from livegrad.liveness.layout import layout
from livegrad.liveness.native import PythonProbe

pytestmark = pytest.mark.skipif(
    layout(numpy) is None, reason="the words of objects are unknown here: each is looked at"
)

KEPT = """
def kept_objects():
    thing, slotted, variable = Thing(), Slotted(), Variable(np.ones(2))
    thing.me = [Thing(), 1]
    slotted.me, slotted.other = (Thing(), {"one": Thing()}), {1, 2, thing}
    parts = [thing, slotted, Thing(), Slotted(), variable, forward(variable), np.ones(3)]
    return parts + [tie(Thing()), weakly(thing), Thing().method, Mapping(me=Thing())]
kept = kept_objects()
kept += kept_objects()
pass
pass
pass
"""
TARGETS = (
    "kept[{i}]",
    "getattr(kept[{i}], 'me', a)",
    "getattr(kept[{i}], 'other', b)",
    "getattr(kept[{i}], 'me', [a])[0]",
    "getattr(kept[{i}], 'me', [a, a])[1]",
)
CHANGES = (
    "put({x}, '{k}', {y})",
    "take({x}, '{k}')",
    "shuffle({x})",
    "a = {x}",
    "b = weakly({x})",
    "c = [a, b]",
    "a = b = c = None",
    "kept[{i}] = {y}",
    "namespace({x})",
    "call({x}, {y})",
    "({x}).__class__ = Thing if type({x}) is Thing else Slotted",
    "put(getattr({x}, '__dict__', {{}}), '{k}', {y})",
    "gc.collect()",
    "pass",
)


@contextmanager
def quick() -> Iterator[list[int]]:
    """Small parts are quiet at once. Gives how many were, and how many were woken."""
    told = [0, 0]

    class Counted(quiet.Block):
        def __init__(self, numpy, memory, trees):
            told[0] += len(trees)
            super().__init__(numpy, memory, trees)

        def forget(self, number):
            told[1] += 1
            super().forget(number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quiet, "FEW", 1)
        patch.setattr(quiet, "LONG", 1)
        patch.setattr(quiet, "Block", Counted)
        patch.setattr(picture, "PATIENCE", 1)
        patch.setattr(anchors, "PART", 2)
        yield told


@st.composite
def changes(draw):
    def target():
        return draw(st.sampled_from(TARGETS)).format(i=draw(st.integers(0, 21)))

    text = draw(st.sampled_from(CHANGES))
    key = draw(st.sampled_from(("me", "other")))
    return text.format(x=target(), y=target(), k=key, i=draw(st.integers(0, 21)))


@settings(max_examples=40)
@given(st.lists(changes(), min_size=1, max_size=12))
def test_what_changes_is_seen(lines):
    failures = "TypeError, AttributeError, LookupError, ReferenceError"
    tried = [f"try:\n    {line}\nexcept ({failures}): pass\n" for line in lines]
    with quick() as told:
        check(HEAD + KEPT + "".join(tried))
    assert told[0] >= 8
    assert told[0] == told[1], "something is read after the recording"
    gc.collect()


WAITING = """
import threading, signal
class Thing: pass
kept = [Thing() for _ in range(40)]
for _ in range(6):
    pass
started, ended = threading.Event(), threading.Event()
"""


@pytest.mark.parametrize(
    "line",
    [
        "thread = threading.Thread(target=ended.wait); thread.start()",
        "signal.signal(signal.SIGALRM, lambda *_: kept.clear())",
    ],
)
def test_nothing_is_read_while_something_else_may_run(line):
    before = signal.getsignal(signal.SIGALRM)
    seen = []

    class Seen(PythonProbe):
        def _look(self, *args, **options):
            super()._look(*args, **options)
            seen.append(tuple(told))

    with quick() as told:
        try:
            record(WAITING + f"{line}\npass\npass\nended.set()\n", probe=Seen())
        finally:
            signal.signal(signal.SIGALRM, before)
    assert (20, 0) in seen
    assert seen[-1] == (20, 20)


def test_an_interpreter_of_another_layout_is_looked_at_object_by_object():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quiet, "layout", lambda numpy: None)
        with quick() as told:
            check(WAITING)
    assert told == [0, 0]
