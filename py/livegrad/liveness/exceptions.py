"""The exceptions that the interpreter itself holds: the one that is handled, and one on its way."""

import sys
from typing import Final

from .frames import Named
from .picture import Root
from .unfinished import HANDLED, RAISED

_FALLS: Final = 30
"""Frames that an exception leaves before it is looked at again only where it is handled: at each
its traceback is another, and is gone through."""


class Exceptions:
    """Knows them, and holds none between two looks.

    Attributes:
        root: the interpreter.
    """

    def __init__(self) -> None:
        self.root = Root(0, 0, "<interpreter>", own=False)
        self._raised: list[BaseException] = []
        self._falling = self._falls = 0

    def leaves(self, error: BaseException) -> None:
        """One leaves a frame; the next look shows it. The caller must then let go of it."""
        self._falls = self._falls + 1 if id(error) == self._falling else 1
        self._falling = id(error)
        if self._falls <= _FALLS:
            self._raised.append(error)

    def release(self) -> None:
        """Hold none."""
        self._raised.clear()

    def named(self) -> list[tuple[Root, Named]]:
        """What the interpreter holds now, if that may be other than at the last look."""
        found: Named = [(RAISED, self._raised.pop())] if self._raised else []
        handled = sys.exception()
        if handled is not None:
            found.append((HANDLED, handled))
        return [(self.root, found)] if found or self.root.keys else []
