"""Derivatives by finite differences, to check those of backpropagation against."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .core import Variable, as_variable


def numerical_grad(f: Callable[..., Any], x: Any, *args: Any, **kwargs: Any) -> np.ndarray:
    """The gradient of sum(f(x, ...)) at x by central differences, with a step of 1e-4.

    Args:
        f: takes x as an ndarray, and returns a Variable or an ndarray.
        x: a Variable or an ndarray of a floating dtype; changed meanwhile, restored at the end.
            float64 leaves about eight digits right, float32 three.
        args, kwargs: passed on to f.

    Raises:
        TypeError: x has no floating dtype.
    """
    eps = 1e-4
    x = x.data if isinstance(x, Variable) else x
    if x.dtype.kind != "f":
        raise TypeError(
            f"numerical_grad moves x by {eps}, which an array of {x.dtype} can not: "
            f"pass x.astype(np.float64)"
        )
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        here = x[place].copy()
        sides = []
        try:
            for step in (eps, -eps):
                x[place] = here + step
                y = f(x, *args, **kwargs)
                sides.append(np.array(y.data if isinstance(y, Variable) else y))
        finally:
            x[place] = here
        grad[place] = (sides[0] - sides[1]).sum() / (2 * eps)
    return grad


def gradient_check(
    f: Callable[..., Any],
    x: Any,
    *args: Any,
    rtol: float = 1e-4,
    atol: float = 1e-5,
    y_grad: Any = None,
    **kwargs: Any,
) -> bool:
    """Whether the gradient of sum(f(x, ...) * y_grad) by backpropagation is the numerical one.

    Prints both where it is not. x is turned to float64, in place where it is a Variable.

    Args:
        f: takes x as a Variable or as an ndarray, and returns a Variable.
        x: a Variable or an ndarray.
        rtol, atol: the tolerance, relative and absolute.
        y_grad: weights of the shape of f(x), ones by default. DeZero's own no longer takes
            them, but its tests give them.
    """
    if y_grad is not None:
        return gradient_check(lambda x: f(x, *args, **kwargs) * y_grad, x, rtol=rtol, atol=atol)
    x = as_variable(x)
    x.data = x.data.astype(np.float64)
    x.cleargrad()
    numerical = numerical_grad(f, x, *args, **kwargs)
    f(x, *args, **kwargs).backward()
    if x.grad is None:
        raise ValueError("gradient_check: f(x) does not depend on x, so there is no gradient")
    if array_allclose(x.grad, numerical, rtol=rtol, atol=atol):
        return True
    print("gradient_check failed")
    for name, grad in [("numerical", numerical), ("backpropagation", x.grad.data)]:
        print(f"  {name}, shape {grad.shape}: {grad.ravel()[:10]}")
    return False


def array_equal(a: Any, b: Any) -> bool:
    """Whether two arrays or Variables have the same shape and elements."""
    return np.array_equal(_data(a), _data(b))


def array_allclose(a: Any, b: Any, rtol: float = 1e-4, atol: float = 1e-5) -> bool:
    """Whether two arrays or Variables, broadcast together, are equal within a tolerance."""
    return np.allclose(_data(a), _data(b), rtol=rtol, atol=atol)


def _data(x: Any) -> Any:
    return x.data if isinstance(x, Variable) else x
