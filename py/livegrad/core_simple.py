"""The book's core before its step 32: gradients are ndarrays.

The engine is the same. What is computed from these Variables are again these Variables; their
`grad` is an ndarray, and `backward` of these Functions takes and returns ndarrays. There is no
`create_graph`, because what is computed with arrays leaves no graph to differentiate again.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from . import core
from .core import Config, as_array, no_grad, using_config
from .functions import arithmetic
from .functions.operation import Operation
from .operators import array_ufunc

__all__ = [
    "Add",
    "Config",
    "Div",
    "Function",
    "Mul",
    "Neg",
    "Pow",
    "Sub",
    "Variable",
    "add",
    "as_array",
    "as_variable",
    "div",
    "mul",
    "neg",
    "no_grad",
    "pow",
    "rdiv",
    "rsub",
    "setup_variable",
    "sub",
    "using_config",
]


class Variable(core.Variable):
    """A Variable whose gradient is an ndarray."""

    __slots__ = ()

    @property
    def grad(self) -> Any:
        """The gradient, an ndarray of the shape of `data`, or None before any `backward`."""
        grad = self._grad
        return grad.data if isinstance(grad, core.Variable) else grad

    @grad.setter
    def grad(self, grad: Any) -> None:
        self._grad = grad

    def backward(self, retain_grad: bool = False, create_graph: bool = False) -> None:
        """As `livegrad.Variable.backward`, but for `create_graph`, which is refused."""
        if create_graph:
            raise RuntimeError(
                "create_graph needs gradients that are Variables, and those of core_simple are "
                "ndarrays: import Variable from livegrad (or dezero.core) instead"
            )
        super().backward(retain_grad)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        y = array_ufunc(self, ufunc, method, *inputs, **options)
        return _simple(y) if type(y) is core.Variable else y


class Function(core.Function):
    """A Function whose `backward` takes and returns ndarrays."""

    __slots__ = ()

    def apply(self, *inputs: Any) -> Any:
        outputs = super().apply(*inputs)
        if isinstance(outputs, list):
            return [_simple(y) for y in outputs]
        outputs.__class__ = Variable
        return outputs

    def given(self, x: Any) -> core.Variable:
        return x if isinstance(x, core.Variable) else _simple(super().given(x))

    def on_arrays(self, *gys: np.ndarray) -> Any:
        return self.backward(*gys)

    def graph_gradients(self, gys: list[core.Variable]) -> tuple[Any, ...]:
        raise RuntimeError(
            f"{type(self).__name__}.backward computes with ndarrays, as a Function of core_simple, "
            "so create_graph=True can not differentiate it again: subclass livegrad.Function and "
            "compute with Variables"
        )


def _simple(y: core.Variable) -> Variable:
    """A Variable just made, and seen by nobody yet, as one of this module."""
    y.__class__ = Variable
    return y  # type: ignore[return-value]


def as_variable(obj: Any) -> core.Variable:
    """`obj` itself where it is a Variable, else a Variable of it (an ndarray)."""
    return obj if isinstance(obj, core.Variable) else Variable(obj)


class _Simple(Operation):
    """An operation of functions/arithmetic.py as one of this module."""

    __slots__ = ()

    def apply(self, *inputs: Any) -> Variable:
        return _simple(super().apply(*inputs))

    def backward(self, gy: Any) -> Any:
        (y,) = self.outputs
        y = y if isinstance(y, core.Variable) else y()
        return self.derivative(gy, *[x.data for x in self.inputs], y.data)


class Add(_Simple, arithmetic.Add):
    __slots__ = ()


class Mul(_Simple, arithmetic.Mul):
    __slots__ = ()


class Neg(_Simple, arithmetic.Neg):
    __slots__ = ()


class Sub(_Simple, arithmetic.Sub):
    __slots__ = ()


class Div(_Simple, arithmetic.Div):
    __slots__ = ()


class Pow(_Simple, arithmetic.Pow):
    __slots__ = ()


def add(x0: Any, x1: Any) -> Variable:
    """x0 + x1, elementwise; shapes may broadcast."""
    return _simple(arithmetic.add(x0, x1))


def mul(x0: Any, x1: Any) -> Variable:
    """x0 * x1, elementwise; shapes may broadcast."""
    return _simple(arithmetic.mul(x0, x1))


def neg(x: Any) -> Variable:
    """-x, elementwise."""
    return _simple(arithmetic.neg(x))


def sub(x0: Any, x1: Any) -> Variable:
    """x0 - x1, elementwise; shapes may broadcast."""
    return _simple(arithmetic.sub(x0, x1))


def rsub(x0: Any, x1: Any) -> Variable:
    """x1 - x0, elementwise; shapes may broadcast."""
    return sub(x1, x0)


def div(x0: Any, x1: Any) -> Variable:
    """x0 / x1, elementwise; shapes may broadcast."""
    return _simple(arithmetic.div(x0, x1))


def rdiv(x0: Any, x1: Any) -> Variable:
    """x1 / x0, elementwise; shapes may broadcast."""
    return div(x1, x0)


def pow(x: Any, c: float) -> Variable:
    """x ** c, elementwise, with c a number."""
    return _simple(arithmetic.pow(x, c))


def setup_variable() -> None:
    """Give Variable its operators; importing this module has done so already."""
    for name, function in {
        "__add__": add,
        "__radd__": add,
        "__mul__": mul,
        "__rmul__": mul,
        "__neg__": neg,
        "__sub__": sub,
        "__rsub__": rsub,
        "__truediv__": div,
        "__rtruediv__": rdiv,
        "__pow__": pow,
    }.items():
        setattr(Variable, name, function)


setup_variable()
