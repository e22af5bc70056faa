"""+ - * / ** and unary minus.

A Python number beside a Variable is no node of the graph but an attribute of the operation, like
the book's exponent in `Pow`: `x * 2.0` is a `MulConst` of one input. It takes the dtype of the
array, so float32 stays float32.
"""

import weakref
from functools import partial
from typing import Any, Self

import numpy as np

from ..core import IN_BLOCK, Config, Variable
from ..freeing import Cut
from .constants import count, often
from .operation import Broadcasting, Unary

_add, _multiply = np.add, np.multiply
_asarray, _float64, _ndarray = np.asarray, np.dtype(np.float64), np.ndarray
_variable, _ref = partial(object.__new__, Variable), weakref.ref


class Beside(Unary):
    """An operation of one input and a number, `constant`.

    It has no `__init__`, without which Python makes objects faster.
    """

    __slots__ = ("constant",)

    constant: Any

    @classmethod
    def of(cls, constant: float) -> Self:
        """The operation with this number."""
        self = cls()
        self.constant = constant
        return self


class Add(Broadcasting):
    """y = x0 + x1"""

    __slots__ = ()
    linear = True
    ufunc = np.add

    def derivative(self, gy: Any, x0: Any, x1: Any, y: Any) -> tuple[Any, Any]:
        return self.fit(gy, gy)


class AddConst(Beside):
    """y = x + constant"""

    __slots__ = ()
    linear = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return _add(x, self.constant, out=...)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return gy


def add(x0: Any, x1: Any) -> Variable:
    """x0 + x1, elementwise; shapes may broadcast."""
    kind = type(x1)
    if not ((kind is float or kind is int) and type(x0) is Variable):
        if _number_beside(x1, x0):
            return AddConst.of(x1).apply(x0)
        if _number_beside(x0, x1):
            return AddConst.of(x0).apply(x1)
        return Add().apply(x0, x1)
    # `link(AddConst(x1), x0, data)`, written out: chains of such operations are a fifth faster.
    data = x0.data
    if data is None:
        return AddConst.of(x1).apply(x0)  # which says what to do
    constant: Any = x1
    if data.dtype is _float64:
        constant = often.get(x1)
        if constant is None:
            constant = count(x1)
    data = _add(data, constant)
    y = _variable()
    y.data = data if type(data) is _ndarray else _asarray(data)
    y._grad = None
    y.name = None
    if Config.enable_backprop:
        function = AddConst()
        function.constant = constant
        y.creator = function
        generation = y.generation = x0.generation + 1
        function._inputs = x0 if generation & IN_BLOCK or x0.creator is None else Cut((x0,))
        function._outputs = _ref(y) if Config.weak_outputs else y
    else:
        y.creator = None
        y.generation = 0
    return y


class Mul(Broadcasting):
    """y = x0 * x1"""

    __slots__ = ()
    spends = True
    ufunc = np.multiply

    def derivative(self, gy: Any, x0: Any, x1: Any, y: Any) -> tuple[Any, Any]:
        gx0 = gy * x1
        gy *= x0
        return self.fit(gx0, gy)


class MulConst(Beside):
    """y = x * constant"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return _multiply(x, self.constant, out=...)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= self.constant
        return gy


def mul(x0: Any, x1: Any) -> Variable:
    """x0 * x1, elementwise; shapes may broadcast."""
    kind = type(x1)
    if not ((kind is float or kind is int) and type(x0) is Variable):
        if _number_beside(x1, x0):
            return MulConst.of(x1).apply(x0)
        if _number_beside(x0, x1):
            return MulConst.of(x0).apply(x1)
        return Mul().apply(x0, x1)
    # Written out, as in `add`.
    data = x0.data
    if data is None:
        return MulConst.of(x1).apply(x0)  # which says what to do
    constant: Any = x1
    if data.dtype is _float64:
        constant = often.get(x1)
        if constant is None:
            constant = count(x1)
    data = _multiply(data, constant)
    y = _variable()
    y.data = data if type(data) is _ndarray else _asarray(data)
    y._grad = None
    y.name = None
    if Config.enable_backprop:
        function = MulConst()
        function.constant = constant
        y.creator = function
        generation = y.generation = x0.generation + 1
        function._inputs = x0 if generation & IN_BLOCK or x0.creator is None else Cut((x0,))
        function._outputs = _ref(y) if Config.weak_outputs else y
    else:
        y.creator = None
        y.generation = 0
    return y


class Neg(Unary):
    """y = -x"""

    __slots__ = ()
    linear = True
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return -x

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= -1
        return gy


def neg(x: Any) -> Variable:
    """-x, elementwise."""
    return Neg().apply(x)


class Sub(Broadcasting):
    """y = x0 - x1"""

    __slots__ = ()
    linear = True
    ufunc = np.subtract

    def derivative(self, gy: Any, x0: Any, x1: Any, y: Any) -> tuple[Any, Any]:
        return self.fit(gy, -gy)


class SubConst(Beside):
    """y = x - constant"""

    __slots__ = ()
    linear = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x - self.constant

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        return gy


class ConstSub(Beside):
    """y = constant - x"""

    __slots__ = ()
    linear = True
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.constant - x

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= -1
        return gy


def sub(x0: Any, x1: Any) -> Variable:
    """x0 - x1, elementwise; shapes may broadcast."""
    if _number_beside(x1, x0):
        return SubConst.of(x1).apply(x0)
    if _number_beside(x0, x1):
        return ConstSub.of(x0).apply(x1)
    return Sub().apply(x0, x1)


def rsub(x0: Any, x1: Any) -> Variable:
    """x1 - x0, elementwise; shapes may broadcast."""
    return sub(x1, x0)


class Div(Broadcasting):
    """y = x0 / x1"""

    __slots__ = ()
    spends = True
    ufunc = np.divide

    def derivative(self, gy: Any, x0: Any, x1: Any, y: Any) -> tuple[Any, Any]:
        gy /= x1
        gx1 = gy * y
        gx1 *= -1
        return self.fit(gy, gx1)


class DivConst(Beside):
    """y = x / constant"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x / self.constant

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy /= self.constant
        return gy


class ConstDiv(Beside):
    """y = constant / x"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.constant / x

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= y
        gy /= x
        gy *= -1
        return gy


def div(x0: Any, x1: Any) -> Variable:
    """x0 / x1, elementwise; shapes may broadcast."""
    if _number_beside(x1, x0):
        return DivConst.of(x1).apply(x0)
    if _number_beside(x0, x1):
        return ConstDiv.of(x0).apply(x1)
    return Div().apply(x0, x1)


def rdiv(x0: Any, x1: Any) -> Variable:
    """x1 / x0, elementwise; shapes may broadcast."""
    return div(x1, x0)


class Pow(Unary):
    """y = x ** c, with c a number"""

    __slots__ = ("c",)
    spends = True

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
            gy *= 0
            return gy
        gy *= x ** (c - 1)
        gy *= c
        return gy


def pow(x: Any, c: float) -> Variable:
    """x ** c, elementwise, with c a number."""
    return Pow(c).apply(x)


class Square(Unary):
    """y = x * x"""

    __slots__ = ()
    spends = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        return _multiply(x, x, out=...)

    def derivative(self, gy: Any, x: Any, y: Any) -> Any:
        gy *= x
        gy += gy
        return gy


def square(x: Any) -> Variable:
    """x * x, elementwise."""
    return Square().apply(x)


def _number_beside(x0: Any, x1: Any) -> bool:
    """Whether this is a number beside a Variable."""
    return (type(x0) is float or type(x0) is int) and isinstance(x1, Variable)
