"""sigmoid, relu, leaky_relu, softmax and log_softmax."""

from typing import Any

import numpy as np

from ..core import Variable, as_variable
from ..utils import logsumexp
from .elementwise import exp
from .operation import Unary, as_data
from .reduce import sum


class Sigmoid(Unary):
    """y = 1 / (1 + exp(-x)), computed so that nothing overflows"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.tanh(x * 0.5) * 0.5 + 0.5

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= y
        gy *= 1 - y
        return gy


def sigmoid(x: Any) -> Variable:
    """1 / (1 + exp(-x)), elementwise."""
    return Sigmoid().apply(x)


def sigmoid_simple(x: Any) -> Variable:
    """1 / (1 + exp(-x)), composed of simpler operations."""
    return 1 / (1 + exp(-as_variable(x)))


class ReLU(Unary):
    """y = max(x, 0)"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.maximum(x, 0)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= as_data(y) > 0
        return gy


def relu(x: Any) -> Variable:
    """x where it is positive, else 0; the derivative at 0 is 0."""
    return ReLU().apply(x)


class LeakyReLU(Unary):
    """y = x where x > 0, else slope * x"""

    __slots__ = ("slope",)
    spends = True

    def __init__(self, slope: float) -> None:
        self.slope = slope

    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.where(x > 0, x, x * self.slope)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        x = as_data(x)
        gy *= np.where(x > 0, 1, self.slope).astype(x.dtype)
        return gy


def leaky_relu(x: Any, slope: float = 0.2) -> Variable:
    """x where it is positive, else slope * x; the derivative at 0 is slope."""
    return LeakyReLU(slope).apply(x)


class Softmax(Unary):
    """y = exp(x) / sum(exp(x)) over an axis, computed so that nothing overflows"""

    __slots__ = ("axis",)

    def __init__(self, axis: Any = 1) -> None:
        self.axis = axis

    def forward(self, x: np.ndarray) -> np.ndarray:
        y = np.exp(x - x.max(axis=self.axis, keepdims=True))
        y /= y.sum(axis=self.axis, keepdims=True)
        return y

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gx = y * gy
        return gx - y * gx.sum(axis=self.axis, keepdims=True)


def softmax(x: Any, axis: Any = 1) -> Variable:
    """exp(x) / sum(exp(x)) over the axis: positive, and summing to 1 along it."""
    return Softmax(axis).apply(x)


def softmax_simple(x: Any, axis: Any = 1) -> Variable:
    """exp(x) / sum(exp(x)) over the axis, composed of simpler operations."""
    y = exp(x)
    return y / sum(y, axis=axis, keepdims=True)


class LogSoftmax(Unary):
    """y = x - log(sum(exp(x))) over an axis"""

    __slots__ = ("axis",)

    def __init__(self, axis: Any = 1) -> None:
        self.axis = axis

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x - logsumexp(x, self.axis)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return gy - np.exp(y) * gy.sum(axis=self.axis, keepdims=True)


def log_softmax(x: Any, axis: Any = 1) -> Variable:
    """The logarithm of softmax over the axis, exact where softmax underflows."""
    return LogSoftmax(axis).apply(x)
