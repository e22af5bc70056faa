"""The tool of `sys.monitoring` by which a probe is told of the program's lines and calls."""

import sys
from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Any, Final

EVENTS = sys.monitoring.events
_NAME: Final = "livegrad.liveness"


class Tool:
    """One of the interpreter's tools; there is one recording at a time.

    Args:
        callbacks: by event.

    Raises:
        RuntimeError: another recording is running, or no tool is free.
    """

    def __init__(self, callbacks: Mapping[int, Callable[..., Any]]) -> None:
        self._tool = _free_tool()
        self._codes: list[CodeType] = []
        sys.monitoring.use_tool_id(self._tool, _NAME)
        for event, callback in callbacks.items():
            sys.monitoring.register_callback(self._tool, event, callback)

    def listen(self, *events: int) -> None:
        """To these events in whatever code runs, even where it was disabled before."""
        sys.monitoring.restart_events()
        sys.monitoring.set_events(self._tool, sum(events))

    def listen_in(self, codes: Sequence[CodeType], events: int) -> None:
        """To these events in these codes: all others run as they are."""
        self._codes += codes
        for code in codes:
            sys.monitoring.set_local_events(self._tool, code, events)

    def close(self) -> None:
        """Listen to nothing more."""
        if sys.monitoring.get_tool(self._tool) != _NAME:
            return
        sys.monitoring.set_events(self._tool, 0)
        for code in self._codes:
            sys.monitoring.set_local_events(self._tool, code, 0)
        self._codes.clear()
        sys.monitoring.free_tool_id(self._tool)


def _free_tool() -> int:
    """A tool that nobody uses; those without a customary meaning first."""
    for tool in (4, 3, 2, 1, 0):
        if sys.monitoring.get_tool(tool) == _NAME:
            raise RuntimeError("a recording is running already: wait for its end")
    for tool in (4, 3, 2, 1, 0):
        if sys.monitoring.get_tool(tool) is None:
            return tool
    raise RuntimeError(
        "all tools of sys.monitoring are in use, so nothing can be recorded: "
        "run the program without debugger, profiler and coverage"
    )
