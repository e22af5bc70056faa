"""The operators and methods of Variable: functions of livegrad.functions, under other names.

They are given to the class from outside, as in the book, so that core.py needs no operation.
"""

from typing import Any

import numpy as np

from . import functions as F
from .core import Variable


def _reshape(self: Variable, *shape: Any) -> Variable:
    if len(shape) == 1 and isinstance(shape[0], (tuple, list)):
        (shape,) = shape
    return F.reshape(self, tuple(shape))


def _transpose(self: Variable, *axes: Any) -> Variable:
    if len(axes) == 1 and (axes[0] is None or isinstance(axes[0], (tuple, list))):
        (axes,) = axes
    return F.transpose(self, axes or None)


def _to_cpu(self: Variable) -> None:
    """The data is a NumPy array already."""


def _to_gpu(self: Variable) -> None:
    """Raises RuntimeError: there is no GPU here."""
    from .cuda import refuse_gpu

    refuse_gpu("Variable.to_gpu()")


OPERATORS = {
    "__add__": F.add,
    "__radd__": F.add,
    "__mul__": F.mul,
    "__rmul__": F.mul,
    "__neg__": F.neg,
    "__sub__": F.sub,
    "__rsub__": F.rsub,
    "__truediv__": F.div,
    "__rtruediv__": F.rdiv,
    "__pow__": F.pow,
    "__matmul__": F.matmul,
    "__rmatmul__": lambda self, other: F.matmul(other, self),
    "__getitem__": F.get_item,
    "T": property(F.transpose),
    "reshape": _reshape,
    "transpose": _transpose,
    "sum": F.sum,
    "max": F.max,
    "min": F.min,
    "dot": F.matmul,
    "matmul": F.matmul,
    "matmaul": F.matmul,  # DeZero's spelling
    "to_cpu": _to_cpu,
    "to_gpu": _to_gpu,
}

# What numpy's ufuncs do with a Variable: np.sin(x) is F.sin(x), and array * x is F.mul(array, x).
UFUNCS: dict[np.ufunc, Any] = {
    np.add: F.add,
    np.subtract: F.sub,
    np.multiply: F.mul,
    np.divide: F.div,
    np.negative: F.neg,
    np.power: F.pow,
    np.square: F.square,
    np.matmul: F.matmul,
    np.exp: F.exp,
    np.log: F.log,
    np.sin: F.sin,
    np.cos: F.cos,
    np.tanh: F.tanh,
}


def array_ufunc(self: Variable, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
    """Answer numpy (NEP 13). With `out`, as in `array -= x`, compute into it, without a graph."""
    if method != "__call__":
        return NotImplemented
    if "out" in options:
        inputs = tuple([x.data if isinstance(x, Variable) else x for x in inputs])
        return ufunc(*inputs, **options)
    operation = None if options else UFUNCS.get(ufunc)
    return NotImplemented if operation is None else operation(*inputs)


def setup_variable() -> None:
    """Give Variable its operators; importing livegrad has done so already."""
    for name, function in OPERATORS.items():
        setattr(Variable, name, function)
    Variable.__array_ufunc__ = array_ufunc  # type: ignore[attr-defined]
