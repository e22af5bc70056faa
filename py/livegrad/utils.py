"""Helpers on plain arrays, under the names the book gives them.

Drawing graphs, checking gradients and finding files have files of their own; the book's names for
them are here as well.
"""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from .dot import get_dot_graph, plot_dot_graph
from .files import cache_dir, get_file, show_progress
from .gradcheck import array_allclose, array_equal, gradient_check, numerical_grad

__all__ = [
    "array_allclose",
    "array_equal",
    "cache_dir",
    "get_conv_outsize",
    "get_deconv_outsize",
    "get_dot_graph",
    "get_file",
    "gradient_check",
    "logsumexp",
    "max_backward_shape",
    "numerical_grad",
    "pair",
    "plot_dot_graph",
    "reshape_sum_backward",
    "show_progress",
    "sum_to",
]


def sum_to(x: np.ndarray, shape: Sequence[int]) -> np.ndarray:
    """Sum `x` over the axes along which broadcasting from `shape` repeated it.

    Args:
        x: an array whose shape is one that `shape` broadcasts to. Where it is not, a warning says
            so, and the other axes stay as long as they are: the book's tests do so once.
        shape: the shape of the result.

    Raises:
        ValueError: `x` has fewer axes than `shape`.
    """
    shape = tuple(shape)
    lead = x.ndim - len(shape)
    if lead < 0:
        raise ValueError(f"sum_to: an array of shape {x.shape} has too few axes for {shape}")
    repeated = tuple(range(lead)) + tuple(
        lead + i for i, n in enumerate(shape) if n == 1 and x.shape[lead + i] != 1
    )
    y = np.add.reduce(x, axis=repeated, keepdims=True, dtype=x.dtype) if repeated else x
    y = y.reshape(y.shape[lead:])
    if y.shape != shape:
        warnings.warn(
            f"sum_to: shape {x.shape} is not one that {shape} broadcasts to; "
            f"the sum has shape {y.shape}",
            stacklevel=2,
        )
    return y


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


def pair(x: int | tuple[int, int]) -> tuple[int, int]:
    """(x, x) for an int, x itself where it is a tuple of two.

    Raises ValueError for anything else.
    """
    if isinstance(x, (int, np.integer)):
        return int(x), int(x)
    if isinstance(x, tuple) and len(x) == 2:
        return x
    raise ValueError(f"expected one int or a tuple of two, (vertical, horizontal), not {x!r}")


def get_conv_outsize(input_size: int, kernel_size: int, stride: int, pad: int) -> int:
    """How many places a kernel finds along an axis; 0 or less where it is longer than the axis."""
    return (input_size + pad * 2 - kernel_size) // stride + 1


def get_deconv_outsize(size: int, k: int, s: int, p: int) -> int:
    """The shortest axis along which a kernel k with stride s and padding p finds `size` places."""
    return s * (size - 1) + k - 2 * p
