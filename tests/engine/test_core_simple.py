"""The simple core: the same engine, with gradients that are ndarrays."""

import numpy as np
import pytest

import livegrad.functions as F
from livegrad import core_simple
from livegrad.core_simple import Function, Variable, no_grad


class Square(Function):
    def forward(self, x):
        return x**2

    def backward(self, gy):
        assert type(gy) is np.ndarray
        x = self.inputs[0].data
        return 2 * x * gy


def test_gradients_are_arrays():
    x = Variable(np.array(3.0))
    y = Square()(Square()(x))
    y.backward(retain_grad=True)
    for node, gradient in ((x, 108.0), (y, 1.0), (y.creator.inputs[0], 18.0)):
        assert type(node) is Variable
        assert type(node.grad) is np.ndarray
        assert node.grad == gradient


def test_operators_give_variables_of_the_simple_core():
    x = Variable(np.array(3.0))
    for y in (x + 1, 1 + x, x - 1, 1 - x, x * x, 2 * x, x / 2, 2 / x, -x, x**2, np.array(2.0) * x):
        assert isinstance(y, Variable)
        x.cleargrad()
        y.backward()
        assert type(x.grad) is np.ndarray


def test_step_28_descends():
    x0, x1 = Variable(np.array(0.0)), Variable(np.array(2.0))
    for _ in range(100):
        y = 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2
        x0.cleargrad()
        x1.cleargrad()
        y.backward()
        x0.data -= 0.001 * x0.grad
        x1.data -= 0.001 * x1.grad
    assert (100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2).data < 1.0  # 401 at first


def test_operations_of_the_full_core_take_these_variables():
    x = Variable(np.array(0.5))
    F.sin(x).backward()
    assert x.grad == np.cos(0.5)


def test_create_graph_is_refused():
    with pytest.raises(RuntimeError, match="create_graph needs gradients that are Variables"):
        (Variable(np.ones(1)) * 2.0).backward(create_graph=True)


def test_no_grad_and_the_public_names():
    with no_grad():
        assert (Variable(np.ones(1)) * 2.0).creator is None
    assert all(hasattr(core_simple, name) for name in core_simple.__all__)


def test_the_operations_are_classes_of_the_simple_core():
    x0, x1 = Variable(np.array(3.0)), Variable(np.array(2.0))
    for y, gradient in (
        (core_simple.Add()(x0, x1), 1.0),
        (core_simple.Sub()(x0, x1), 1.0),
        (core_simple.Mul()(x0, x1), 2.0),
        (core_simple.Div()(x0, x1), 0.5),
        (core_simple.Neg()(x0), -1.0),
        (core_simple.Pow(2)(x0), 6.0),
    ):
        assert type(y) is Variable
        gxs = y.creator.backward(np.array(1.0))
        gx = gxs[0] if isinstance(gxs, tuple) else gxs
        assert not isinstance(gx, Variable)
        assert gx == gradient
        x0.cleargrad()
        y.backward()
        assert x0.grad == gradient
