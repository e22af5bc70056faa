"""+ - * / ** and unary minus.

A Python number beside a Variable is no node of the graph but an attribute of the operation, like
the book's exponent in `Pow`: `x * 2.0` is a `MulConst` of one input. It takes the dtype of the
array, so float32 stays float32.
"""

from typing import Any

import numpy as np

from ..core import Variable, link
from .operation import Broadcasting, Unary

_add, _multiply = np.add, np.multiply


class Add(Broadcasting):
    """y = x0 + x1"""

    __slots__ = ()
    ufunc = np.add

    def derivative(self, gy: Any, x0: Any, x1: Any, y: Any) -> tuple[Any, Any]:
        return self.fit(gy, gy)


class AddConst(Unary):
    """y = x + constant"""

    __slots__ = ("constant",)

    def __init__(self, constant: float) -> None:
        self.constant = constant

    def forward(self, x: np.ndarray) -> np.ndarray:
        return _add(x, self.constant, out=...)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return gy


def add(x0: Any, x1: Any) -> Variable:
    """x0 + x1, elementwise; shapes may broadcast."""
    kind = x1.__class__
    if (kind is float or kind is int) and isinstance(x0, Variable):
        return link(AddConst(x1), x0, _add(x0.data, x1, out=...))
    if _number_first(x0, x1):
        return add(x1, x0)
    return Add()(x0, x1)


class Mul(Broadcasting):
    """y = x0 * x1"""

    __slots__ = ()
    ufunc = np.multiply

    def derivative(self, gy: Any, x0: Any, x1: Any, y: Any) -> tuple[Any, Any]:
        return self.fit(gy * x1, gy * x0)


class MulConst(Unary):
    """y = x * constant"""

    __slots__ = ("constant",)

    def __init__(self, constant: float) -> None:
        self.constant = constant

    def forward(self, x: np.ndarray) -> np.ndarray:
        return _multiply(x, self.constant, out=...)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return gy * self.constant


def mul(x0: Any, x1: Any) -> Variable:
    """x0 * x1, elementwise; shapes may broadcast."""
    kind = x1.__class__
    if (kind is float or kind is int) and isinstance(x0, Variable):
        return link(MulConst(x1), x0, _multiply(x0.data, x1, out=...))
    if _number_first(x0, x1):
        return mul(x1, x0)
    return Mul()(x0, x1)


class Neg(Unary):
    """y = -x"""

    __slots__ = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        return -x

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return -gy


def neg(x: Any) -> Variable:
    """-x, elementwise."""
    return Neg()(x)


class Sub(Broadcasting):
    """y = x0 - x1"""

    __slots__ = ()
    ufunc = np.subtract

    def derivative(self, gy: Any, x0: Any, x1: Any, y: Any) -> tuple[Any, Any]:
        return self.fit(gy, -gy)


class SubConst(Unary):
    """y = x - constant"""

    __slots__ = ("constant",)

    def __init__(self, constant: float) -> None:
        self.constant = constant

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x - self.constant

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return gy


class ConstSub(Unary):
    """y = constant - x"""

    __slots__ = ("constant",)

    def __init__(self, constant: float) -> None:
        self.constant = constant

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.constant - x

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return -gy


def sub(x0: Any, x1: Any) -> Variable:
    """x0 - x1, elementwise; shapes may broadcast."""
    if _number_first(x1, x0):
        return SubConst(x1)(x0)
    if _number_first(x0, x1):
        return ConstSub(x0)(x1)
    return Sub()(x0, x1)


def rsub(x0: Any, x1: Any) -> Variable:
    """x1 - x0, elementwise; shapes may broadcast."""
    return sub(x1, x0)


class Div(Broadcasting):
    """y = x0 / x1"""

    __slots__ = ()
    ufunc = np.divide

    def derivative(self, gy: Any, x0: Any, x1: Any, y: Any) -> tuple[Any, Any]:
        gx0 = gy / x1
        return self.fit(gx0, gx0 * -y)


class DivConst(Unary):
    """y = x / constant"""

    __slots__ = ("constant",)

    def __init__(self, constant: float) -> None:
        self.constant = constant

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x / self.constant

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return gy / self.constant


class ConstDiv(Unary):
    """y = constant / x"""

    __slots__ = ("constant",)

    def __init__(self, constant: float) -> None:
        self.constant = constant

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.constant / x

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return gy * -y / x


def div(x0: Any, x1: Any) -> Variable:
    """x0 / x1, elementwise; shapes may broadcast."""
    if _number_first(x1, x0):
        return DivConst(x1)(x0)
    if _number_first(x0, x1):
        return ConstDiv(x0)(x1)
    return Div()(x0, x1)


def rdiv(x0: Any, x1: Any) -> Variable:
    """x1 / x0, elementwise; shapes may broadcast."""
    return div(x1, x0)


class Pow(Unary):
    """y = x ** c, with c a number"""

    __slots__ = ("c",)

    def __init__(self, c: float) -> None:
        if isinstance(c, Variable):
            raise TypeError(
                "Pow takes a number as its exponent, and this is a Variable: "
                "write exp(c * log(x)), or take c.data where c is a constant"
            )
        self.c = c

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x**self.c

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        c = self.c
        if c == 0:  # c * x ** (c - 1) is nan at x = 0
            return gy * 0
        return c * x ** (c - 1) * gy


def pow(x: Any, c: float) -> Variable:
    """x ** c, elementwise, with c a number."""
    return Pow(c)(x)


class Square(Unary):
    """y = x * x"""

    __slots__ = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        return _multiply(x, x, out=...)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gx = gy * x
        gx += gx
        return gx


def square(x: Any) -> Variable:
    """x * x, elementwise."""
    return Square()(x)


def _number_first(x0: Any, x1: Any) -> bool:
    """Whether this is a number beside a Variable."""
    return (x0.__class__ is float or x0.__class__ is int) and isinstance(x1, Variable)
