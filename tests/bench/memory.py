"""What a graph holds, and for how long, in bytes that tracemalloc counts.

NumPy reports the memory of its arrays to tracemalloc; PyTorch does not, and is not asked.
"""

import array
import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from workloads import WORKLOADS

KINDS = ("mul", "square", "tanh")
"""The operations of which chains are made."""


@contextmanager
def _traced() -> Iterator[None]:
    """Count bytes, with the collector off: what only it could free stays."""
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()
        gc.enable()
        gc.collect()


def growth(peer: Any, iterations: int, tiny: bool = False) -> tuple[int, int]:
    """Bytes held by training, without the collector.

    Returns:
        How much the bytes after each iteration differ at most, and by how much the last ones
        exceed the first; the iterations that warm up (the first ten) are not counted.
    """
    (workload,) = [workload for workload in WORKLOADS if workload.name == "mlp"]
    step = peer.mlp(*(workload.tiny if tiny else workload.inputs)())
    held = array.array("q", [0]) * iterations  # made now: the measurement must not grow itself
    with _traced():
        for _ in range(10):
            step()
        for turn in range(iterations):
            step()
            held[turn] = tracemalloc.get_traced_memory()[0]
    return max(held) - min(held), held[-1] - held[0]


def peak(peer: Any, kind: str, length: int = 50, size: int = 1_000_000) -> float:
    """Greatest memory during the backward of a chain, over what was held before it.

    Args:
        kind: one of KINDS, the operation of which the chain is made.
        length: how many operations; each keeps its result.
        size: elements of each array, in float64.

    Returns:
        The excess in arrays, to a hundredth: a few small objects are no array. The gradient that
        backward leaves behind counts as one.
    """
    x = np.ones(size)
    with _traced():
        build, differentiate = peer.kept(kind, x, length)
        build()
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        gradient = differentiate()
        excess = tracemalloc.get_traced_memory()[1] - before
        del gradient, build, differentiate
    return round(excess / x.nbytes, 2)
