"""dropout, batch_norm and embed_id: what layers need besides products and activations.

dropout and batch_norm behave differently in training and in use: `test_mode()` switches.
"""

from typing import Any

import numpy as np

from ..core import Config, Variable, as_variable
from .operation import Operation, Unary
from .shape import get_item


class Dropout(Unary):
    """y = x * mask, with mask 0 or 1 / (1 - ratio)"""

    __slots__ = ("mask", "ratio")
    spends = True

    mask: np.ndarray

    def __init__(self, ratio: float) -> None:
        self.ratio = ratio

    def forward(self, x: np.ndarray) -> np.ndarray:
        dtype = np.result_type(x, 0.0)  # float32 for float32
        self.mask = (np.random.rand(*x.shape) > self.ratio) / dtype.type(1 - self.ratio)
        return x * self.mask

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= self.mask
        return gy


def dropout(x: Any, dropout_ratio: float = 0.5) -> Variable:
    """x with each element dropped with probability `dropout_ratio`, and the others scaled up.

    Scaled by 1 / (1 - dropout_ratio), so that the expected value stays; under `test_mode()` x
    itself. (Srivastava et al., Dropout, 2014.) Raises ValueError unless 0 <= ratio < 1.
    """
    if not 0 <= dropout_ratio < 1:
        raise ValueError(
            f"dropout takes a ratio of at least 0 and below 1, the share that is dropped, "
            f"not {dropout_ratio}"
        )
    x = as_variable(x)
    return Dropout(dropout_ratio)(x) if Config.train else x


class BatchNorm(Operation):
    """y = gamma * (x - mean) / sqrt(var + eps) + beta, channel by channel

    In training mean and var are those of the batch, functions of x; else they are given.
    """

    __slots__ = ("avg_mean", "avg_var", "decay", "eps", "fixed")

    fixed: tuple[np.ndarray, np.ndarray] | None  # mean and 1 / sqrt(var + eps) in use

    def __init__(self, mean: np.ndarray, var: np.ndarray, decay: float, eps: float) -> None:
        self.avg_mean = mean
        self.avg_var = var
        self.decay = decay
        self.eps = eps

    def forward(self, x: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
        if x.ndim not in (2, 4) or gamma.shape != (x.shape[1],) or beta.shape != gamma.shape:
            raise ValueError(
                "x must be (N, D) or (N, D, H, W), gamma and beta (D,) with the same D"
            )
        self.fixed = None
        if Config.train:
            mean, var = self._note(x)
        else:
            # Copies: later training changes the running averages in place.
            mean, var = self.avg_mean.copy(), self.avg_var
            self.fixed = mean, (var + self.eps) ** -0.5
        scale = gamma * (var + self.eps) ** -0.5
        return (x - _wide(mean, x)) * _wide(scale, x) + _wide(beta, x)

    def _note(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and variance of the batch, after a step of the running averages towards them."""
        axes = _others(x)
        mean, var = x.mean(axis=axes), x.var(axis=axes)
        m = x.size // mean.size
        unbiased = m / max(m - 1.0, 1.0)
        self.avg_mean *= self.decay
        self.avg_mean += (1 - self.decay) * mean
        self.avg_var *= self.decay
        self.avg_var += (1 - self.decay) * unbiased * var
        return mean, var

    def derivative(self, gy: Any, x: Any, gamma: Any, beta: Any, y: Any) -> tuple[Any, Any, Any]:
        axes = _others(x)
        m = x.size // gamma.size
        if self.fixed is None:
            xc = x - _wide(x.sum(axis=axes) / m, x)
            inv_std = ((xc * xc).sum(axis=axes) / m + self.eps) ** -0.5
        else:
            mean, inv_std = self.fixed
            xc = x - _wide(mean, x)
        normal = xc * _wide(inv_std, x)
        gbeta = gy.sum(axis=axes)
        ggamma = (gy * normal).sum(axis=axes)
        gx = gy
        if self.fixed is None:  # mean and var depend on x as well
            gx = gy - _wide(gbeta / m, x) - normal * _wide(ggamma / m, x)
        return gx * _wide(gamma * inv_std, x), ggamma, gbeta


def _others(x: Any) -> tuple[int, ...]:
    """All axes but that of the channels."""
    return (0, *range(2, x.ndim))


def _wide(a: Any, x: Any) -> Any:
    """One number a channel, shaped so that it broadcasts against x."""
    return a.reshape((1, -1) + (1,) * (x.ndim - 2))


def batch_norm(
    x: Any,
    gamma: Any,
    beta: Any,
    mean: np.ndarray,
    var: np.ndarray,
    decay: float = 0.9,
    eps: float = 2e-5,
) -> Variable:
    """x, (N, D) or (N, D, H, W), normalised channel by channel, times gamma plus beta, both (D,).

    In training with the mean and variance of the batch, towards which the arrays `mean` and `var`,
    the running averages, move by 1 - decay in place; under `test_mode()` with these two.
    (Ioffe and Szegedy, Batch Normalization, 2015.) Raises ValueError where shapes do not fit.
    """
    return BatchNorm(mean, var, decay, eps)(x, gamma, beta)


batch_nrom = batch_norm  # the book's spelling


def embed_id(x: Any, W: Any) -> Variable:
    """Row W[i] of W, (V, D), for each index i in x, an integer array of any shape."""
    indices = x.data if isinstance(x, Variable) else x
    return get_item(W if isinstance(W, Variable) else as_variable(W), np.asarray(indices))
