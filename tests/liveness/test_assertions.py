"""Assertions on the live heap: they see what is true, say why, and hold nothing."""

import functools
import gc
import sys
import weakref

import numpy as np
import pytest

from livegrad import Variable
from livegrad.functions import square
from livegrad.liveness import expect_alive, expect_dead

losses = []


class Thing:
    @functools.lru_cache  # noqa: B019 - the leak that a test is about
    def area(self):
        return 1


@pytest.fixture(autouse=True)
def nothing_stays():
    yield
    losses.clear()
    Thing.area.cache_clear()


def failure(check):
    """The message of the AssertionError that a check must raise."""
    with pytest.raises(AssertionError) as caught:
        check()
    return str(caught.value)


def test_a_death_in_the_block():
    x, y = Thing(), Variable(np.array(1.0))
    with expect_dead(x, y):
        del x, y


def test_it_holds_nothing():
    x = Thing()
    before = sys.getrefcount(x)
    expectation = expect_dead(x)
    assert sys.getrefcount(x) == before
    with expectation:
        assert sys.getrefcount(x) == before
        x = None


def test_an_array_and_its_view():
    def check():
        huge = np.zeros(1000)
        view = huge[:1]
        with expect_dead(huge):
            del huge
        return view

    message = failure(check)
    assert "Expected `ndarray` to be dead after the block at" in message
    assert "`base` of `ndarray` holds it, and `view` holds `ndarray`" in message
    assert message.endswith("keep `view.copy()` instead.")


def test_the_sentence_the_line_and_the_cure():
    def check():
        y = square(Variable(np.array(3.0)))
        losses.append(y)
        with expect_dead(y.creator):
            del y

    line = check.__code__.co_firstlineno + 3
    message = failure(check)
    assert message == (
        f"Expected `Square` to be dead after the block at {__file__}:{line} in check. "
        "`Square` is alive because `creator` of `Variable` holds it, and `losses[0]` holds "
        f"`Variable`; `losses` is a global of `{__name__}`. "
        "To let it die: append `float(x.data)` instead of the Variable."
    )


def test_a_local_a_class_and_a_cache():
    def local():
        x = Thing()
        expect_dead(weakref.ref(x))

    assert "`x` is a local of `local`, which has not returned" in failure(local)

    def attribute():
        Thing.kept = Thing()
        expect_dead(weakref.ref(Thing.kept))

    assert "`kept` of `class Thing` holds it" in failure(attribute)
    del Thing.kept

    def cache():
        x = Thing()
        x.area()
        with expect_dead(x):
            del x

    assert "call `Thing.area.cache_clear()`" in failure(cache)


def test_a_traceback():
    def fail():
        x = Thing()
        kept.append(weakref.ref(x))
        raise ValueError

    def check():
        try:
            fail()
        except ValueError as error:
            pinned = error
        expect_dead(*kept)
        return pinned

    kept = []
    message = failure(check)
    assert "`x` holds it" in message or "`x` of `frame` holds it" in message
    assert "`del pinned`" in message
    assert "`pinned` is a local of `check`" in message


def test_a_cycle_is_alive_until_the_collector_comes():
    def make():
        x, y = Thing(), Thing()
        x.other, y.other = y, x
        return x

    x = make()
    gc.disable()
    try:
        message = failure(lambda: expect_dead(released()))
    finally:
        gc.enable()
    assert "it held itself: Thing → Thing → Thing; only the collector frees that" in message
    with expect_dead(x, collect=True):
        del x


def released():
    x = Thing()
    x.me = Thing()
    x.me.me = x
    return weakref.ref(x)


def test_a_weak_reference_is_looked_at_at_once():
    x = Thing()
    reference = weakref.ref(x)
    expect_alive(reference)
    del x
    expect_dead(reference)
    assert "It is dead" in failure(lambda: expect_alive(reference))


def test_alive():
    x = Thing()
    with expect_alive(x):
        y = x
        del x

    def check():
        with expect_alive(y_holder[0]):
            y_holder.clear()

    y_holder = [y]
    del y
    message = failure(check)
    first = check.__code__.co_firstlineno
    assert f"It died at {__file__}:{first + 2} in check" in message
    assert f"after the block at {__file__}:{first + 1} in check" in message


def test_an_error_in_the_block_comes_through():
    x = Thing()
    with pytest.raises(KeyError), expect_dead(x):
        raise KeyError


def test_wrong_arguments():
    with pytest.raises(TypeError, match="cannot watch a list, which supports no weak references"):
        expect_dead([1])
    with pytest.raises(TypeError, match="needs at least one object"):
        expect_dead()
    x = Thing()
    with pytest.raises(TypeError, match="not both: call it twice"):
        expect_dead(x, weakref.ref(x))


def test_a_check_that_was_never_made_is_told():
    with pytest.warns(RuntimeWarning, match="has checked nothing: write `with expect_dead"):
        expect_dead(Thing())


def test_what_a_call_holds_is_told_so():
    def check():
        inner(Thing())

    def inner(x):
        reference = weakref.ref(x)
        del x
        if reference() is None:  # CPython 3.14: the caller had lent its only reference
            raise AssertionError("held by what Python does not show")
        expect_dead(reference)

    message = failure(lambda: check())
    assert "held by what Python does not show" in message or "is alive because" in message
