"""conv2d and deconv2d: convolution and its adjoint, as products of matrices over windows.

Shapes: x (N, C, H, W), W of conv2d (OC, C, KH, KW), y (N, OC, OH, OW), b (OC,). deconv2d goes the
other way with the same W. The three operations here are bilinear and each other's derivatives:
what conv2d sends back to x is deconv2d, and to W `Conv2DGradW`. So all orders are right.
(Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016.)
"""

from typing import Any

import numpy as np

from ..core import Variable, as_variable
from ..utils import get_conv_outsize, get_deconv_outsize, pair
from .linear import linear
from .operation import Binary, Product
from .window import Size, col2im_array, im2col, im2col_array, out_size, windows_of


class _Biased(Product):
    """An operation of x and W, and of b where there is one."""

    __slots__ = ("pad", "stride")

    def __init__(self, stride: Size = 1, pad: Size = 0) -> None:
        self.stride = pair(stride)
        self.pad = pair(pad)

    def check(self, x: np.ndarray, W: np.ndarray, axis: int, b: tuple[Any, ...]) -> Any:
        """The bias, or None where there is none.

        Raises ValueError unless W has four axes, x as many channels as W's `axis` is long, and b
        as many numbers as W's other one.
        """
        if W.ndim != 4 or x.ndim != 4 or x.shape[1] != W.shape[axis]:
            raise ValueError(
                "both the image (N, C, H, W) and the filter need four axes, and axis 1 of the "
                f"image must be as long as axis {axis} of the filter; reshape them"
            )
        bias = b[0] if b else None
        if bias is not None and bias.shape != (W.shape[1 - axis],):
            raise ValueError(
                f"the bias needs shape {(W.shape[1 - axis],)}, a number for each channel that "
                "comes out"
            )
        return bias


def _with_bias(y: np.ndarray, b: np.ndarray | None) -> np.ndarray:
    if b is None:
        return y
    b = b.reshape(-1, 1, 1)
    if np.result_type(y, b) != y.dtype:
        return y + b
    y += b
    return y


def _for_bias(gy: Any, *b_y: Any) -> tuple[Any, ...]:
    """The gradient of the bias, as a tuple; an empty one where there is no bias to begin with."""
    *b, _ = b_y
    return tuple([None if _absent(bias) else gy.sum(axis=(0, 2, 3)) for bias in b])


def _absent(b: Any) -> bool:
    return b is None or (isinstance(b, Variable) and b.data is None)


class Conv2d(_Biased):
    """y = sum over the window of x * W, plus b"""

    __slots__ = ()

    def forward(self, x: np.ndarray, W: np.ndarray, *b: Any) -> np.ndarray:
        bias = self.check(x, W, 1, b)
        N, (OC, C, KH, KW) = len(x), W.shape
        OH, OW = out_size(x.shape, (KH, KW), self.stride, self.pad)
        col = windows_of(x, (KH, KW), self.stride, self.pad).reshape(N, C * KH * KW, OH * OW)
        y = np.empty((N, OC, OH, OW), dtype=np.result_type(x, W))
        # Into y itself, so that y owns its memory and is contiguous for what comes next.
        np.matmul(W.reshape(OC, C * KH * KW), col, out=y.reshape(N, OC, OH * OW))
        return _with_bias(y, bias)

    def derivative(self, gy: Any, x: Any, W: Any, *b_y: Any) -> tuple[Any, ...]:
        for_x, for_W, *_ = self.asked
        return (
            Deconv2d(self.stride, self.pad, x.shape[2:]).on(gy, W) if for_x else None,
            Conv2DGradW(self).on(x, gy) if for_W else None,
            *_for_bias(gy, *b_y),
        )


def conv2d(x: Any, W: Any, b: Any = None, stride: Size = 1, pad: Size = 0) -> Variable:
    """Correlate the image x (N, C, H, W) with the filters W (OC, C, KH, KW); add b (OC,).

    The result is (N, OC, OH, OW) with OH = (H + 2 pad - KH) // stride + 1. Raises ValueError where
    the shapes do not fit.
    """
    return Conv2d(stride, pad)(x, W) if _absent(b) else Conv2d(stride, pad)(x, W, b)


class Deconv2d(_Biased):
    """The image whose windows are x * W, summed where they overlap, plus b"""

    __slots__ = ("outsize",)

    def __init__(self, stride: Size = 1, pad: Size = 0, outsize: Size | None = None) -> None:
        super().__init__(stride, pad)
        self.outsize = None if outsize is None else pair(outsize)

    def forward(self, x: np.ndarray, W: np.ndarray, *b: Any) -> np.ndarray:
        bias = self.check(x, W, 0, b)
        (N, C, *size), (_, OC, *kernel) = x.shape, W.shape
        image = (N, OC, *self._outsize(size, kernel))
        col = np.matmul(W.reshape(C, -1).T, x.reshape(N, C, size[0] * size[1]))
        col = col.reshape(N, OC, *kernel, *size)
        y = col2im_array(col, image, (kernel[0], kernel[1]), self.stride, self.pad, to_matrix=False)
        return _with_bias(y, bias)

    def _outsize(self, size: list[int], kernel: list[int]) -> tuple[int, ...]:
        axes = list(zip(size, kernel, self.stride, self.pad, strict=True))
        least = tuple(get_deconv_outsize(*axis) for axis in axes)
        out = self.outsize or least
        fits = [
            get_conv_outsize(n, k, s, p) == places
            for n, (places, k, s, p) in zip(out, axes, strict=True)
        ]
        if min(out) < 1 or not all(fits):
            most = tuple(n + s - 1 for n, s in zip(least, self.stride, strict=True))
            raise ValueError(
                f"with stride {self.stride} and pad {self.pad} no image of size {out} leads to "
                f"this one; take outsize from {least} to {most}"
            )
        return out

    def derivative(self, gy: Any, x: Any, W: Any, *b_y: Any) -> tuple[Any, ...]:
        for_x, for_W, *_ = self.asked
        return (
            Conv2d(self.stride, self.pad).on(gy, W) if for_x else None,
            Conv2DGradW(self).on(gy, x) if for_W else None,
            *_for_bias(gy, *b_y),
        )


def deconv2d(
    x: Any,
    W: Any,
    b: Any = None,
    stride: Size = 1,
    pad: Size = 0,
    outsize: Size | None = None,
) -> Variable:
    """Transposed convolution: the adjoint of conv2d, from x (N, C, H, W) and W (C, OC, KH, KW).

    The result is (N, OC, OH, OW), by default OH = stride (H - 1) + KH - 2 pad; with a stride above
    1 several lengths lead to the same H, and `outsize` chooses. Raises ValueError where the shapes
    do not fit.
    """
    operation = Deconv2d(stride, pad, outsize)
    return operation(x, W) if _absent(b) else operation(x, W, b)


class Conv2DGradW(Binary):
    """What conv2d sends back to W, from its x and the gradient of its y."""

    __slots__ = ("kernel_size", "pad", "stride")

    def __init__(self, conv2d: _Biased) -> None:
        KH, KW = conv2d.inputs[1].shape[2:]
        self.kernel_size = KH, KW
        self.stride = conv2d.stride
        self.pad = conv2d.pad

    def forward(self, x: np.ndarray, gy: np.ndarray) -> np.ndarray:
        col = im2col_array(x, self.kernel_size, self.stride, self.pad, to_matrix=False)
        return np.tensordot(gy, col, ((0, 2, 3), (0, 4, 5)))

    def derivative(self, ggW: Any, x: Any, gy: Any, gW: Any) -> tuple[Any, Any]:
        gx = Deconv2d(self.stride, self.pad, x.shape[2:]).on(gy, ggW)
        ggy = Conv2d(self.stride, self.pad).on(x, ggW)
        return gx, ggy


def conv2d_simple(x: Any, W: Any, b: Any = None, stride: Size = 1, pad: Size = 0) -> Variable:
    """conv2d, composed of im2col, linear and transpose, to be read; the result is the same."""
    x, W = as_variable(x), as_variable(W)
    OC, _, KH, KW = W.shape
    col = im2col(x, (KH, KW), stride, pad, to_matrix=True)
    y = linear(col, W.reshape(OC, -1).transpose(), b)
    OH, OW = out_size(x.shape, (KH, KW), stride, pad)
    return y.reshape(len(x), OH, OW, OC).transpose(0, 3, 1, 2)
