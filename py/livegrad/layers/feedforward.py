"""Layers without a state: Linear, Conv2d, Deconv2d, EmbedID, BatchNorm.

Weights begin as normal random numbers of standard deviation sqrt(1 / fan-in) (LeCun et al.,
Efficient BackProp, 1998, section 4.6), drawn with `numpy.random` in the order of first use, as the
book draws them, so that a seed gives the book's numbers.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import functions as F
from ..core import Parameter, Variable
from ..utils import pair
from .base import Layer


def _fan_in_normal(*shape: int, fan_in: int, dtype: npt.DTypeLike) -> np.ndarray:
    # A Python float: multiplied by a np.float64, float32 would become float64.
    return np.random.randn(*shape).astype(dtype) * math.sqrt(1 / fan_in)


class Linear(Layer):
    """y = x W + b, for x of shape (N, in_size) and y of shape (N, out_size).

    W is made at the first call if `in_size` is None. `dtype` is that of the parameters.
    """

    def __init__(
        self,
        out_size: int,
        nobias: bool = False,
        dtype: npt.DTypeLike = np.float32,
        in_size: int | None = None,
    ) -> None:
        super().__init__()
        self.in_size = in_size
        self.out_size = out_size
        self.dtype = dtype
        self.W = Parameter(None, name="W")
        if in_size is not None:
            self._init_W(in_size)
        self.b = None if nobias else Parameter(np.zeros(out_size, dtype=dtype), name="b")

    def _init_W(self, in_size: int) -> None:
        self.in_size = in_size
        self.W.data = _fan_in_normal(in_size, self.out_size, fan_in=in_size, dtype=self.dtype)

    def forward(self, x: Any) -> Variable:
        if self.W.data is None:
            self._init_W(_input_size(self, x, "(N, in_size)"))
        return F.linear(x, self.W, self.b)


class Conv2d(Layer):
    """Two-dimensional convolution: (N, C, H, W) becomes (N, out_channels, OH, OW).

    `kernel_size`, `stride` and `pad` are an int or (vertical, horizontal). W, of shape
    (out_channels, in_channels, KH, KW), is made at the first call if `in_channels` is None.
    """

    def __init__(
        self,
        out_channels: int,
        kernel_size: int | tuple[int, int],
        stride: int | tuple[int, int] = 1,
        pad: int | tuple[int, int] = 0,
        nobias: bool = False,
        dtype: npt.DTypeLike = np.float32,
        in_channels: int | None = None,
    ) -> None:
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = kernel_size
        self.stride = stride
        self.pad = pad
        self.dtype = dtype
        self.W = Parameter(None, name="W")
        if in_channels is not None:
            self._init_W(in_channels)
        self.b = None if nobias else Parameter(np.zeros(out_channels, dtype=dtype), name="b")

    def _init_W(self, in_channels: int) -> None:
        self.in_channels = in_channels
        KH, KW = pair(self.kernel_size)
        self.W.data = _fan_in_normal(
            *self._channels(), KH, KW, fan_in=in_channels * KH * KW, dtype=self.dtype
        )

    def _channels(self) -> tuple[int, int]:
        return self.out_channels, self.in_channels or 0

    def forward(self, x: Any) -> Variable:
        if self.W.data is None:
            self._init_W(_input_size(self, x, "(N, C, H, W)"))
        return F.conv2d(x, self.W, self.b, self.stride, self.pad)


class Deconv2d(Conv2d):
    """Transposed convolution, the adjoint of `Conv2d`; W is (in_channels, out_channels, KH, KW)."""

    def _channels(self) -> tuple[int, int]:
        return self.in_channels or 0, self.out_channels

    def forward(self, x: Any) -> Variable:
        if self.W.data is None:
            self._init_W(_input_size(self, x, "(N, C, H, W)"))
        return F.deconv2d(x, self.W, self.b, self.stride, self.pad)


def _input_size(layer: Layer, x: Any, *forms: str) -> int:
    """The length of axis 1 of x, whose axes must be those of one of `forms`."""
    shape = getattr(x, "shape", None)
    if shape is None or all(len(shape) != form.count(",") + 1 for form in forms):
        what = f"type {type(x).__name__}" if shape is None else f"shape {shape}"
        raise ValueError(
            f"{type(layer).__name__} takes an array or a Variable of shape {' or '.join(forms)}, "
            f"and this input is of {what}: reshape it first"
        )
    return shape[1]


class EmbedID(Layer):
    """Row x[i] of W, of shape (in_size, out_size), for each index in x, an array of integers."""

    def __init__(self, in_size: int, out_size: int, dtype: npt.DTypeLike = np.float32) -> None:
        super().__init__()
        self.W = Parameter(np.random.randn(in_size, out_size).astype(dtype), name="W")

    def forward(self, x: Any) -> Variable:
        return F.embed_id(x, self.W)


class BatchNorm(Layer):
    """Batch normalisation of (N, D) or (N, D, H, W), for each of the D channels.

    In training the batch's mean and variance are used, and noted in `avg_mean` and `avg_var`,
    which are used under `test_mode()`. These two are Parameters so that they are saved with the
    weights; they never get a gradient. All four are made at the first call, in the input's dtype.
    """

    def __init__(self) -> None:
        super().__init__()
        self.avg_mean = Parameter(None, name="avg_mean")
        self.avg_var = Parameter(None, name="avg_var")
        self.gamma = Parameter(None, name="gamma")
        self.beta = Parameter(None, name="beta")

    def _init_params(self, D: int, dtype: npt.DTypeLike) -> None:
        for param, fill in [
            (self.avg_mean, 0),
            (self.avg_var, 1),
            (self.gamma, 1),
            (self.beta, 0),
        ]:
            if param.data is None:
                param.data = np.full(D, fill, dtype=dtype)

    def forward(self, x: Any) -> Variable:
        if self.avg_mean.data is None:
            self._init_params(_input_size(self, x, "(N, D)", "(N, D, H, W)"), x.dtype)
        return F.batch_norm(x, self.gamma, self.beta, self.avg_mean.data, self.avg_var.data)
