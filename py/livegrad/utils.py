"""Helpers on plain arrays, under the names the book gives them."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def sum_to(x: np.ndarray, shape: Sequence[int]) -> np.ndarray:
    """Sum `x` over the axes along which broadcasting from `shape` repeated it.

    Args:
        x: an array whose shape is one that `shape` broadcasts to.
        shape: the shape of the result.
    """
    shape = tuple(shape)
    lead = x.ndim - len(shape)
    repeated = tuple(range(lead)) + tuple(
        lead + i for i, n in enumerate(shape) if n == 1 and x.shape[lead + i] != 1
    )
    if not repeated:
        return x.reshape(shape)
    return np.add.reduce(x, axis=repeated, keepdims=True, dtype=x.dtype).reshape(shape)


def reshape_sum_backward(gy: Any, x_shape: Sequence[int], axis: Any, keepdims: bool) -> Any:
    """Give `gy`, the gradient of a sum over `axis`, the axes of length 1 that the sum dropped.

    Args:
        gy: an array or a Variable.
        x_shape: the shape of what was summed.
        axis: None, an int or a tuple of them, as the sum was given it.
        keepdims: as the sum was given it; where True nothing was dropped.
    """
    return gy if keepdims else gy.reshape(_kept(x_shape, axis))


def max_backward_shape(x: Any, axis: Any) -> tuple[int, ...]:
    """The shape of a maximum of `x` over `axis` that kept its axes, with length 1."""
    return _kept(x.shape, axis)


def _kept(shape: Sequence[int], axis: Any) -> tuple[int, ...]:
    if axis is None:
        return (1,) * len(shape)
    axes = {a % len(shape) for a in (axis if isinstance(axis, tuple) else (axis,))}
    return tuple(1 if i in axes else n for i, n in enumerate(shape))


def logsumexp(x: np.ndarray, axis: int = 1) -> np.ndarray:
    """log(sum(exp(x))) over `axis`, which is kept with length 1; safe from overflow."""
    m = x.max(axis=axis, keepdims=True)
    return m + np.log(np.exp(x - m).sum(axis=axis, keepdims=True))
