"""Parts that have long been the same are compared by their words in memory, all at once.

To fetch an object and ask what it holds costs some hundred nanoseconds, most of them spent on
waiting for its memory, several times. Where it stands in memory what an object holds (`layout.py`)
NumPy gathers those words for thousands of objects at a few nanoseconds each.

What is read must be alive. A part's own objects are: our weak references tell of their end. What
these hold is as long as their words are the same, and so on, step by step; nothing of the
program may run in between, so there must be no other thread, and no signal handler of its own.
"""

import signal
import sys
from collections.abc import Iterable
from typing import Any, Final

from .addresses import BASE, WORD
from .layout import Layout, Run, Unknown, layout
from .picture import Part

LONG: Final = 64
"""Visits for which a part must have been the same in the end, if it was woken often before."""
FEW: Final = 8
"""Parts that are visited as quickly as words are gathered."""
MANY: Final = 512
"""Parts of a block: its words should fit into a cache."""

_SIGNALS: Final = sorted(signal.valid_signals())
_getsignal: Final = sys.modules["_signal"].getsignal


class Unit:
    """A part that is quiet, and the parts of its strays.

    Args:
        block: that has its words, under this number.
        parts: all of them.
    """

    __slots__ = ("block", "number", "parts")

    def __init__(self, block: "Block", number: int, parts: list[Part]) -> None:
        self.block = block
        self.number = number
        self.parts = parts
        for part in parts:
            part.wake = self.wake

    def wake(self) -> None:
        """It is visited again: its words may be no longer those of its objects."""
        self.block.forget(self.number)
        for part in self.parts:
            part.wake = None
            part.calm = 0
        _try_later(self.parts[0])
        self.parts.clear()


class Block:
    """The words of some units as they were.

    Args:
        numpy: the module.
        memory: see `Layout`.
        trees: for each unit its parts and its runs.
    """

    def __init__(self, numpy: Any, memory: Any, trees: list[tuple[list[Part], list[Run]]]) -> None:
        self._numpy = numpy
        self._memory = memory
        self._nothing = numpy.zeros(1, dtype=numpy.int64)  # a word that never changes
        self.units: dict[int, Unit] = {}
        runs: dict[int, list[tuple[int, int, int]]] = {}
        for number, (parts, found) in enumerate(trees):
            self.units[number] = Unit(self, number, parts)
            for step, address, words in found:
                runs.setdefault(step, []).append((address, words, number))
        self._steps = [self._step(runs[step]) for step in sorted(runs)]
        self._half = len(trees) // 2

    def _step(self, runs: list[tuple[int, int, int]]) -> tuple[Any, Any, Any]:
        """Where the words of a step are, what they are, and whose."""
        np = self._numpy
        addresses, sizes, numbers = np.array(runs, dtype=np.int64).T
        places = (addresses - BASE) // WORD
        ends = np.cumsum(sizes)
        where = np.repeat(places - ends + sizes, sizes) + np.arange(ends[-1])
        return where, self._memory.take(where), np.repeat(numbers, sizes)

    def wake_changed(self) -> None:
        """Wake the units whose words are not the same."""
        for where, words, numbers in self._steps:
            differ = self._memory.take(where) != words
            if differ.any():
                for number in set(numbers[differ].tolist()):
                    self.units[number].wake()

    def forget(self, number: int) -> None:
        """Never read the words of a unit again."""
        np = self._numpy
        del self.units[number]
        nothing = (self._nothing.ctypes.data - BASE) // WORD
        for where, words, numbers in self._steps:
            first, last = np.searchsorted(numbers, [number, number + 1])
            where[first:last] = nothing
            words[first:last] = 0

    def is_thin(self) -> bool:
        """Most of its units are awake."""
        return len(self.units) <= self._half


class Quiet:
    """The quiet ones among some parts."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._handlers = _handlers()
        self._threads = frozenset(sys._current_frames())

    def wake_changed(self) -> None:
        """Wake the parts of which something is different."""
        if self._blocks and not self._alone():
            self.wake_all()
        for block in list(self._blocks):
            block.wake_changed()
            if block.is_thin():
                self._dissolve(block)

    def wake_all(self) -> None:
        """Wake all of them."""
        for block in list(self._blocks):
            self._dissolve(block)

    def settle(self, parts: Iterable[Part]) -> None:
        """Let those be quiet that have long been the same.

        Each must have been found the same in this look, and nothing of the program be in hand.
        """
        calm = [part for part in parts if part.calm >= part.patience and part.wake is None]
        numpy = sys.modules.get("numpy")
        if len(calm) < FEW or not self._alone() or not hasattr(numpy, "ndarray"):
            return
        known = layout(numpy)
        if known is None:
            return
        trees = [tree for part in calm[:MANY] if (tree := _tree(known, part)) is not None]
        if len(trees) >= FEW:
            self._blocks.append(Block(numpy, known.memory, trees))

    def _dissolve(self, block: Block) -> None:
        for unit in list(block.units.values()):
            unit.wake()
        self._blocks.remove(block)

    def _alone(self) -> bool:
        """Nothing of the program can run while we read."""
        if sys._current_frames().keys() - self._threads:
            return False
        return [*map(id, _handlers())] == [*map(id, self._handlers)]


def _handlers() -> list[Any]:
    """Who handles signals; asked without the enumerations of `signal.getsignal`."""
    return [*map(_getsignal, _SIGNALS)]


def _tree(known: Layout, top: Part) -> tuple[list[Part], list[Run]] | None:
    """A part and those of its strays, with their runs; None if these are not known."""
    parts: list[Part] = []
    runs: list[Run] = []
    todo = [(top, 0)]
    try:
        while todo:
            part, step = todo.pop()
            if part.dirty or not part.calm:
                raise Unknown
            for node in part.nodes:
                runs += known.runs(node, step)
            parts.append(part)
            todo += [(child, step + 2) for _, child in part.children]
    except Unknown:
        top.calm = 0
        _try_later(top)
        return None
    return parts, runs


def _try_later(part: Part) -> None:
    part.patience = min(2 * part.patience, LONG)
