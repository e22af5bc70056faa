"""pooling (the greatest of each window) and average_pooling.

Shapes: x (N, C, H, W) becomes (N, C, OH, OW). Padding is zeros and takes part, as in the book: a
window at the border whose numbers are all negative has the maximum 0.
"""

from typing import Any

import numpy as np

from ..core import Variable, as_variable
from ..utils import pair
from .operation import Unary
from .shape import BroadcastTo
from .window import Col2im, Size, col2im_array, im2col, out_size, windows_of


class _Windows(Unary):
    """An operation on the windows of an image."""

    __slots__ = ("kernel_size", "pad", "stride")

    def __init__(self, kernel_size: Size, stride: Size = 1, pad: Size = 0) -> None:
        self.kernel_size = pair(kernel_size)
        self.stride = pair(stride)
        self.pad = pair(pad)

    def windows(self, x: np.ndarray) -> np.ndarray:
        """The windows of x, (N, C, OH, OW, KH * KW), in a fresh array."""
        OH, OW = out_size(x.shape, self.kernel_size, self.stride, self.pad)
        col = windows_of(x, self.kernel_size, self.stride, self.pad).transpose(0, 1, 4, 5, 2, 3)
        KH, KW = self.kernel_size
        return col.reshape(*x.shape[:2], OH, OW, KH * KW)


class Pooling(_Windows):
    """The greatest of each window; where several are, the first gets the gradient."""

    __slots__ = ("indexes",)

    indexes: np.ndarray  # (N, C, OH, OW, 1): which of its window each output is

    def forward(self, x: np.ndarray) -> np.ndarray:
        col = self.windows(x)
        self.indexes = col.argmax(axis=-1, keepdims=True)
        return np.take_along_axis(col, self.indexes, -1)[..., 0]

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return Pooling2DGrad(self, x.shape).on(gy)


class _Chosen(_Windows):
    """An operation with the places that a Pooling chose.

    It keeps those, not the Pooling, which would keep the graph before it.
    """

    __slots__ = ("indexes", "input_shape")

    def __init__(self, mpool2d: Any, input_shape: tuple[int, ...] | None = None) -> None:
        super().__init__(mpool2d.kernel_size, mpool2d.stride, mpool2d.pad)
        self.indexes = mpool2d.indexes
        self.input_shape = mpool2d.inputs[0].shape if input_shape is None else input_shape


class Pooling2DGrad(_Chosen):
    """Each gradient in the place that a Pooling chose, zeros elsewhere."""

    __slots__ = ()

    def forward(self, gy: np.ndarray) -> np.ndarray:
        KH, KW = self.kernel_size
        col = np.zeros((*gy.shape, KH * KW), dtype=gy.dtype)
        np.put_along_axis(col, self.indexes, gy[..., np.newaxis], -1)
        col = col.reshape(*gy.shape, KH, KW).transpose(0, 1, 4, 5, 2, 3)
        return col2im_array(
            col, self.input_shape, self.kernel_size, self.stride, self.pad, to_matrix=False
        )

    def derivative(self, ggx: Any, gy: Any, gx: Any) -> Any:
        return Pooling2DWithIndexes(self, self.input_shape).on(ggx)


class Pooling2DWithIndexes(_Chosen):
    """Of each window, the number in the place that a Pooling chose."""

    __slots__ = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        col = self.windows(x)
        return np.take_along_axis(col, self.indexes, -1)[..., 0]

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return Pooling2DGrad(self, self.input_shape).on(gy)


def pooling(x: Any, kernel_size: Size, stride: Size = 1, pad: Size = 0) -> Variable:
    """The greatest of each window of x (N, C, H, W), as (N, C, OH, OW).

    Raises ValueError if the window does not fit.
    """
    return Pooling(kernel_size, stride, pad)(x)


class AveragePooling(_Windows):
    """The mean of each window."""

    __slots__ = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.windows(x).mean(axis=-1)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        (N, C, OH, OW), (KH, KW) = gy.shape, self.kernel_size
        share = (gy / (KH * KW)).reshape(N, C, 1, 1, OH, OW)
        col = BroadcastTo((N, C, KH, KW, OH, OW)).on(share)
        return Col2im(x.shape, self.kernel_size, self.stride, self.pad, False).on(col)


def average_pooling(x: Any, kernel_size: Size, stride: Size = 1, pad: Size = 0) -> Variable:
    """The mean of each window of x (N, C, H, W), as (N, C, OH, OW); padding counts as zeros.

    Raises ValueError if the window does not fit.
    """
    return AveragePooling(kernel_size, stride, pad)(x)


def pooling_simple(x: Any, kernel_size: Size, stride: Size = 1, pad: Size = 0) -> Variable:
    """pooling, composed of im2col and max, to be read; where several are greatest all get it."""
    x = as_variable(x)
    KH, KW = pair(kernel_size)
    col = im2col(x, kernel_size, stride, pad, to_matrix=True).reshape(-1, KH * KW)
    OH, OW = out_size(x.shape, kernel_size, stride, pad)
    return col.max(axis=1).reshape(len(x), OH, OW, -1).transpose(0, 3, 1, 2)
