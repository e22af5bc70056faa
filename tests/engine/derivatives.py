"""Derivatives by backpropagation against derivatives by finite differences."""

from collections.abc import Callable
from typing import Any

import numpy as np

import livegrad.functions as F
from livegrad import Variable
from livegrad.utils import numerical_grad


def assert_first(f: Callable[..., Any], *arrays: np.ndarray, **tolerance: float) -> None:
    """The gradient by each of the arrays, float64, of a weighted sum of f is the numerical one."""
    for i, gx in enumerate(first(f, [Variable(a) for a in arrays])):
        expected = numerical_grad(lambda x, i=i: loss(f, *replaced(arrays, i, x)), arrays[i])
        near(gx.data, expected, **tolerance)


def assert_second(f: Callable[..., Any], *arrays: np.ndarray, **tolerance: float) -> None:
    """The same for a weighted sum of the gradients, which create_graph has drawn."""
    inputs = [Variable(a) for a in arrays]
    firsts = first(f, inputs, create_graph=True)
    for x in inputs:
        x.cleargrad()
    weighted(firsts).backward()
    for i, x in enumerate(inputs):
        expected = numerical_grad(
            lambda a, i=i: weighted(first(f, [Variable(b) for b in replaced(arrays, i, a)])),
            arrays[i],
        )
        near(gradient(x).data, expected, **tolerance)


def assert_third(f: Callable[..., Any], *arrays: np.ndarray, **tolerance: float) -> None:
    """The same for a weighted sum of the second derivatives."""
    inputs = [Variable(a) for a in arrays]
    weighted(second(f, inputs, create_graph=True)).backward()
    for i, x in enumerate(inputs):
        expected = numerical_grad(
            lambda a, i=i: weighted(second(f, [Variable(b) for b in replaced(arrays, i, a)])),
            arrays[i],
        )
        near(gradient(x).data, expected, **tolerance)


def second(f: Callable[..., Any], inputs: list[Variable], **options: bool) -> list[Variable]:
    """The gradients of a weighted sum of the gradients by the inputs, which end without any."""
    firsts = first(f, inputs, create_graph=True)
    for x in inputs:
        x.cleargrad()
    weighted(firsts).backward(**options)
    seconds = [gradient(x) for x in inputs]
    for x in inputs:
        x.cleargrad()
    return seconds


def first(f: Callable[..., Any], inputs: list[Variable], **options: bool) -> list[Variable]:
    """The gradients of a weighted sum of f by the inputs."""
    loss(f, *inputs).backward(**options)
    return [gradient(x) for x in inputs]


def gradient(x: Variable) -> Variable:
    """The gradient of x, zeros where nothing depends on x."""
    return Variable(np.zeros_like(x.data)) if x.grad is None else x.grad


def loss(f: Callable[..., Any], *inputs: Any) -> Variable:
    return weighted([f(*inputs)])


def weighted(ys: list[Variable]) -> Variable:
    """A sum in which every element counts differently, so that no error cancels out."""
    total = None
    for k, y in enumerate(ys):
        weights = np.sin(np.arange(y.data.size) + k + 1.0).reshape(y.shape)
        part = F.sum(y * weights)
        total = part if total is None else total + part
    return total


def replaced(arrays: Any, i: int, x: Any) -> list[Any]:
    return [*arrays[:i], x, *arrays[i + 1 :]]


def near(a: Any, b: Any, rtol: float = 1e-5, atol: float = 1e-6) -> None:
    np.testing.assert_allclose(a, b, rtol=rtol, atol=atol)
