"""matmul and linear."""

from typing import Any

import numpy as np

from ..core import Variable, as_variable
from .operation import Product, fit


class MatMul(Product):
    """y = x @ W, with numpy's meaning for one axis and for stacks of matrices."""

    __slots__ = ()
    fits = (
        "the last axis of x must be as long as the last but one of W; transpose or reshape one "
        "(and multiply by a number with *)"
    )

    def forward(self, x: np.ndarray, W: np.ndarray) -> np.ndarray:
        return x @ W

    def derivative(self, gy: Any, x: Any, W: Any, y: Any) -> tuple[Any, Any]:
        for_x, for_W = self.asked
        if x.ndim == W.ndim == 2:
            return gy @ W.T if for_x else None, x.T @ gy if for_W else None
        x2 = x.reshape(1, -1) if x.ndim == 1 else x
        W2 = W.reshape(-1, 1) if W.ndim == 1 else W
        lead = np.broadcast_shapes(x2.shape[:-2], W2.shape[:-2])
        gy = gy.reshape(*lead, x2.shape[-2], W2.shape[-1])
        return (
            fit(gy @ _turned(W2), x2.shape).reshape(x.shape) if for_x else None,
            fit(_turned(x2) @ gy, W2.shape).reshape(W.shape) if for_W else None,
        )


def _turned(a: Any) -> Any:
    """Each matrix of the stack, transposed."""
    axes = list(range(a.ndim))
    return a.transpose(*axes[:-2], axes[-1], axes[-2])


def matmul(x: Any, W: Any) -> Variable:
    """The matrix product x @ W.

    Raises ValueError where the inner lengths differ.
    """
    return MatMul().apply(x, W)


class Linear(Product):
    """y = x @ W + b, with x of shape (N, D), W (D, H) and b (H,)"""

    __slots__ = ()
    fits = "x must have shape (N, D), W (D, H) and b (H,); transpose or reshape what has not"

    def forward(self, x: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
        if x.ndim != 2 or W.ndim != 2 or b.shape != W.shape[1:]:
            raise ValueError(self.fits)
        y = x @ W
        y += b  # in place: y is ours
        return y

    def derivative(self, gy: Any, x: Any, W: Any, b: Any, y: Any) -> tuple[Any, Any, Any]:
        for_x, for_W, _ = self.asked
        return (
            gy @ W.T if for_x else None,
            x.T @ gy if for_W else None,
            gy.sum(axis=0),
        )


def linear(x: Any, W: Any, b: Any = None) -> Variable:
    """x @ W + b; b may be None.

    Raises ValueError where the shapes do not fit.
    """
    if b is None or (isinstance(b, Variable) and b.data is None):
        return MatMul().apply(x, W)
    return Linear().apply(x, W, b)


def linear_simple(x: Any, W: Any, b: Any = None) -> Variable:
    """x @ W + b, composed of matmul and add."""
    y = matmul(as_variable(x), as_variable(W))
    return y if b is None else y + b
