"""sin, cos, tanh, exp, log and clip: one array in, one of the same shape out."""

from typing import Any

import numpy as np

from ..core import Variable
from .operation import Unary


class Sin(Unary):
    """y = sin(x)"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.sin(x)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= np.cos(x)
        return gy


def sin(x: Any) -> Variable:
    """The sine of x, in radians, elementwise."""
    return Sin().apply(x)


class Cos(Unary):
    """y = cos(x)"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.cos(x)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= np.sin(x)
        gy *= -1
        return gy


def cos(x: Any) -> Variable:
    """The cosine of x, in radians, elementwise."""
    return Cos().apply(x)


class Tanh(Unary):
    """y = tanh(x)"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.tanh(x)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        slope = -y  # 1 - y * y in one array
        slope *= y
        slope += 1
        gy *= slope
        return gy


def tanh(x: Any) -> Variable:
    """The hyperbolic tangent of x, elementwise."""
    return Tanh().apply(x)


class Exp(Unary):
    """y = exp(x)"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.exp(x)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= y
        return gy


def exp(x: Any) -> Variable:
    """e to the power of x, elementwise."""
    return Exp().apply(x)


class Log(Unary):
    """y = log(x)"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.log(x)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy /= x
        return gy


def log(x: Any) -> Variable:
    """The natural logarithm of x, elementwise."""
    return Log().apply(x)


class Clip(Unary):
    """y = min(max(x, x_min), x_max)"""

    __slots__ = ("x_max", "x_min")
    spends = True

    def __init__(self, x_min: float, x_max: float) -> None:
        self.x_min = x_min
        self.x_max = x_max

    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.clip(x, self.x_min, self.x_max)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        x = x.data if isinstance(x, Variable) else x
        gy *= (x >= self.x_min) & (x <= self.x_max)
        return gy


def clip(x: Any, x_min: float, x_max: float) -> Variable:
    """x, with what lies below x_min or above x_max replaced by these; elementwise."""
    return Clip(x_min, x_max).apply(x)
