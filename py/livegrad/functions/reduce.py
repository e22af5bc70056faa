"""sum, average, max and min over axes."""

from typing import Any

import numpy as np

from ..core import Variable, as_variable
from ..utils import max_backward_shape, reshape_sum_backward
from .operation import Unary
from .shape import BroadcastTo


class Sum(Unary):
    """The sum of x over some axes."""

    __slots__ = ("axis", "keepdims")
    linear = True

    axis: Any
    keepdims: Any

    def __init__(self, axis: Any = None, keepdims: bool = False) -> None:
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x.sum(axis=self.axis, keepdims=self.keepdims)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy = reshape_sum_backward(gy, x.shape, self.axis, self.keepdims)
        return BroadcastTo(x.shape).on(gy)


def sum(x: Any, axis: Any = None, keepdims: bool = False) -> Variable:
    """The sum of x over an axis, a tuple of them, or all; kept with length 1 on request."""
    return Sum(axis, keepdims).apply(x)


def average(x: Any, axis: Any = None, keepdims: bool = False) -> Variable:
    """The mean of x over an axis, a tuple of them, or all; kept with length 1 on request."""
    x = as_variable(x)
    y = sum(x, axis, keepdims)
    return y * (y.data.size / x.data.size)


mean = average


class Max(Unary):
    """The greatest of x over some axes; where several are, each gets the whole gradient."""

    __slots__ = ("axis", "keepdims")

    axis: Any
    keepdims: Any

    def __init__(self, axis: Any = None, keepdims: bool = False) -> None:
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x.max(axis=self.axis, keepdims=self.keepdims)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        kept = max_backward_shape(x, self.axis)
        if isinstance(x, Variable):
            x, y = x.data, y.data
        return gy.reshape(kept) * (x == y.reshape(kept))


class Min(Max):
    """The least of x over some axes; where several are, each gets the whole gradient."""

    __slots__ = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x.min(axis=self.axis, keepdims=self.keepdims)


def max(x: Any, axis: Any = None, keepdims: bool = False) -> Variable:
    """The greatest of x over an axis, a tuple of them, or all."""
    return Max(axis, keepdims).apply(x)


def min(x: Any, axis: Any = None, keepdims: bool = False) -> Variable:
    """The least of x over an axis, a tuple of them, or all."""
    return Min(axis, keepdims).apply(x)
