"""What every operation of this package is: a forward beside its derivative, once for both uses.

`backward` without `create_graph` computes on ndarrays, with it on Variables. A `derivative` is
written once, in arithmetic, ufuncs (`np.cos(x)`) and methods (`x.sum()`, `x.T`) that both have,
and in other operations called by `on`, which gives an array for arrays and a Variable, with its
graph, for Variables.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core import Function, Variable, link, link_inputs, link_pair
from ..utils import sum_to

# What numpy raises where arrays do not fit, or where there is no array.
MISFITS = (ValueError, TypeError, IndexError, AttributeError)

ndarray = np.ndarray


class Operation(Function):
    """A Function whose derivative is given as a function of all it depends on.

    Subclasses define `forward(self, *xs)` on ndarrays and `derivative(self, gy, *xs, y)`, which
    returns the gradients of `xs` (one, or a tuple) from `gy`, the gradient of the output, the
    inputs and the output: all of them ndarrays or all Variables. It never changes what it is
    given, nor returns an array that the operation keeps.
    """

    __slots__ = ()

    fits: str | None = None  # which shapes fit, where numpy's own words do not tell

    def apply(self, *inputs: Any) -> Variable:
        variables = tuple([x if isinstance(x, Variable) else self.given(x) for x in inputs])
        xs = [x.data for x in variables]
        try:
            y = self.forward(*xs)
        except MISFITS as error:
            raise self.refused(error, xs) from error
        return link_inputs(self, variables, y if type(y) is ndarray else np.asarray(y))

    def backward(self, gy: Any) -> Any:
        (y,) = self.outputs
        return self.derivative(gy, *self.inputs, y if isinstance(y, Variable) else y())

    def on(self, *xs: Any) -> Any:
        """This operation on arrays, giving an array, or on Variables, giving a Variable."""
        for x in xs:
            if isinstance(x, Variable):
                return self(*xs)
        return self.forward(*xs)

    def refused(self, error: Exception, xs: Sequence[Any]) -> Exception:
        name = type(self).__name__
        if any(x is None for x in xs):
            return TypeError(f"{name} takes arrays, and one of these is None: set its data first")
        shapes = " and ".join(str(np.shape(x)) for x in xs)
        reason = self.fits if self.fits and isinstance(error, ValueError) else error
        return type(error)(f"{name} can not take shape {shapes}: {reason}")


class Unary(Operation):
    """An operation of one input: `derivative(self, gy, x, y)` returns one gradient."""

    __slots__ = ()

    def apply(self, x: Any) -> Variable:  # type: ignore[override]
        if type(x) is not Variable:
            x = self.given(x)
        try:
            y = self.forward(x.data)
        except MISFITS as error:
            raise self.refused(error, (x.data,)) from error
        return link(self, x, y if type(y) is ndarray else np.asarray(y))


class Binary(Operation):
    """An operation of two inputs: `derivative(self, gy, x0, x1, y)` returns two gradients."""

    __slots__ = ()

    def apply(self, x0: Any, x1: Any) -> Variable:  # type: ignore[override]
        if type(x0) is not Variable:
            x0 = self.given(x0)
        if type(x1) is not Variable:
            x1 = self.given(x1)
        try:
            y = self.forward(x0.data, x1.data)
        except MISFITS as error:
            raise self.refused(error, (x0.data, x1.data)) from error
        return link_pair(self, x0, x1, y if type(y) is ndarray else np.asarray(y))


class Product(Operation):
    """An operation whose derivative costs much for each input: it skips those nobody asks for.

    Nobody can ask for the gradient of an input that was given as a bare array.
    """

    __slots__ = ("asked",)

    asked: tuple[bool, ...]  # for each input, whether it was given as a Variable

    def apply(self, *inputs: Any) -> Variable:
        self.asked = tuple([isinstance(x, Variable) for x in inputs])
        return super().apply(*inputs)


class Broadcasting(Binary):
    """An elementwise operation of two inputs, whose shapes may broadcast.

    Its `derivative` ends with `self.fit(gx0, gx1)`, which sums what was repeated.
    """

    __slots__ = ("shapes",)

    shapes: tuple[tuple[int, ...], tuple[int, ...]] | None  # None where they are equal
    ufunc: np.ufunc
    fits = (
        "they do not broadcast; make each axis, counted from the last, of the same length or of "
        "length 1 (see reshape)"
    )

    def forward(self, x0: np.ndarray, x1: np.ndarray) -> np.ndarray:
        shapes = x0.shape, x1.shape
        self.shapes = None if shapes[0] == shapes[1] else shapes
        return self.ufunc(x0, x1, out=...)

    def fit(self, gx0: Any, gx1: Any) -> tuple[Any, Any]:
        """The two gradients, each summed to the shape of its input."""
        if self.shapes is None:
            return gx0, gx1
        shape0, shape1 = self.shapes
        return fit(gx0, shape0), fit(gx1, shape1)


def fit(gx: Any, shape: tuple[int, ...]) -> Any:
    """`gx`, an array or a Variable, summed to `shape`, from which broadcasting repeated it."""
    if gx.shape == shape:
        return gx
    if isinstance(gx, Variable):
        from .shape import SumTo

        return SumTo(shape)(gx)
    return sum_to(gx, shape)


def as_data(x: Any) -> np.ndarray:
    """The array of a Variable; an array as it is."""
    return x.data if isinstance(x, Variable) else np.asarray(x)
