"""Gradients are computed in place where nobody else has the array, and nowhere else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import livegrad.functions as F
from livegrad import Function, Variable


class Passing(Function):
    """Hands on the very gradient that it was given, and keeps it."""

    def forward(self, x):
        return x * 1.0

    def backward(self, gy):
        self.kept = gy
        return gy


UNARY = [
    F.square,
    F.sin,
    F.tanh,
    lambda x: x * 0.5,
    lambda x: 0.5 + x,
    lambda x: 1.0 - x,
    lambda x: x / 2.0,
    lambda x: -x,
    lambda x: x**3,
    lambda x: F.reshape(x, (3, 2)).T,
    lambda x: F.broadcast_to(F.sum(x, axis=0, keepdims=True), (2, 3)),
    lambda x: Passing()(x),
    F.relu,
]
BINARY = [
    lambda x0, x1: x0 + x1,
    lambda x0, x1: x0 - x1,
    lambda x0, x1: x0 * x1,
    lambda x0, x1: x0 / (F.square(x1) + 1.0),
]
STEPS = st.tuples(
    st.integers(0, len(UNARY) + len(BINARY) - 1), st.integers(0, 9), st.integers(0, 9)
)


def drawn(leaves, steps):
    """A graph in which each step takes what it likes of all that came before."""
    nodes = list(leaves)
    for operation, i, j in steps:
        x0, x1 = nodes[i % len(nodes)], nodes[-1 - j % len(nodes)]
        if operation < len(UNARY):
            nodes.append(F.tanh(UNARY[operation](x0)))
        else:
            nodes.append(F.tanh(BINARY[operation - len(UNARY)](x0, x1)))
    return nodes


@given(st.lists(STEPS, min_size=1, max_size=12), st.booleans())
def test_gradients_in_place_are_those_of_the_books_own_loop(steps, retain):
    """The walk with Variables computes nothing in place."""
    data = np.linspace(-1.0, 1.3, 12).reshape(2, 2, 3)
    gradients = []
    for create_graph in (False, True):
        leaves = [Variable(a.copy()) for a in data]
        nodes = drawn(leaves, steps)
        y = sum(nodes[len(leaves) :], start=nodes[0])
        seed = np.arange(6.0).reshape(2, 3)
        y.grad = Variable(seed)
        y.backward(retain_grad=retain, create_graph=create_graph)
        assert seed.tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
        assert [x.data.tolist() for x in leaves] == data.tolist()
        gradients.append([None if v.grad is None else v.grad.data for v in (*nodes, y)])
    for plain, expected in zip(*gradients, strict=True):
        if expected is None:
            assert plain is None
        else:
            np.testing.assert_allclose(plain, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("function", [F.square, F.exp, F.neg, F.relu])
def test_a_gradient_that_others_have_is_left_alone(function):
    x = Variable(np.array([1.0, 2.0]))
    a, b = function(x), Variable(np.ones(2))
    (a + b).backward()  # add hands one array to both
    assert b.grad.data.tolist() == [1.0, 1.0]
    keeping = Passing()
    y = keeping(function(x)) * 5.0
    y.backward()
    assert keeping.kept.data.tolist() == [5.0, 5.0]
    middle = function(x)
    (middle * 2.0).backward(retain_grad=True)
    assert middle.grad.data.tolist() == [2.0, 2.0]


@pytest.mark.parametrize("dtype", [np.int64, np.float32, bool])
def test_a_seed_of_another_dtype_or_shape(dtype):
    x = Variable(np.array([0.5, 1.5]))
    y = F.square(x * 3.0)
    y.grad = np.array(1, dtype=dtype)
    y.backward()
    assert x.grad.data.tolist() == [9.0, 27.0]
    y.grad = np.ones(3)
    with pytest.raises(ValueError, match=r"gradient that was set, of shape \(3,\).*\(2,\)"):
        y.backward()


def test_integer_gradients_of_a_function_of_the_users_are_promoted():
    class Step(Function):
        def forward(self, x):
            return x * 2.0

        def backward(self, gy):
            return np.array([2, 2])

    x = Variable(np.array([0.5, 1.5]))
    Step()(x * 1.5).backward()
    assert x.grad.data.tolist() == [3.0, 3.0]
    x.cleargrad()
    Step()(F.reshape(x, (2, 1))[np.array([0, 1]), 0] * 1.5).backward()
    assert x.grad.data.tolist() == [3.0, 3.0]
