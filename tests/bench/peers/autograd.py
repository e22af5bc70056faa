"""HIPS autograd 1.9.1: the graph is drawn by tracing a function."""

from typing import Any

import autograd.numpy as anp
import numpy as np
from autograd import make_vjp, value_and_grad
from autograd.extend import defvjp, primitive
from workloads import RATE, SCALE, SHIFT, Step


def arrays(result: Any) -> Any:
    return result


def _both(function: Any, x: np.ndarray) -> Step:
    def step() -> Any:
        vjp, y = make_vjp(function)(x)
        return y, vjp(np.ones_like(y))

    return step


def _chained(length: int) -> Any:
    def function(y: Any) -> Any:
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        return y

    return function


def chain(x: np.ndarray, length: int) -> Step:
    return _both(_chained(length), x)


def squares(x: np.ndarray) -> Step:
    return _both(lambda x: anp.square(anp.square(anp.square(x))), x)


def mlp(
    x: np.ndarray,
    t: np.ndarray,
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
) -> Step:
    rows = np.arange(len(x))
    parameters = [W1, b1, W2, b2]

    def loss_of(parameters: Any) -> Any:
        W1, b1, W2, b2 = parameters
        a = anp.maximum(anp.dot(x, W1) + b1, 0.0)
        z = anp.dot(a, W2) + b2
        z = z - np.max(z._value, axis=1, keepdims=True)  # the loss does not depend on it
        return anp.mean(anp.log(anp.sum(anp.exp(z), axis=1)) - z[rows, t])

    both = value_and_grad(loss_of)

    def step() -> Any:
        loss, gradients = both(parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= RATE * gradient
        return loss, W1, b1, W2, b2

    return step


@primitive
def _square(x: np.ndarray) -> np.ndarray:
    return x**2


defvjp(_square, lambda y, x: lambda gy: 2 * x * gy)


def users(x: np.ndarray, count: int) -> Step:
    def function(y: Any) -> Any:
        for _ in range(count):
            y = _square(y)
        return y

    return _both(function, x)


def _traced(function: Any, x: np.ndarray) -> tuple[Step, Step]:
    graph: list[Any] = []

    def build() -> None:
        graph.extend(make_vjp(function)(x))

    def differentiate() -> Any:
        vjp, y = graph
        return vjp(np.ones_like(y))

    return build, differentiate


def deep(x: np.ndarray, length: int) -> tuple[Step, Step]:
    return _traced(_chained(length), x)


def kept(kind: str, x: np.ndarray, length: int) -> tuple[Step, Step]:
    operation = {"mul": lambda x: x * SCALE, "square": anp.square, "tanh": anp.tanh}[kind]

    def function(y: Any) -> Any:
        for _ in range(length):
            y = operation(y)
        return y

    return _traced(function, x)
