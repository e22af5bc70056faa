"""How far a command is, on a line of the terminal that gives way to whatever else is printed."""

import sys
import time
from typing import Any, Final, Self, TextIO

_EVERY: Final = 0.5
"""Seconds from one telling to the next."""
_CLEAR: Final = "\r\x1b[K"


class Progress:
    """Tells how far something is, in a block, if standard error is a terminal.

    Args:
        terminal: where to tell it; nothing is told where this is none.
    """

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._on = terminal.isatty()
        self._shown = False
        self._due = time.monotonic() + _EVERY

    def __enter__(self) -> Self:
        self._before = sys.stdout, sys.stderr
        if self._on:
            sys.stdout, sys.stderr = (_Over(self, stream) for stream in self._before)  # type: ignore[assignment]
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self._before
        self.give_way()

    def stage(self, text: str) -> None:
        """Something begins that may take long."""
        if self._on:
            self._show(text)

    def tell(self, text: str) -> None:
        """So far it is; twice a second that is shown."""
        if self._on and time.monotonic() >= self._due:
            self._show(text)

    def _show(self, text: str) -> None:
        self._terminal.write(f"{_CLEAR}{text}")
        self._terminal.flush()
        self._shown = True
        self._due = time.monotonic() + _EVERY

    def give_way(self) -> None:
        """Something else is about to be written."""
        if self._shown:
            self._terminal.write(_CLEAR)
            self._terminal.flush()
            self._shown = False


class _Over:
    """A stream whose text goes over the progress."""

    def __init__(self, progress: Progress, stream: TextIO) -> None:
        self._progress = progress
        self._stream = stream

    def write(self, text: str) -> int:
        self._progress.give_way()
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
