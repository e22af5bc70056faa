"""What `weakref.finalize` keeps until it runs: a registry that no variable of the program holds."""

import weakref
from typing import Any, Final

from .frames import Named
from .picture import Root

NAME: Final = "weakref.finalize"
REGISTRY: Final[dict[Any, Any]] = vars(weakref.finalize)["_registry"]
"""The record of each finalizer that lives: its function and what that is to be called with."""


class Finalizers:
    """Those that are registered from here on.

    Attributes:
        root: of what they hold.
    """

    def __init__(self) -> None:
        self.root = Root(0, 0, NAME, own=False, kind="module")
        self._first = max((record.index for record in REGISTRY.values()), default=-1) + 1

    def named(self) -> Named:
        """Each of them and its record, by names of their own."""
        found: Named = []
        for finalizer, record in list(REGISTRY.items()):
            number = record.index - self._first
            if number >= 0:
                which = f" #{number + 1}" if number else ""
                found += [(f"[<finalize{which}>]", record), (f"[*{which}]", finalizer)]
        return found
