"""Loss functions, each a mean over the first axis, and accuracy."""

from typing import Any

import numpy as np

from ..core import Variable, as_variable
from .activation import Softmax, sigmoid, softmax
from .elementwise import clip, log
from .operation import Binary, Broadcasting, as_data, fit
from .reduce import sum
from .shape import reshape


class MeanSquaredError(Binary):
    """y = sum((x0 - x1) ** 2) / len(x0 - x1)"""

    __slots__ = ()
    fits = Broadcasting.fits

    def forward(self, x0: np.ndarray, x1: np.ndarray) -> np.ndarray:
        difference = x0 - x1
        return (difference * difference).sum() / _length(difference)

    def derivative(self, gy: Any, x0: Any, x1: Any, y: Any) -> tuple[Any, Any]:
        difference = x0 - x1
        gx = difference * (gy * (2.0 / _length(difference)))
        return fit(gx, x0.shape), fit(-gx, x1.shape)


def _length(x: Any) -> int:
    return len(x) if x.ndim else 1


def mean_squared_error(x0: Any, x1: Any) -> Variable:
    """The sum of (x0 - x1) ** 2, divided by the length of the first axis; of shape ()."""
    return MeanSquaredError().apply(x0, x1)


def mean_squared_error_simple(x0: Any, x1: Any) -> Variable:
    """`mean_squared_error`, composed of simpler operations."""
    difference = as_variable(x0) - as_variable(x1)
    return sum(difference**2) / _length(difference)


class SoftmaxCrossEntropy(Binary):
    """y = -mean(log(softmax(x))[i, t[i]] for each row i)"""

    __slots__ = ("at", "p")

    at: tuple[np.ndarray, np.ndarray]  # where in x the scores of the classes are that t tells
    p: np.ndarray  # softmax(x), which backward would have to compute again

    def forward(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        t = t.ravel()
        if x.ndim != 2 or len(t) != len(x):
            raise ValueError("x must have shape (N, C) and t, the classes, shape (N,)")
        self.at = np.arange(len(x)), t
        self.p = p = x - x.max(axis=1, keepdims=True)
        chosen = p[self.at].sum()
        np.exp(p, out=p)
        sums = p.sum(axis=1, keepdims=True)
        p /= sums
        return (np.log(sums).sum() - chosen) / len(x)

    def derivative(self, gy: Any, x: Any, t: Any, y: Any) -> tuple[Any, None]:
        gy = gy / len(x)
        if isinstance(x, Variable):
            one_hot = np.zeros_like(x.data)
            one_hot[self.at] = 1
            return (Softmax(1).on(x) - one_hot) * gy, None
        gx = self.p * gy
        gx[self.at] -= gy
        return gx, None


def softmax_cross_entropy(x: Any, t: Any) -> Variable:
    """The mean over rows of -log(softmax(x)) at the class that t tells; of shape ().

    Args:
        x: scores, of shape (N, C).
        t: classes from 0 to C - 1, integers, of shape (N,) or (N, 1).
    """
    return SoftmaxCrossEntropy().apply(x, t)


def softmax_cross_entropy_simple(x: Any, t: Any) -> Variable:
    """`softmax_cross_entropy`, composed of simpler operations; log(0) is clipped."""
    p = clip(softmax(x), 1e-15, 1.0)
    chosen = log(p)[np.arange(len(p)), as_data(t)]
    return -1 * sum(chosen) / len(p)


def sigmoid_cross_entropy(x: Any, t: Any) -> Variable:
    """The mean over the first axis of -log of the probability that sigmoid(x) gives to t.

    Args:
        x: scores, of any shape.
        t: 0 or 1 for each, of the same size.
    """
    p = clip(sigmoid(x), 1e-15, 1.0)
    return _binary(p, _like(t, p), clip(1 - p, 1e-15, 1.0))


def binary_cross_entropy(p: Any, t: Any) -> Variable:
    """The mean over the first axis of -log of the probability that p gives to t.

    Args:
        p: probabilities, of any shape; clipped to at most 0.999, as in DeZero.
        t: 0 or 1 for each, of the same size.
    """
    p = clip(p, 1e-15, 0.999)
    return _binary(p, _like(t, p), 1 - p)


def _like(t: Any, p: Variable) -> Variable:
    t = as_variable(t)
    return t if t.ndim == p.ndim else reshape(t, p.shape)


def _binary(p: Variable, t: Variable, q: Variable) -> Variable:
    return -1 * sum(t * log(p) + (1 - t) * log(q)) / _length(p)


def accuracy(y: Any, t: Any) -> Variable:
    """How often the greatest of each row of y, of shape (N, C), is at t; not differentiable.

    Raises ValueError where t has not one class for each row.
    """
    y, t = as_variable(y), as_variable(t)
    if y.ndim < 2 or t.size * y.shape[1] != y.size:
        raise ValueError(
            f"accuracy can not take shape {y.shape} and {t.shape}: y must have shape (N, C) and t, "
            "the classes, N numbers"
        )
    return Variable(np.asarray((y.data.argmax(axis=1).reshape(t.shape) == t.data).mean()))
