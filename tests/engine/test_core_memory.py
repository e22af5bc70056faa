"""What a graph holds, and for how long: what is cut off, no longer needed or used up is let go."""

import gc
import tracemalloc
import weakref

import numpy as np
import pytest

import livegrad.functions as F
from livegrad import Function, Parameter, Variable


def test_unchain_backward_cuts_the_root_too():
    x = Variable(np.ones(1))
    middle = x * 2.0
    y = middle * 3.0
    y.unchain_backward()
    assert y.creator is None
    assert middle.creator is None


def test_unchain_makes_a_leaf_for_those_behind_it():
    x = Variable(np.array(2.0))
    a = x * 3.0
    y = a * 4.0
    a.unchain()
    y.backward()
    assert a.grad.data == 4.0
    assert x.grad is None


def test_gradients_nobody_retains_are_dropped_as_soon_as_used():
    alive = []

    class Spy(Function):
        def forward(self, x):
            return x * 1.0

        def backward(self, gy):
            alive.append(weakref.ref(gy.data))
            if len(alive) > 3:
                assert alive[-3]() is None
            return gy * 1.0

    x = Variable(np.ones(10))
    y = x
    for _ in range(20):
        y = Spy()(y)
    y.backward()
    assert len(alive) == 20
    assert [r() for r in alive] == [None] * 20


def test_iterations_hold_the_same_bytes_without_the_collector():
    W = Parameter(np.ones((20, 20)))
    x = np.ones((5, 20))

    def iteration():
        y = F.sum(F.tanh(F.matmul(x, W)))
        W.cleargrad()
        y.backward()
        W.data -= 0.01 * W.grad.data

    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        for _ in range(80):  # until the constants of the loop are met often
            iteration()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(100):
            iteration()
        assert abs(tracemalloc.get_traced_memory()[0] - before) < 2000
    finally:
        tracemalloc.stop()
        gc.enable()


@pytest.mark.parametrize(
    ("operation", "most"),
    [(lambda y: y * 1.01, 1), (F.square, 1), (F.tanh, 2), (lambda y: y + 0.5, 1)],
    ids=["mul", "square", "tanh", "add"],
)
def test_the_peak_of_backward_is_at_most_two_arrays_above_what_is_kept(operation, most):
    n = 200_000
    x = Variable(np.full(n, 0.5))
    tracemalloc.start()
    try:
        y = x
        for _ in range(10):
            y = operation(y)
        kept = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        y.backward()
        above = (tracemalloc.get_traced_memory()[1] - kept) / (8 * n)
    finally:
        tracemalloc.stop()
    assert above < most + 0.1
