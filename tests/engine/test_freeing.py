"""Graphs of any shape and depth are built, differentiated and freed; nothing recurses."""

import gc
import sys
import weakref

import numpy as np
import pytest

import livegrad.functions as F
from livegrad import Function, Variable, using_config
from livegrad.freeing import SPAN, Cut

DEEP = 100_000 if sys.platform == "emscripten" else 1_000_000
LESS_DEEP = DEEP // 20


@pytest.fixture(autouse=True)
def _no_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


class Twice(Function):
    def forward(self, x):
        return 2.0 * x

    def backward(self, gy):
        return 2.0 * gy


class Both(Function):
    """Two outputs, x + y and x - y."""

    def forward(self, x, y):
        return x + y, x - y

    def backward(self, ga, gb):
        return ga + gb, ga - gb


def chain(x, n):
    for _ in range(n):
        x = x * 1.0
    return x


def user_chain(x, n):
    for _ in range(n):
        x = Twice()(x) * 0.5
    return x


def fibonacci(x, n):
    a = b = x
    for _ in range(n):
        a, b = b, 0.5 * a + 0.5 * b
    return b


def recurrent(x, n):
    """An LSTM's shape: a cell and a hidden state, and gates from both."""
    c = h = x
    for _ in range(n):
        gate = F.sigmoid(h + x)
        c = c * gate + F.tanh(h) * (1 - gate)
        h = gate * F.tanh(c)
    return h


def skipping(x, n):
    """Edges that leap over whole blocks of generations, and land beside their borders."""
    kept = [x]
    for i in range(n):
        back = (1, 3, SPAN - 1, SPAN, SPAN + 1, 3 * SPAN)[i % 6]
        kept.append(kept[-1] * 0.5 + kept[max(0, len(kept) - back)] * 0.5)
    return kept[-1]


def siblings(x, n):
    a = b = x
    for _ in range(n):
        a, b = Both()(a * 0.5, b * 0.5)
    return a + b


SHAPES = [chain, user_chain, fibonacci, recurrent, skipping, siblings]


def longest_row(y):
    """The most links that a death hands on from one to the next before a Cut stops it."""
    order, seen, waiting = [], set(), [(y.creator, False)]
    while waiting:
        function, done = waiting.pop()
        if done:
            order.append(function)
        elif function is not None and function not in seen:
            seen.add(function)
            waiting.append((function, True))
            waiting += [(x.creator, False) for x in function.inputs]
    length = {None: 0}
    for function in order:
        stopped = isinstance(function.inputs, Cut)
        length[function] = 1 + (0 if stopped else max(length[x.creator] for x in function.inputs))
    return max(length.values())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("weak", [True, False])
def test_no_row_of_deaths_is_longer_than_a_block(shape, weak):
    with using_config("weak_outputs", weak):
        assert longest_row(shape(Variable(np.ones(2)), 400)) <= SPAN


def test_a_million_operations_are_built_differentiated_and_dropped():
    x = Variable(np.ones(1))
    y = chain(x, DEEP)
    watched = weakref.ref(y.creator.inputs[0])
    assert y.generation == DEEP
    y.backward()
    assert x.grad.data == 1.0
    del y
    assert watched() is None


@pytest.mark.parametrize("shape", SHAPES)
def test_deep_graphs_of_every_shape(shape):
    x = Variable(np.ones(1))
    y = shape(x, LESS_DEEP // 10)
    first = weakref.ref(y.creator)
    y.backward()
    assert np.isfinite(x.grad.data).all()
    del y
    assert first() is None
    assert gc.collect() == 0


def test_deep_graphs_with_strong_outputs_are_freed_by_the_collector():
    x = Variable(np.ones(1))
    with using_config("weak_outputs", False):
        y = fibonacci(x, LESS_DEEP // 5)
    y.backward()
    assert x.grad.data == pytest.approx(1.0)
    watched = weakref.ref(y)
    del y
    assert watched() is not None
    assert gc.collect() > LESS_DEEP // 5
    assert watched() is None


def test_second_derivative_of_a_deep_graph():
    x = Variable(np.array(0.1))
    y = chain(x, LESS_DEEP // 10) ** 3
    y.backward(create_graph=True)
    gx, x.grad = x.grad, None
    del y
    gx.backward()
    assert x.grad.data == pytest.approx(0.6)


def test_unchaining_and_printing_deep_graphs():
    y = fibonacci(Variable(np.ones(1)), LESS_DEEP)
    assert repr(y) == "variable([1.])"
    function = weakref.ref(y.creator)
    y.unchain_backward()
    assert y.creator is None
    assert function() is None


def test_order_of_deaths_is_from_the_outputs_to_the_inputs():
    x = Variable(np.ones(1))
    nodes = [x]
    for _ in range(3 * SPAN):
        nodes.append(nodes[-1] + 1.0)
    del x
    died = []
    watched = [weakref.ref(node, lambda _, i=i: died.append(i)) for i, node in enumerate(nodes)]
    y = nodes.pop()
    nodes.clear()
    assert died == []
    del y
    assert died == list(reversed(range(len(watched))))


def test_what_holds_a_part_of_a_graph_keeps_it():
    x = Variable(np.ones(1))
    y = chain(x, 1000)
    middle = chain(y, 1)
    inputs = middle.creator.inputs
    del middle
    assert inputs[0] is y
    z = chain(y, 1000)
    del z
    y.backward()
    assert x.grad.data == 1.0
