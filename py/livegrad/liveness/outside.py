"""The Python side of the probe that stands outside the interpreter.

The probe itself is JavaScript (web/src/probe): a tracer of births and deaths, callbacks
that the interpreter calls as it calls C, and a reader of its memory. Here is only what
must be told before the program starts, and what is put back after it. While the program
runs no line of this module does, so that the program cannot notice.
"""

import builtins
import dis
import gc
import json
import sys
from collections.abc import Callable, Iterator
from inspect import CO_OPTIMIZED, CO_VARARGS, CO_VARKEYWORDS
from types import CodeType
from typing import Any, Final, Literal, Protocol

from .probe import Program, Watched

_EVENTS = sys.monitoring.events
_LOCAL: Final = (
    _EVENTS.LINE | _EVENTS.PY_START | _EVENTS.PY_RESUME | _EVENTS.PY_RETURN | _EVENTS.PY_YIELD
)
_TOOL: Final = 4
_TOOL_NAME: Final = "livegrad.liveness"
_OWN_PACKAGE: Final = __name__.rpartition(".")[0]
_STORES: Final = ("STORE_", "DELETE_")


class Outside(Protocol):
    """The probe in JavaScript; see web/src/probe/outside.ts."""

    def check(self, samples: object, owner: int) -> str: ...
    def start(self, program: str) -> None: ...
    def rest(self) -> bool: ...
    def resume(self, input: str) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> str: ...


class Hooks:
    """Holds the callbacks: builtin functions that run JavaScript and return None."""

    line: Any
    started: Any
    thrown: Any
    returned: Any
    yielded: Any
    unwound: Any
    printed: Any


class OutsideProbe:
    """Watches one run of one program from outside; see `probe.Probe`.

    Args:
        outside: the JavaScript half, which has passed its check.
        hooks: what that check has filled.
    """

    name: Literal["outside"] = "outside"

    def __init__(self, outside: Outside, hooks: Hooks) -> None:
        self._outside = outside
        self._hooks = hooks
        self._printed: Callable[[str, str], None] = hooks.printed
        self._codes: list[CodeType] = []
        self._files: list[str] = []
        self._collecting: bool | None = None

    @property
    def printed(self) -> Callable[[str, str], None]:
        """A builtin function: a call of it goes into JavaScript without any frame between."""
        return self._printed

    def start(self, program: Program) -> None:
        if sys.monitoring.get_tool(_TOOL) is not None:
            raise RuntimeError("a recording is running already: wait for its end")
        self._emit = program.emit
        self._files = list(program.files)
        self._codes = [code for code in _codes_of(program.code) if code.co_filename in self._files]
        told = {
            "main": id(program.code),
            "codes": [_describe(code, self._files) for code in self._codes],
            "namespace": id(program.namespace),
            "files": list(program.files.items()),
            "hidden": [
                id(vars(module))
                for name, module in list(sys.modules.items())
                if name.startswith(_OWN_PACKAGE)
            ],
            "limits": {
                "steps": program.limits.steps,
                "events": program.limits.events,
                "objects": program.limits.objects,
                "bytes": program.limits.bytes,
            },
        }
        self._outside.start(json.dumps(told))
        del told
        hooks = self._hooks
        sys.monitoring.use_tool_id(_TOOL, _TOOL_NAME)
        for event, callback in (
            (_EVENTS.LINE, hooks.line),
            (_EVENTS.PY_START, hooks.started),
            (_EVENTS.PY_RESUME, hooks.started),
            (_EVENTS.PY_THROW, hooks.thrown),
            (_EVENTS.PY_RETURN, hooks.returned),
            (_EVENTS.PY_YIELD, hooks.yielded),
            (_EVENTS.PY_UNWIND, hooks.unwound),
        ):
            sys.monitoring.register_callback(_TOOL, event, callback)
        # Only the program's own codes are instrumented: libraries run as they are.
        for code in self._codes:
            sys.monitoring.set_local_events(_TOOL, code, _LOCAL)
        sys.monitoring.set_events(_TOOL, _EVENTS.PY_THROW | _EVENTS.PY_UNWIND)
        gc.collect()
        gc.freeze()

    def rest(self) -> bool:
        self._collecting = gc.isenabled()
        gc.disable()  # what our own code makes from here on must not have the program's collected
        if self._outside.rest():
            return True
        self.stop()  # a limit has ended it already
        return False

    def resume(self, code: CodeType, text: str) -> None:
        self._files.append(code.co_filename)
        codes = list(_codes_of(code))
        self._codes += codes
        told = {
            "main": id(code),
            "codes": [_describe(each, self._files) for each in codes],
            "file": [code.co_filename, text],
            "spaces": [[module.__name__, id(vars(module))] for module in (builtins, sys)],
        }
        self._outside.resume(json.dumps(told))
        for each in codes:
            sys.monitoring.set_local_events(_TOOL, each, _LOCAL)
        self._collect_again()

    def _collect_again(self) -> None:
        if self._collecting:
            gc.enable()
        self._collecting = None

    def stop(self) -> None:
        self._outside.stop()
        self._collect_again()
        if sys.monitoring.get_tool(_TOOL) == _TOOL_NAME:
            sys.monitoring.set_events(_TOOL, 0)
            for code in self._codes:
                sys.monitoring.set_local_events(_TOOL, code, 0)
            sys.monitoring.free_tool_id(_TOOL)
        self._codes.clear()
        gc.unfreeze()

    def close(self) -> Watched:
        told = json.loads(self._outside.close())
        for chunk in told["chunks"]:
            self._emit("chunk", chunk)
        return Watched(told["event"], told["limit"])


def _codes_of(code: CodeType) -> Iterator[CodeType]:
    """A code and all that are nested in it."""
    todo = [code]
    for here in todo:  # grows while it is walked
        yield here
        todo += [constant for constant in here.co_consts if isinstance(constant, CodeType)]


def _describe(code: CodeType, files: list[str]) -> dict[str, Any]:
    arguments = code.co_argcount + code.co_kwonlyargcount
    arguments += bool(code.co_flags & CO_VARARGS) + bool(code.co_flags & CO_VARKEYWORDS)
    return {
        "at": id(code),
        "name": code.co_name,
        "file": files.index(code.co_filename),
        "arguments": ",".join(code.co_varnames[:arguments]),
        "isClass": code.co_name != "<module>" and not code.co_flags & CO_OPTIMIZED,
        "stores": {
            each.offset: (each.opname, str(each.argval))
            for each in dis.get_instructions(code)
            if each.opname.startswith(_STORES)
        },
    }
