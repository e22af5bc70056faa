"""A stand-in for Python Tutor's tracer, which is in no registry.

It does at each line what that does: `sys.settrace`, and then an encoding of all variables of
all frames with every object that they lead to, by `id`, kept as a list of states for JSON.
"""

import contextlib
import io
import json
import sys
from types import FrameType, ModuleType
from typing import Any

_PLAIN = (int, float, str, bool, type(None))
_HIDDEN = ("__builtins__", "__name__", "__doc__", "__package__", "__loader__", "__spec__")


class _Encoder:
    def __init__(self) -> None:
        self.heap: dict[int, list[Any]] = {}

    def encode(self, value: Any) -> Any:
        if isinstance(value, _PLAIN):
            return value
        key = id(value)
        if key not in self.heap:
            row: list[Any] = []
            self.heap[key] = row
            row += self._row(value)
        return ["REF", key]

    def _row(self, value: Any) -> list[Any]:
        if isinstance(value, list | tuple | set):
            return [type(value).__name__.upper(), *(self.encode(each) for each in value)]
        if isinstance(value, dict):
            return ["DICT", *([self.encode(k), self.encode(v)] for k, v in value.items())]
        if isinstance(value, type):
            return ["CLASS", value.__name__]
        if callable(value) and hasattr(value, "__code__"):
            return ["FUNCTION", value.__name__]
        if type(value).__module__ in ("__main__", "livegrad.core") or hasattr(value, "creator"):
            return ["INSTANCE", type(value).__name__, self._attributes(value)]
        return ["INSTANCE_PPRINT", type(value).__name__, str(type(value))]

    def _attributes(self, value: Any) -> list[Any]:
        return [[name, self.encode(each)] for name, each in getattr(value, "__dict__", {}).items()]


def trace(source: str) -> str:
    """Run a program; its states as JSON text."""
    states: list[dict[str, Any]] = []
    output = io.StringIO()

    def watch(frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename != "main.py":
            return None
        encoder = _Encoder()
        frames = []
        here: FrameType | None = frame
        while here is not None and here.f_code.co_filename == "main.py":
            names = {
                name: encoder.encode(value)
                for name, value in here.f_locals.items()
                if name not in _HIDDEN and not isinstance(value, ModuleType)
            }
            frames.append([here.f_code.co_name, names])
            here = here.f_back
        states.append(
            {
                "line": frame.f_lineno,
                "event": event,
                "frames": frames,
                "heap": encoder.heap,
                "stdout": output.getvalue(),
            }
        )
        return watch

    before = sys.modules["__main__"]
    module = sys.modules["__main__"] = ModuleType("__main__")
    code = compile(source, "main.py", "exec", dont_inherit=True)
    try:
        with contextlib.redirect_stdout(output):
            sys.settrace(watch)
            try:
                exec(code, module.__dict__)
            finally:
                sys.settrace(None)
    finally:
        sys.modules["__main__"] = before
    return json.dumps(states)
