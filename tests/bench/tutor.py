"""A stand-in for Python Tutor's tracer, which is in no registry.

It does at each line, call and return what that does, and leaves out some of it (hidden variables,
breakpoints, frames that outlive their call): a debugger of `bdb` that stops in library code, too,
and in the program's encodes all variables of all frames, with every object that they lead to. Of
each of these it asks in which module it was defined, of a function its signature, of an instance
its `str`. The states are a list, and in the end JSON.
"""

import bdb
import contextlib
import inspect
import io
import json
import sys
from types import FrameType, FunctionType, MethodType, ModuleType, TracebackType
from typing import Any

_PLAIN = (int, float, str, bool, type(None))
_HIDDEN = ("__builtins__", "__name__", "__doc__", "__package__", "__loader__", "__spec__")
_HIDDEN_ATTRIBUTES = ("__doc__", "__module__", "__dict__", "__weakref__", "__qualname__")
_ROWS = {list: "LIST", tuple: "TUPLE", set: "SET"}


class _Encoder:
    def __init__(self) -> None:
        self.heap: dict[int, list[Any]] = {}
        self._numbers: dict[int, int] = {}

    def encode(self, value: Any) -> Any:
        if type(value) in _PLAIN:
            return value
        if _is_imported(value):
            return ["IMPORTED_FAUX_PRIMITIVE", f"imported {type(value).__name__}"]
        number = self._numbers.setdefault(id(value), len(self._numbers) + 1)
        if number not in self.heap:
            row = self.heap[number] = []
            row += self._row(value)
        return ["REF", number]

    def _row(self, value: Any) -> list[Any]:
        cls = type(value)
        if cls in _ROWS:
            return [_ROWS[cls], *(self.encode(each) for each in value)]
        if cls is dict:
            return ["DICT", *([self.encode(k), self.encode(v)] for k, v in value.items())]
        if cls in (FunctionType, MethodType):
            signature = inspect.getfullargspec(value)
            defaults = [self.encode(each) for each in signature.defaults or ()]
            return ["FUNCTION", f"{value.__name__}({', '.join(signature.args)})", None, *defaults]
        if isinstance(value, type):
            bases = [base.__name__ for base in value.__bases__ if base is not object]
            return ["CLASS", value.__name__, bases, *self._attributes(value)]
        if isinstance(value, ModuleType):
            return ["module", value.__name__]
        return ["INSTANCE_PPRINT", cls.__name__, str(value), *self._attributes(value)]

    def _attributes(self, value: Any) -> list[Any]:
        found = getattr(value, "__dict__", {})
        names = sorted(name for name in found if name not in _HIDDEN_ATTRIBUTES)
        return [[self.encode(name), self.encode(found[name])] for name in names]


def _is_imported(value: Any) -> bool:
    try:
        file = inspect.getmodule(value).__file__  # type: ignore[union-attr]
    except (AttributeError, TypeError):
        return False
    of_a_class = not isinstance(value, type | FunctionType | MethodType)
    return bool(file) and not of_a_class


class _Tracer(bdb.Bdb):
    def __init__(self, output: io.StringIO) -> None:
        super().__init__()
        self.states: list[dict[str, Any]] = []
        self._encoder = _Encoder()
        self._output = output
        self._numbers: dict[FrameType, int] = {}
        self._globals: list[str] = []

    def user_call(self, frame: FrameType, _: Any) -> None:
        self._stop(frame, None, "call")

    def user_line(self, frame: FrameType) -> None:
        self._stop(frame, None, "step_line")

    def user_return(self, frame: FrameType, value: Any) -> None:
        self._stop(frame, None, "return", value)

    def user_exception(self, frame: FrameType, info: tuple[Any, Any, TracebackType]) -> None:
        self._stop(frame, info[2], "exception")

    def _stop(
        self, frame: FrameType, traceback: TracebackType | None, event: str, returned: Any = None
    ) -> None:
        stack, place = self.get_stack(frame, traceback)
        top, line = stack[place]
        code = top.f_code
        if top.f_globals.get("__name__") != "__main__" or code.co_name == "__repr__":
            return
        if not code.co_flags & inspect.CO_OPTIMIZED and code.co_name != "<module>":
            return  # the body of a class
        self._encoder.heap = {}
        if event == "call":
            self._numbers[top] = len(self._numbers) + 1
        frames = []
        for here, _ in reversed(stack[: place + 1]):
            if here.f_code.co_name == "<module>":
                break
            if here in self._numbers:
                frames.append(self._frame(here))
        if event == "return" and frames:
            frames[0]["encoded_locals"]["__return__"] = self._encoder.encode(returned)
            frames[0]["ordered_varnames"].append("__return__")
        names = {name: v for name, v in top.f_globals.items() if name not in _HIDDEN}
        encoded = {name: self._encoder.encode(value) for name, value in names.items()}
        self._globals += [name for name in encoded if name not in self._globals]
        self.states.append(
            {
                "line": line,
                "event": event,
                "func_name": code.co_name,
                "globals": encoded,
                "ordered_globals": [name for name in self._globals if name in encoded],
                "stack_to_render": frames[::-1],
                "heap": self._encoder.heap,
                "stdout": self._output.getvalue(),
            }
        )

    def _frame(self, frame: FrameType) -> dict[str, Any]:
        encoded = {name: self._encoder.encode(value) for name, value in frame.f_locals.items()}
        ordered = [name for name in frame.f_code.co_varnames if name in encoded]
        ordered += [name for name in sorted(encoded) if name not in ordered]
        name, number = frame.f_code.co_name, self._numbers[frame]
        return {
            "func_name": name,
            "frame_id": number,
            "encoded_locals": encoded,
            "ordered_varnames": ordered,
            "unique_hash": f"{name}_f{number}",
        }


def trace(source: str) -> str:
    """Run a program; its states as JSON text."""
    output = io.StringIO()
    tracer = _Tracer(output)
    before, tracing = sys.modules["__main__"], sys.gettrace()
    module = sys.modules["__main__"] = ModuleType("__main__")
    code = compile(source, "main.py", "exec", dont_inherit=True)
    try:
        with contextlib.redirect_stdout(output):
            tracer.run(code, module.__dict__)
    finally:
        sys.settrace(tracing)
        sys.modules["__main__"] = before
    return json.dumps(tracer.states)
