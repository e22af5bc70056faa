"""A program behaves under the recorder as it does without: generated programs, and what differs."""

import os
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from noticing import PREAMBLE, output_of

from livegrad.liveness import record

natively = pytest.mark.skipif(
    os.environ.get("LIVEGRAD_TEST_PROBE") == "outside",
    reason="the probe outside shares none of these differences",
)

NAMES = ("a", "b", "c")
name = st.sampled_from(NAMES)
statements = st.one_of(
    st.builds("{} = Thing('{}')".format, name, name),
    st.builds("{} = {}".format, name, name),
    st.builds("{} = None".format, name),
    st.builds("{} = [{}, {}]".format, name, name, name),
    st.builds("{} = ({}, {})".format, name, name, name),
    st.builds("{} = {{'k': {}}}".format, name, name),
    st.builds("put({}, '{}', {})".format, name, name, name),
    st.builds("put({0}, 'me', {0})".format, name),
    st.builds("{} = weakly({})".format, name, name),
    st.builds("{} = call({})".format, name, name),
    st.builds("{} = np.ones(3)".format, name),
    st.builds("{} = view({})".format, name, name),
    st.builds("{} = (lambda held=None: {})".format, name, name),
    st.builds("{} = list(produce({}))".format, name, name),
    st.just("print(gc.collect())"),
)
HELPERS = """
import numpy as np
def put(holder, key, value):
    if isinstance(holder, Thing):
        setattr(holder, key, value)
    elif isinstance(holder, list):
        holder.append(value)
    elif isinstance(holder, dict):
        holder[key] = value
def weakly(x):
    try:
        return weakref.ref(x, gone)
    except TypeError:
        return x
def view(x):
    return x[:1] if isinstance(x, np.ndarray) else x
def call(x):
    y = [x]
    print(count(x) if isinstance(x, (Thing, list, dict)) else 0)
    return y[0]
def produce(x):
    yield x
    yield [x]
a = b = c = None
"""


@settings(max_examples=60 if sys.platform != "emscripten" else 20)
@given(st.lists(statements, max_size=15))
def test_generated_programs_behave_the_same(bare, lines):
    counts = "print(" + ", ".join(f"kinds({n})" for n in NAMES) + ")"
    shown = "def kinds(x): return count(x) if isinstance(x, (Thing, list, dict)) else 0\n"
    source = PREAMBLE + HELPERS + shown + "".join(f"{line}\n{counts}\n" for line in lines)
    assert output_of(source) == bare(source)


@settings(max_examples=60 if sys.platform != "emscripten" else 10)
@given(st.lists(statements, max_size=12))
def test_generated_programs_are_told_rightly(story, lines):
    """Islands are what the collector then frees, and nothing dead is held."""
    source = PREAMBLE + HELPERS + "\n".join(lines) + "\nlast = None\ngc.collect()\nlast = None\n"
    s = story(record(source))
    collected = source.count("\n") - 1  # the line of gc.collect(), within which finalizers run
    islands = s.after(collected - 1).islands
    shown = {o for island in islands for o in island if s.replay.kinds[o] == "instance"}
    by_collector = {
        s.serial(label)
        for label, line, cause in s.deaths("instance")
        if cause == "collector" and line == collected
    }
    assert shown == by_collector
    assert s.after(collected + 1).islands == []


WEAK = """
def weak(x):
    n = weakref.getweakrefcount(x)
    assert n == len(weakref.getweakrefs(x))
    return type(x).__name__, n
"""


@natively
@settings(max_examples=30)
@given(st.lists(statements, max_size=12))
def test_weak_reference_counts_are_one_more_and_no_more(bare, lines):
    """What is documented: our own reference to each object that is followed, and to no other."""
    told = "print(" + ", ".join(f"*weak({n})" for n in NAMES) + ")"
    source = PREAMBLE + HELPERS + WEAK + "".join(f"{line}\n{told}\n" for line in lines)
    with_us, without = output_of(source).split(), bare(source).split()
    assert len(with_us) == len(without)
    kind = ""
    for ours, theirs in zip(with_us, without, strict=True):
        if ours != theirs or kind in ("Thing", "ndarray"):
            more = {"Thing": {1}, "ndarray": {1}, "function": {0, 1}}.get(kind, {0})
            assert int(ours) - int(theirs) in more, kind
        kind = ours


COLLECTED = """
import gc
gc.enable()
gc.set_threshold({threshold})
class Thing:
    def __init__(self, name):
        self.name, self.me = name, self
    def __del__(self):
        dead.append(self.name)
dead, kept, told = [], [], []
for i in range({times}):
    kept.append(Thing(i))
    if i % {keep}:
        kept.pop()
    told.append((len(kept), gc.isenabled(), sorted(set(dead) & {{each.name for each in kept}})))
print(told)
gc.disable()
kept.clear()
gc.collect()
print(sorted(dead))
"""


@natively
@settings(max_examples=5)
@given(st.integers(20, 200), st.integers(50, 100), st.integers(2, 9))
def test_automatic_collections_move_and_change_nothing_else(bare, threshold, times, keep):
    """What is documented: they come at other moments, and free what they would have freed."""
    source = COLLECTED.format(threshold=threshold, times=times, keep=keep)
    assert output_of(source) == bare(source)
