"""Livegrad, used as a reader of the book would."""

from typing import Any

import numpy as np
from workloads import RATE, SCALE, SHIFT, Step

import livegrad
import livegrad.functions as F
from livegrad import core_simple, models, optimizers


def arrays(result: Any) -> list[Any]:
    return [getattr(value, "data", value) for value in result]


def chain(x: np.ndarray, length: int) -> Step:
    leaf = livegrad.Variable(x)

    def step() -> Any:
        leaf.cleargrad()
        y = leaf
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        y.backward()
        return y, leaf.grad

    return step


def squares(x: np.ndarray) -> Step:
    leaf = livegrad.Variable(x)
    square = F.square

    def step() -> Any:
        leaf.cleargrad()
        y = square(square(square(leaf)))
        y.backward()
        return y, leaf.grad

    return step


def mlp(
    x: np.ndarray,
    t: np.ndarray,
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
) -> Step:
    model = models.MLP((W1.shape[1], W2.shape[1]), activation=F.relu)
    for layer, W, b in zip(model.layers, (W1, W2), (b1, b2), strict=True):
        layer.W.data, layer.b = W, livegrad.Parameter(b)
    optimizer = optimizers.SGD(RATE).setup(model)

    def step() -> Any:
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        return loss, W1, b1, W2, b2

    return step


class Square(core_simple.Function):
    """The Square of the book's step 17: its gradient is computed on ndarrays."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x**2

    def backward(self, gy: np.ndarray) -> np.ndarray:
        x = self.inputs[0].data
        return 2 * x * gy


def users(x: np.ndarray, count: int) -> Step:
    leaf = core_simple.Variable(x)

    def step() -> Any:
        leaf.cleargrad()
        y: Any = leaf
        for _ in range(count):
            y = Square()(y)
        y.backward()
        return y, leaf.grad

    return step


class SquareOfVariables(livegrad.Function):
    """The same from step 32 on: its gradient is computed on Variables."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x**2

    def backward(self, gy: livegrad.Variable) -> livegrad.Variable:
        (x,) = self.inputs
        return 2 * x * gy


def users_of_variables(x: np.ndarray, count: int) -> Step:
    leaf = livegrad.Variable(x)

    def step() -> Any:
        leaf.cleargrad()
        y: Any = leaf
        for _ in range(count):
            y = SquareOfVariables()(y)
        y.backward()
        return y, leaf.grad

    return step


def deep(x: np.ndarray, length: int) -> tuple[Step, Step]:
    leaf = livegrad.Variable(x)
    end = [leaf]

    def build() -> None:
        y = leaf
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        end[0] = y

    def differentiate() -> Any:
        end[0].backward()
        return leaf.grad.data

    return build, differentiate


def kept(kind: str, x: np.ndarray, length: int) -> tuple[Step, Step]:
    operation = {"mul": lambda x: x * SCALE, "square": F.square, "tanh": F.tanh}[kind]
    leaf = livegrad.Variable(x)
    end = [leaf]

    def build() -> None:
        for _ in range(length):
            end[0] = operation(end[0])

    def differentiate() -> Any:
        end[0].backward()
        return leaf.grad.data

    return build, differentiate
