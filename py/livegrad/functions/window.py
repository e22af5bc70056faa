"""im2col and col2im: the windows of an image, laid out so that a convolution is one product.

Shapes: an image is (N, C, H, W); its windows are (N, C, KH, KW, OH, OW), or as a matrix
(N * OH * OW, C * KH * KW). im2col copies each window out; col2im is its adjoint: it adds each
window back in its place, so that numbers where windows overlap are summed. Padding is zeros.
Each is the other's derivative, of any order. (Chellapilla et al., High Performance Convolutional
Neural Networks for Document Processing, 2006.)
"""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..core import Variable
from ..utils import get_conv_outsize, pair
from .operation import Unary

Size = int | tuple[int, int]


def out_size(shape: tuple[int, ...], kernel: Size, stride: Size, pad: Size) -> tuple[int, int]:
    """(OH, OW): how often a kernel fits into an image of this shape (N, C, H, W).

    Raises ValueError if the image has not four axes or the kernel does not fit.
    """
    if len(shape) != 4:
        raise ValueError(
            "an image is (N, C, H, W); reshape it, with N = 1 for a single one and C = 1 for a "
            "grey one"
        )
    (KH, KW), (SH, SW), (PH, PW) = pair(kernel), pair(stride), pair(pad)
    OH = get_conv_outsize(shape[2], KH, SH, PH)
    OW = get_conv_outsize(shape[3], KW, SW, PW)
    if OH < 1 or OW < 1:
        raise ValueError(
            f"a window of {(KH, KW)} does not fit into {shape[2:]} with pad {(PH, PW)}; take a "
            "smaller kernel, a larger image or more padding"
        )
    return OH, OW


def windows_of(img: np.ndarray, kernel: Size, stride: Size, pad: Size) -> np.ndarray:
    """All windows, (N, C, KH, KW, OH, OW), as a view that must not be written to."""
    (SH, SW), (PH, PW) = pair(stride), pair(pad)
    if PH or PW:
        N, C, H, W = img.shape
        padded = np.zeros((N, C, H + 2 * PH, W + 2 * PW), dtype=img.dtype)
        padded[:, :, PH : PH + H, PW : PW + W] = img
        img = padded
    windows = sliding_window_view(img, pair(kernel), axis=(2, 3))
    return windows[:, :, ::SH, ::SW].transpose(0, 1, 4, 5, 2, 3)


def im2col_array(
    img: np.ndarray, kernel_size: Size, stride: Size, pad: Size, to_matrix: bool = True
) -> np.ndarray:
    """`im2col` on arrays; a fresh array."""
    OH, OW = out_size(img.shape, kernel_size, stride, pad)
    col = windows_of(img, kernel_size, stride, pad)
    if not to_matrix:
        return col.copy()
    N, C, KH, KW = col.shape[:4]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(N * OH * OW, C * KH * KW)


def col2im_array(
    col: np.ndarray,
    img_shape: tuple[int, ...],
    kernel_size: Size,
    stride: Size,
    pad: Size,
    to_matrix: bool = True,
) -> np.ndarray:
    """`col2im` on arrays; a fresh array."""
    N, C, H, W = img_shape
    (KH, KW), (SH, SW), (PH, PW) = pair(kernel_size), pair(stride), pair(pad)
    OH, OW = out_size(img_shape, kernel_size, stride, pad)
    if to_matrix:
        col = col.reshape(N, OH, OW, C, KH, KW).transpose(0, 3, 4, 5, 1, 2)
    img = np.zeros((N, C, H + 2 * PH, W + 2 * PW), dtype=col.dtype)
    for j in range(KH):  # over places in the kernel, not over windows: few, and each one large
        for i in range(KW):
            img[:, :, j : j + SH * OH : SH, i : i + SW * OW : SW] += col[:, :, j, i]
    return img[:, :, PH : PH + H, PW : PW + W].copy() if PH or PW else img


class Im2col(Unary):
    """The windows of an image."""

    __slots__ = ("kernel_size", "pad", "stride", "to_matrix")

    def __init__(self, kernel_size: Size, stride: Size, pad: Size, to_matrix: bool) -> None:
        self.kernel_size = kernel_size
        self.stride = stride
        self.pad = pad
        self.to_matrix = to_matrix

    def forward(self, x: np.ndarray) -> np.ndarray:
        return im2col_array(x, self.kernel_size, self.stride, self.pad, self.to_matrix)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return Col2im(x.shape, self.kernel_size, self.stride, self.pad, self.to_matrix).on(gy)


def im2col(
    x: Any, kernel_size: Size, stride: Size = 1, pad: Size = 0, to_matrix: bool = True
) -> Variable:
    """The windows of x, an image (N, C, H, W), each copied out.

    The result is (N * OH * OW, C * KH * KW), or (N, C, KH, KW, OH, OW) where `to_matrix` is False.
    Raises ValueError if a window does not fit.
    """
    return Im2col(kernel_size, stride, pad, to_matrix)(x)


class Col2im(Unary):
    """An image from its windows, summed where they overlap."""

    __slots__ = ("input_shape", "kernel_size", "pad", "stride", "to_matrix")

    def __init__(
        self,
        input_shape: tuple[int, ...],
        kernel_size: Size,
        stride: Size,
        pad: Size,
        to_matrix: bool,
    ) -> None:
        self.input_shape = input_shape
        self.kernel_size = kernel_size
        self.stride = stride
        self.pad = pad
        self.to_matrix = to_matrix

    def forward(self, x: np.ndarray) -> np.ndarray:
        return col2im_array(
            x, self.input_shape, self.kernel_size, self.stride, self.pad, self.to_matrix
        )

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return Im2col(self.kernel_size, self.stride, self.pad, self.to_matrix).on(gy)


def col2im(
    x: Any,
    input_shape: tuple[int, ...],
    kernel_size: Size,
    stride: Size = 1,
    pad: Size = 0,
    to_matrix: bool = True,
) -> Variable:
    """The image of `input_shape` (N, C, H, W) whose windows, as `im2col` lays them out, are x.

    Where windows overlap their numbers are summed. Raises ValueError if x does not fit.
    """
    return Col2im(input_shape, kernel_size, stride, pad, to_matrix)(x)
