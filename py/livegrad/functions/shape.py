"""reshape, transpose, broadcast_to, sum_to, get_item: the same numbers, arranged otherwise.

Results may be views of their input, as in numpy.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import utils
from ..core import Variable, as_variable
from .operation import Unary


class Reshape(Unary):
    """The numbers of x in another shape."""

    __slots__ = ("shape",)
    linear = True

    def __init__(self, shape: Any) -> None:
        self.shape = shape

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x.reshape(self.shape)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return gy.reshape(x.shape)


def reshape(x: Any, shape: Any) -> Variable:
    """x in another shape of the same size; one length may be -1.

    Raises ValueError where the sizes differ.
    """
    return as_variable(x) if x.shape == shape else Reshape(shape).apply(x)


def expand_dims(x: Any, axis: int) -> Variable:
    """x with a new axis of length 1 at position axis."""
    x = as_variable(x)
    return reshape(x, np.expand_dims(x.data, axis).shape)


def flatten(x: Any) -> Variable:
    """x, of shape (N, ...), in shape (N, M)."""
    return reshape(x, (x.shape[0], math.prod(x.shape[1:])))


class Transpose(Unary):
    """x with its axes in another order."""

    __slots__ = ("axes",)
    linear = True

    def __init__(self, axes: Sequence[int] | None = None) -> None:
        self.axes = axes

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x.transpose(self.axes)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        if self.axes is None:
            return gy.transpose()
        inverse = np.argsort([axis % len(self.axes) for axis in self.axes])
        return gy.transpose(*inverse.tolist())


def transpose(x: Any, axes: Sequence[int] | None = None) -> Variable:
    """x with its axes in the order given, or reversed where none is given."""
    return Transpose(axes).apply(x)


class BroadcastTo(Unary):
    """x repeated along axes of length 1 and new leading axes."""

    __slots__ = ("shape",)
    linear = True

    def __init__(self, shape: Sequence[int]) -> None:
        self.shape = tuple(shape)

    def forward(self, x: np.ndarray) -> np.ndarray:
        try:
            return np.broadcast_to(x, self.shape)
        except ValueError:
            raise ValueError(
                f"it does not broadcast to {self.shape}, which must end in the same lengths or "
                "have others in place of 1"
            ) from None

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return SumTo(x.shape).on(gy)


def broadcast_to(x: Any, shape: Sequence[int]) -> Variable:
    """x repeated to the shape; the array is a view that can not be written to.

    Raises ValueError where the shape of x does not broadcast to it.
    """
    return as_variable(x) if x.shape == shape else BroadcastTo(shape).apply(x)


class SumTo(Unary):
    """x summed over what a broadcast from the shape would repeat."""

    __slots__ = ("shape",)
    linear = True

    def __init__(self, shape: Sequence[int]) -> None:
        self.shape = tuple(shape)

    def forward(self, x: np.ndarray) -> np.ndarray:
        return utils.sum_to(x, self.shape)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return BroadcastTo(x.shape).on(gy)


def sum_to(x: Any, shape: Sequence[int]) -> Variable:
    """x summed to the shape, over the axes along which a broadcast from it would repeat.

    Raises ValueError where the shape does not broadcast to that of x.
    """
    return as_variable(x) if x.shape == shape else SumTo(shape).apply(x)


class GetItem(Unary):
    """y = x[slices]"""

    __slots__ = ("slices",)
    linear = True

    def __init__(self, slices: Any) -> None:
        self.slices = slices

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x[self.slices]

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return GetItemGrad(self.slices, x.shape).on(gy)


class GetItemGrad(Unary):
    """Zeros of the shape, with gy added where the slices point; twice where they point twice."""

    __slots__ = ("in_shape", "slices")
    linear = True

    def __init__(self, slices: Any, in_shape: tuple[int, ...]) -> None:
        self.slices = slices
        self.in_shape = in_shape

    def forward(self, gy: np.ndarray) -> np.ndarray:
        gx = np.zeros(self.in_shape, dtype=gy.dtype)
        if _basic(self.slices):  # points at no element twice, and np.add.at is slow
            gx[self.slices] = gy
        else:
            np.add.at(gx, self.slices, gy)
        return gx

    def derivative(self, ggx: Any, gy: Any, gx: Any) -> Any:
        return ggx[self.slices]


def _basic(slices: Any) -> bool:
    """Whether numpy answers this index with a view."""
    items = slices if isinstance(slices, tuple) else (slices,)
    return all(
        item is None
        or item is Ellipsis
        or (isinstance(item, (slice, int, np.integer)) and not isinstance(item, bool))
        for item in items
    )


def get_item(x: Any, slices: Any) -> Variable:
    """x[slices], with any index that numpy takes."""
    return GetItem(slices).apply(x)
