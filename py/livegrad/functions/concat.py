"""concatenate: arrays side by side along an axis."""

from typing import Any

import numpy as np

from ..core import Variable
from .operation import Operation


class Concatenate(Operation):
    """The inputs, one after the other along an axis."""

    __slots__ = ("axis",)

    def __init__(self, axis: int) -> None:
        self.axis = axis

    def forward(self, *xs: np.ndarray) -> np.ndarray:
        return np.concatenate(xs, axis=self.axis)

    def derivative(self, gy: Any, *xs_y: Any) -> Any:
        *xs, y = xs_y
        before: tuple[Any, ...] = (slice(None),) * (self.axis % y.ndim)
        start, gxs = 0, []
        for x in xs:
            stop = start + x.shape[self.axis]
            gxs.append(gy[(*before, slice(start, stop))])
            start = stop
        return tuple(gxs) if len(gxs) > 1 else gxs[0]


def concatenate(xs: Any, axis: int = 0) -> Variable:
    """The arrays or Variables in the sequence xs, side by side along `axis`.

    Raises ValueError where their other lengths differ, or there are none.
    """
    xs = tuple(xs)
    if not xs:
        raise ValueError(
            "concatenate takes a sequence of at least one array, and this one is empty"
        )
    return Concatenate(axis)(*xs)
