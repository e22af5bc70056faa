"""A read-eval-print loop on what a program left, and what its `_` holds.

As in Python's own, the value of an expression is shown and kept as `_` in `builtins`
until another one takes its place: with everything that hangs from it.
"""

import builtins
import contextlib
import io
import linecache
import re
import rlcompleter
import sys
import traceback
import weakref
from codeop import compile_command
from dataclasses import dataclass
from types import GeneratorType, ModuleType
from typing import Any, Final

from .adapters import LivegradAdapter, outputs_held
from .live import is_border, referents

FILE: Final = "<console>"
LONGEST: Final = 100_000
"""Characters of one answer; the rest is cut off."""

_MOST: Final = 200  # completions; more help nobody
_IMMORTAL: Final = 2**29  # counts from here on say "never freed", on 32 bits too
_LAST: Final = "_"


@dataclass(frozen=True, slots=True)
class Last:
    """What `_` holds.

    Attributes:
        type: name of the value's class.
        count: its reference count, `_` included; None where it is immortal.
        names: variables of the program that hold it, too.
        objects: Variables, Functions, arrays and instances that live because of `_` alone.
        nbytes: bytes of the arrays among them.
    """

    type: str
    count: int | None
    names: list[str]
    objects: int
    nbytes: int


@dataclass(frozen=True, slots=True)
class Told:
    """What came of an input.

    Attributes:
        more: the input is the beginning of a statement; nothing has run.
        output: what it printed, the value and a traceback included.
        failed: it raised.
        last: what `_` holds now; None where it holds nothing.
    """

    more: bool
    output: str
    failed: bool
    last: Last | None


def has_last_words(module: ModuleType) -> bool:
    """Whether the program would notice, or print, that its end is put off: by `__del__`, by
    `weakref.finalize`, or by a generator that has not ended."""
    if weakref.finalize._registry:  # type: ignore[attr-defined]
        return True
    for value in _reached(list(vars(module).values())).values():
        own = getattr(type(value), "__module__", None) == "__main__"
        if own and hasattr(type(value), "__del__"):
            return True
        if type(value) is GeneratorType and value.gi_frame is not None:
            return True
    return False


class Console:
    """Runs inputs in a program's namespace.

    Args:
        module: the `__main__` that the program has left.
        outputs: how functions hold their outputs, as when the program ran.
    """

    def __init__(self, module: ModuleType, outputs: Any) -> None:
        self._module = module
        self._outputs = outputs

    def tell(self, text: str) -> Told:
        """Run one statement, or show the value of an expression."""
        output = io.StringIO()
        failed = False
        try:
            code = compile_command(text, FILE, "single")
        except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError) as error:
            shown = "".join(traceback.format_exception_only(error))
            return Told(False, shown, True, self.last())
        if code is None:
            return Told(True, "", False, self.last())
        lines = text.splitlines(keepends=True)
        linecache.cache[FILE] = (len(text), None, lines, FILE)
        before = sys.modules.get("__main__")
        sys.modules["__main__"] = self._module
        try:
            with (
                outputs_held(self._outputs),
                contextlib.redirect_stdout(output),
                contextlib.redirect_stderr(output),
            ):
                failed = _run(code, self._module.__dict__)
        finally:
            if before is not None:
                sys.modules["__main__"] = before
        return Told(False, output.getvalue()[:LONGEST], failed, self.last())

    def complete(self, text: str) -> list[str]:
        """How the name or the attribute at the end of a line may go on."""
        word = re.search(r"[\w.]*$", text)
        completer = rlcompleter.Completer(self._module.__dict__)
        found: list[str] = []
        with contextlib.suppress(Exception):  # of a program's own __getattr__ and __dir__
            while len(found) < _MOST:
                each = completer.complete(word[0] if word else "", len(found))
                if each is None:
                    break
                found.append(each.rstrip("()"))
        return found

    def last(self) -> Last | None:
        """What `_` holds."""
        space = vars(builtins)
        if _LAST not in space:
            return None
        names = [name for name, value in vars(self._module).items() if value is space[_LAST]]
        count = sys.getrefcount(space[_LAST]) - _OVER
        objects, nbytes = self._held_alone()
        return Last(
            type(space[_LAST]).__name__,
            count if count < _IMMORTAL else None,
            names,
            objects,
            nbytes,
        )

    def _held_alone(self) -> tuple[int, int]:
        by_names = _reached(list(vars(self._module).values()))
        alone = [
            value for key, value in _reached([vars(builtins)[_LAST]]).items() if key not in by_names
        ]
        adapter = LivegradAdapter()
        own = [
            value
            for value in alone
            if adapter.kind(type(value)) or type(value).__module__ == "__main__"
        ]
        # A view has no bytes of its own; its base is among the reached.
        return len(own), sum(
            value.nbytes
            for value in own
            if adapter.kind(type(value)) == "array" and value.base is None
        )

    def close(self) -> None:
        """Let go of the program and of `_`."""
        vars(builtins).pop(_LAST, None)
        linecache.cache.pop(FILE, None)
        self._module = ModuleType("__main__")


def _run(code: Any, namespace: dict[str, Any]) -> bool:
    """True if it raised; nothing of the exception outlives the call."""
    try:
        exec(code, namespace)
    except BaseException as error:
        # Not into a local: the traceback's frames lead back to this one, which would hold it.
        error.with_traceback(error.__traceback__ and error.__traceback__.tb_next)
        sys.stderr.write("".join(traceback.format_exception(error)))
        return True
    return False


def _reached(values: list[Any]) -> dict[int, Any]:
    """Objects by their address that can be reached from the values, modules left out."""
    modules = [module for module in list(sys.modules.values()) if type(module) is ModuleType]
    found = {id(value): value for value in values}
    borders = {id(vars(module)) for module in modules}
    todo = list(found.values())
    for here in todo:  # grows while it is walked
        if is_border(here) or isinstance(here, type):
            continue
        for held in referents(here):
            if id(held) not in found and id(held) not in borders:
                found[id(held)] = held
                todo.append(held)
    return found


_OVER: Final = sys.getrefcount({_LAST: object()}[_LAST])  # what asking in this way adds
