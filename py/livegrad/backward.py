"""The two walks of `backward`, from a Variable to the leaves, generation by generation.

Both take the Functions in falling order of generation, so that a Function is visited when every
gradient of its outputs is complete. `with_variables` is the book's own loop (its steps 16 and 32):
gradients are Variables, and computing them draws a graph. `with_arrays` is the same walk on bare
arrays, for when nobody asked for that graph: nine times as fast on small arrays. Neither recurses.

A gradient belongs to whoever gets it. Several operations pass an array on as it is (`add` to
both inputs) or as a view (`reshape`), so what reaches a `grad` is copied unless it is surely the
only one of its kind: `Given` knows. Sums are accumulated in place only in arrays made here.
"""

import heapq
from sys import getrefcount
from typing import Any

import numpy as np

from .freeing import Cut
from .outputs import alive, siblings

ndarray = np.ndarray
_asarray = np.asarray
_push, _pop = heapq.heappush, heapq.heappop


SEVERAL = object()  # a Function's answer to one gradient where it has several outputs


def with_arrays(root: Any, retain: bool) -> None:
    """Differentiate `root` by its leaves; `retain` keeps the gradients in between as well."""
    mine = root._grad is None  # whether nobody else has gy, so that it can be computed into
    gy: Any = ones(root.data) if mine else seed(root)
    given = Given()
    y = root
    function = y.creator
    root._grad = None
    if function is None:
        given.array(root, gy)
        return
    waiting: dict[Any, ndarray] = {}  # the gradients of Variables whose creator is to come
    heap: list[tuple[int, int, Any]] = []
    order = 0
    summed: set[Any] = set()  # those of them whose gradient is a sum made here
    while True:
        if retain:
            given.array(y, gy)
            mine = False
        elif y._grad is not None:
            y._grad = None
        if not mine and function.spends:
            if getrefcount(gy) > ALONE or gy.base is not None or gy.dtype.kind != "f":
                gy = spare(gy, y.data)
            mine = True
        x = function._inputs
        if type(x) is not tuple and type(x) is not Cut:
            gx = function.derivative(gy, x.data, y.data)
            if not waiting and type(gx) is ndarray:  # a chain: nothing to put in order
                function = x.creator
                if function is None:
                    given.leaf(x, gx)
                    given.check(root)
                    return
                y = x
                if gx is not gy:
                    gy = gx
                    mine = False
                gx = None
                continue
            inputs: Any = (x,)
            gxs: Any = gx if gx is SEVERAL else (gx,)
        else:
            inputs = x
            gxs = function.derivative(gy, *[x.data for x in inputs], y.data)
            if len(inputs) == 1 and gxs is not SEVERAL:
                gxs = (gxs,)
        if gxs is SEVERAL:
            function = y.creator
            gys = siblings(function, y, gy, waiting, np.zeros)
            if retain:
                for sibling, gradient in zip(alive(function.outputs), gys, strict=True):
                    if sibling is not None and sibling is not y:
                        given.array(sibling, gradient)
            gxs = function.array_gradients(gys)
            del gys
        for x, gx in zip(inputs, gxs, strict=True):
            if gx is None:
                continue
            if type(gx) is not ndarray:
                gx = _asarray(gx)
            if x.creator is None:
                given.leaf(x, gx)
            elif x not in waiting:
                waiting[x] = gx
                order -= 1
                _push(heap, (-x.generation, order, x))
            elif x in summed and waiting[x].dtype == gx.dtype:
                np.add(waiting[x], gx, out=waiting[x])
            else:
                waiting[x] = _asarray(waiting[x] + gx)
                summed.add(x)
        gxs = gx = gy = None
        while heap:
            y = _pop(heap)[2]
            gy = waiting.pop(y, None)
            if gy is not None:  # else a sibling of it came by and took it along
                break
        else:
            given.check(root)
            return
        summed.discard(y)
        mine = False
        function = y.creator


def with_variables(root: Any, retain: bool, variable: Any) -> None:
    """The same, with gradients that are Variables, which can be differentiated again."""
    given = Given()
    gy = root._grad
    if gy is None:
        gy = variable(ones(root.data))
    elif not hasattr(gy, "creator"):
        gy = variable(gy)
    root._grad = None
    if root.creator is None:
        root._grad = gy
        return
    given.ids.add(id(gy.data))
    waiting = {root: gy}
    heap = [(-root.generation, 0, root)]
    order = 0
    while heap:
        y = _pop(heap)[2]
        gy = waiting.pop(y, None)
        if gy is None:  # a sibling of it came by and took it along
            continue
        function = y.creator
        gys = [gy]
        if len(function.outputs) > 1:
            gys = siblings(function, y, gy, waiting, lambda s, d: variable(np.zeros(s, d)))
        for sibling, gradient in zip(alive(function.outputs), gys, strict=True):
            if sibling is not None:
                sibling._grad = given.variable(sibling._grad, gradient) if retain else None
        for x, gx in zip(function.inputs, function.graph_gradients(gys), strict=True):
            if gx is None:
                continue
            if x.creator is None:
                given.fitting(x, gx.data)
                x._grad = given.variable(x._grad, gx)
            elif x in waiting:
                waiting[x] = waiting[x] + gx
            else:
                waiting[x] = gx
                order -= 1
                _push(heap, (-x.generation, order, x))
    given.check(root)


class Given:
    """Hands gradients to their Variables, so that no two share an array, or anybody's view."""

    __slots__ = ("ids", "integers", "others", "summed")

    def __init__(self) -> None:
        self.ids: set[int] = set()  # arrays that somebody has
        self.summed: set[Any] = set()  # Variables whose gradient is a sum made here
        self.integers: list[Any] = []  # leaves of integers, to which the derivative is none
        self.others = False  # whether there are leaves for which all is well

    def leaf(self, x: Any, gx: ndarray) -> None:
        """Add `gx` to the gradient of a leaf."""
        if x.data is not None and gx.dtype is x.data.dtype:
            self.others = True
        else:
            gx = self.fitting(x, gx)
        self.array(x, gx)

    def fitting(self, x: Any, gx: ndarray) -> ndarray:
        """The gradient of a leaf in the precision of the leaf, where both are real."""
        if x.data is None or gx.dtype == x.data.dtype:
            self.others = True
        elif x.data.dtype.kind == "f":
            self.others = True
            return gx.astype(x.data.dtype) if gx.dtype.kind == "f" else gx
        elif x.data.dtype.kind in "biu":
            self.integers.append(x)
        return gx

    def check(self, root: Any) -> None:
        """Raise TypeError where there was nothing to differentiate by but integers.

        Integers beside real numbers are constants, such as labels and masks, and harm nobody.
        """
        if self.integers and not self.others:
            for x in self.integers:
                x._grad = None
            raise integers_refused(root.creator, self.integers[0].data)

    def array(self, x: Any, gx: ndarray) -> None:
        """Add `gx` to the gradient of `x`."""
        old = x._grad
        if old is None:
            if gx.base is not None or id(gx) in self.ids:
                gx = gx.copy()
            self.ids.add(id(gx))
            x._grad = gx
        elif x in self.summed and old.dtype == gx.dtype:
            np.add(old, gx, out=old)
        else:
            x._grad = _asarray(_array(old) + gx)
            self.summed.add(x)

    def variable(self, old: Any, gx: Any) -> Any:
        """`old` plus `gx`, as a Variable that shares its array with no other gradient."""
        if old is not None:
            return old + gx
        if gx.data.base is not None or id(gx.data) in self.ids:
            gx = gx * 1  # a copy that stays in the graph
        self.ids.add(id(gx.data))
        return gx


def ones(data: ndarray) -> ndarray:
    """The gradient by itself of a Variable of this data. (np.ones_like takes thrice as long.)"""
    gradient = np.empty(data.shape, data.dtype)
    gradient.fill(1)
    return gradient


def seed(root: Any) -> ndarray:
    """The gradient that a program has set on the Variable from which `backward` starts."""
    gradient = _array(root._grad)
    try:
        return np.broadcast_to(gradient, root.data.shape)
    except ValueError:
        raise ValueError(
            f"backward: the gradient that was set, of shape {gradient.shape}, does not fit the "
            f"Variable, of shape {root.data.shape}: set one of the same shape"
        ) from None


def spare(gy: ndarray, y: Any) -> ndarray:
    """A copy of `gy` to compute into, in a dtype that can tell gradients of `y`."""
    return gy.astype(gy.dtype if y is None else np.result_type(gy, y))


def _count() -> int:
    fresh = np.empty(0)
    return getrefcount(fresh)


class _Called:
    def __call__(self, *inputs: Any) -> int:
        return getrefcount(self)


ALONE = _count()  # what getrefcount says of an array that a local variable has, and nobody else
CALLED = _Called()()  # and within `__call__` of an object that was made only to be called


def checked(function: Any, gxs: Any) -> tuple[Any, ...]:
    """What the `backward` of a Function returned, as a tuple of one gradient for each input.

    Raises ValueError where their number, or the shape of one, is another.
    """
    inputs = function.inputs
    if not isinstance(gxs, tuple):
        gxs = (gxs,)
    if len(gxs) != len(inputs):
        raise ValueError(
            f"{type(function).__name__}.backward returned {len(gxs)} gradient(s) for "
            f"{len(inputs)} input(s): return one for each, None where there is none"
        )
    for i, (x, gx) in enumerate(zip(inputs, gxs, strict=True)):
        if gx is None or x.data is None:
            continue
        shape = gx.shape if hasattr(gx, "shape") else np.shape(gx)
        if shape != x.data.shape:
            raise ValueError(
                f"{type(function).__name__}.backward returned a gradient of shape {shape} "
                f"for input {i} of shape {x.data.shape}: return one of the input's shape, "
                "for instance by livegrad.functions.sum_to"
            )
    return gxs


def bare(gxs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Gradients that a Function's backward returned as ndarrays, or None: views."""
    return tuple([None if gx is None else _array(gx).view() for gx in gxs])


def refuse_integers(root: Any) -> None:
    """Raise TypeError where the result is of integers, and its derivative might not be.

    Adding and rearranging have the derivatives 1 and -1, which integers can tell.
    """
    seen = set()
    waiting = [root]
    while waiting:
        function = waiting.pop().creator
        if function is not None and function not in seen:
            if not getattr(function, "linear", False):
                raise integers_refused(function, root.data)
            seen.add(function)
            waiting += function.inputs


def integers_refused(function: Any, data: ndarray) -> TypeError:
    return TypeError(
        f"backward through {type(function).__name__}: an array of {data.dtype}, of shape "
        f"{data.shape}, can not be differentiated by, since integers have no small changes; make "
        "it real, as in Variable(np.array([1.0, 2.0])) or Variable(x.astype(float))"
    )


def _array(gradient: Any) -> ndarray:
    """A gradient that may be a Variable, as an array."""
    return _asarray(gradient.data if hasattr(gradient, "creator") else gradient)
