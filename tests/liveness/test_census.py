"""No growth: what stays is counted by class, arrays and all."""

import functools
import gc
import weakref

import numpy as np
import pytest

from livegrad import Variable
from livegrad.functions import square
from livegrad.liveness import no_growth
from livegrad.liveness.census import census


class Thing:
    pass


kept = []


@pytest.fixture(autouse=True)
def nothing_stays():
    yield
    kept.clear()


def step():
    y = square(square(Variable(np.ones(3))))
    y.backward()


def leaking_step():
    kept.append(square(Variable(np.array(2.0))))


def test_a_step_that_frees_its_graph():
    no_growth(step)
    with no_growth():
        step()


def test_a_step_that_does_not():
    with pytest.raises(AssertionError) as caught:
        no_growth(leaking_step, times=4)
    message = str(caught.value)
    assert "8 more Variable, 4 more Square, 8 more ndarray." in message
    assert "holds it; `kept` is a global of" in message or "and `kept[" in message
    assert "append `float(x.data)` instead of the Variable" in message


def test_what_the_collector_no_longer_tracks_is_no_growth():
    """One collection takes from its lists a tuple of numbers, the next what holds no more."""
    cached = functools.lru_cache(sum)
    cached(tuple(map(float, range(2))))
    with no_growth():
        pass
    with no_growth():
        pass


def test_the_warm_up_is_not_counted():
    cache = {}

    def fill():
        cache.setdefault("once", Thing())

    no_growth(fill)
    cache.clear()
    with pytest.raises(AssertionError, match="1 more Thing"):
        no_growth(fill, warm_up=0)


def test_what_is_allowed():
    with no_growth(allow=1):
        kept.append(Thing())
    with pytest.raises(AssertionError, match="2 more Thing"), no_growth(allow=1):
        kept.extend([Thing(), Thing()])


def test_classes_that_are_asked_for():
    with no_growth(of=Thing):
        kept.append([np.ones(1)])
    with pytest.raises(AssertionError, match="1 more list"), no_growth(of=list):
        kept.append([1])


def make_cycle():
    x = Thing()
    x.me = x
    return weakref.ref(x)


def test_cycles_are_growth_if_asked():
    with no_growth():
        make_cycle()
    with pytest.raises(AssertionError, match="1 more Thing") as caught:  # noqa: SIM117
        with no_growth(collect=False):
            make_cycle()
    assert "only the collector frees that" in str(caught.value)
    assert gc.isenabled()


def test_arrays_wherever_they_hide():
    """The collector tracks neither arrays nor tuples and dicts of nothing else."""
    before = len(census(np.ndarray).get(np.ndarray, ()))
    local = np.ones(1)
    kept.append((np.ones(2), {"deep": (np.ones(3),)}))
    kept.append(np.ones(4)[1:])
    gc.collect()  # untracks the tuples
    assert len(census(np.ndarray)[np.ndarray]) == before + 5
    assert local.size == 1


def test_an_error_in_the_block_comes_through():
    with pytest.raises(KeyError), no_growth():
        {}[kept.append(Thing())]
