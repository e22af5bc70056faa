"""Whether a graph dies by reference counting alone."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

from livegrad import Function, Variable


def assert_dies_by_counting(make: Callable[[], Any]) -> None:
    """What `make` returns (a Variable, or a tuple of objects), and all its graph, die with it."""
    make()  # once before, so that what is made only once is made
    gc.collect()
    gc.freeze()  # what is alive now is none of our business, and slow to look through
    gc.disable()
    try:
        made = make()
        watched = [weakref.ref(o) for o in reachable(made if isinstance(made, tuple) else (made,))]
        del made
        assert watched
        left = [type(w()).__name__ for w in watched if w() is not None]
        assert not left
        assert gc.collect() == 0
    finally:
        gc.enable()
        gc.unfreeze()


def reachable(roots: tuple[Any, ...]) -> list[Any]:
    """The roots and all Variables and Functions behind them."""
    found: dict[int, Any] = {}
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in found:
            continue
        found[id(node)] = node
        if isinstance(node, Function):
            waiting += node.inputs
        elif isinstance(node, Variable):
            waiting.append(node.creator)
            waiting.append(node.grad)
    return list(found.values())
