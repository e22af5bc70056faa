"""The outputs of a Function, for `backward`: which of them live, and what gradients they have."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .core import Variable


class OutputRef(weakref.ref["Variable"]):
    """A weak reference to one of several outputs, which remembers what it refers to.

    An output that nobody used may be dead when `backward` comes by; its gradient is zeros, and
    only this knows of which shape and dtype.
    """

    __slots__ = ("dtype", "shape")

    def __init__(self, y: Variable) -> None:
        super().__init__(y)  # type: ignore[call-arg]
        self.shape = y.data.shape
        self.dtype = y.data.dtype


def alive(outputs: Any) -> list[Any]:
    """The outputs of a Function, weak or strong; None for a dead one."""
    return [y() if isinstance(y, weakref.ref) else y for y in outputs]


def siblings(
    function: Any, y: Any, gy: Any, waiting: dict[Any, Any], zeros: Callable[..., Any]
) -> list[Any]:
    """The gradients of all outputs of `function`, of which `y` is one; zeros for the unused."""
    gys = []
    for output, sibling in zip(function.outputs, alive(function.outputs), strict=True):
        if sibling is y:
            gys.append(gy)
        elif sibling in waiting:
            gys.append(waiting.pop(sibling))
        else:
            like = output if sibling is None else sibling.data
            gys.append(zeros(like.shape, like.dtype))
    return gys
