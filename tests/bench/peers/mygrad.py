"""MyGrad 2.5.0: NumPy's ufuncs, overloaded, and a graph that backward clears."""

from typing import Any

import mygrad
import numpy as np
from mygrad.nnet.activations import relu
from mygrad.nnet.losses import softmax_crossentropy
from workloads import RATE, SCALE, SHIFT, Step


def arrays(result: Any) -> list[Any]:
    return [value.data if isinstance(value, mygrad.Tensor) else value for value in result]


def chain(x: np.ndarray, length: int) -> Step:
    leaf = mygrad.tensor(x)

    def step() -> Any:
        y = leaf
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        y.backward()
        return y, leaf.grad

    return step


def squares(x: np.ndarray) -> Step:
    leaf = mygrad.tensor(x)

    def step() -> Any:
        y = mygrad.square(mygrad.square(mygrad.square(leaf)))
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
    parameters = [mygrad.tensor(array, copy=False) for array in (W1, b1, W2, b2)]

    def step() -> Any:
        V1, c1, V2, c2 = parameters
        a = relu(x @ V1 + c1)
        loss = softmax_crossentropy(a @ V2 + c2, t)
        loss.backward()
        for parameter in parameters:
            parameter.data -= RATE * parameter.grad
        return loss, *parameters

    return step


class _Square(mygrad.operation_base.Operation):  # type: ignore[misc]
    def __call__(self, x: Any) -> np.ndarray:
        self.variables = (x,)
        return x.data**2

    def backward_var(self, grad: np.ndarray, index: int, **options: Any) -> np.ndarray:
        return 2 * self.variables[index].data * grad


def users(x: np.ndarray, count: int) -> Step:
    leaf = mygrad.tensor(x)

    def step() -> Any:
        y = leaf
        for _ in range(count):
            y = mygrad.execute_op(_Square, y)
        y.backward()
        return y, leaf.grad

    return step


def deep(x: np.ndarray, length: int) -> tuple[Step, Step]:
    leaf = mygrad.tensor(x)
    end = [leaf]

    def build() -> None:
        y = leaf
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        end[0] = y

    def differentiate() -> Any:
        end[0].backward()
        return leaf.grad

    return build, differentiate


def kept(kind: str, x: np.ndarray, length: int) -> tuple[Step, Step]:
    operation = {"mul": lambda x: x * SCALE, "square": mygrad.square, "tanh": mygrad.tanh}[kind]
    leaf = mygrad.tensor(x, copy=False)
    end = [leaf]

    def build() -> None:
        for _ in range(length):
            end[0] = operation(end[0])

    def differentiate() -> Any:
        end[0].backward()
        return leaf.grad

    return build, differentiate
