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

from .finalizers import NAME, REGISTRY
from .monitoring import EVENTS, Tool
from .probe import Program, Watched

_LOCAL: Final = (
    EVENTS.LINE | EVENTS.PY_START | EVENTS.PY_RESUME | EVENTS.PY_RETURN | EVENTS.PY_YIELD
)
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
        self._files: list[str] = []
        self._collecting: bool | None = None

    @property
    def printed(self) -> Callable[[str, str], None]:
        """A builtin function: a call of it goes into JavaScript without any frame between."""
        return self._printed

    def start(self, program: Program) -> None:
        hooks = self._hooks
        self._tool = Tool(
            {
                EVENTS.LINE: hooks.line,
                EVENTS.PY_START: hooks.started,
                EVENTS.PY_RESUME: hooks.started,
                EVENTS.PY_THROW: hooks.thrown,
                EVENTS.PY_RETURN: hooks.returned,
                EVENTS.PY_YIELD: hooks.yielded,
                EVENTS.PY_UNWIND: hooks.unwound,
            }
        )
        self._emit = program.emit
        self._files = list(program.files)
        codes = [code for code in _codes_of(program.code) if code.co_filename in self._files]
        told = {
            "main": id(program.code),
            "codes": [_describe(code, self._files) for code in codes],
            "namespace": id(program.namespace),
            "spaces": [[NAME, id(REGISTRY)]],
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
        # Only the program's own codes are instrumented: libraries run as they are.
        self._tool.listen_in(codes, _LOCAL)
        self._tool.listen(EVENTS.PY_THROW, EVENTS.PY_UNWIND)
        del codes
        gc.collect()  # quick: `recorder.run` has frozen what is older
        gc.freeze()  # what we have made since: the collector's moments are counted from here

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
        told = {
            "main": id(code),
            "codes": [_describe(each, self._files) for each in codes],
            "file": [code.co_filename, text],
            "spaces": [[module.__name__, id(vars(module))] for module in (builtins, sys)],
        }
        self._outside.resume(json.dumps(told))
        self._tool.listen_in(codes, _LOCAL)
        self._collect_again()

    def _collect_again(self) -> None:
        if self._collecting:
            gc.enable()
        self._collecting = None

    def stop(self) -> None:
        self._outside.stop()
        self._collect_again()
        self._tool.close()
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
