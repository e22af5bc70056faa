"""A read-eval-print loop on what a program left, and what its `_` holds.

As in Python's own, the value of an expression is shown and kept as `_` in `builtins`
until another one takes its place, and an exception that nobody caught as `sys.last_exc`:
with everything that hangs from them. Each input is a file of its own in the recording.
"""

import builtins
import contextlib
import io
import linecache
import re
import rlcompleter
import sys
import weakref
from codeop import compile_command
from dataclasses import dataclass
from types import CodeType, GeneratorType, ModuleType
from typing import Any, Final

from .adapters import LivegradAdapter, outputs_held
from .failure import text_of
from .live import is_border, referents
from .probe import Probe, Watched

FILE: Final = "<console-{}>"
"""Name of the file that an input is; they are counted from 1."""

LONGEST: Final = 100_000
"""Characters of one answer; the rest is cut off."""

_MOST: Final = 200  # completions; more help nobody
_IMMORTAL: Final = 2**29  # counts from here on say "never freed", on 32 bits too
_LAST: Final = "_"
_UNREADABLE: Final = (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError)
_LAST_ERROR: Final = ("last_type", "last_value", "last_traceback", "last_exc")


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
        watched: how far the recording is with it; None where inputs are not recorded.
    """

    more: bool
    output: str
    failed: bool
    last: Last | None
    watched: Watched | None


def has_last_words(module: ModuleType, error: BaseException | None = None) -> bool:
    """Whether the program would notice, or print, that its end is put off: by `__del__`, by
    `weakref.finalize`, or by a generator that has not ended."""
    if weakref.finalize._registry:  # type: ignore[attr-defined]
        return True
    for value in _reached([*vars(module).values(), error]).values():
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
        probe: rests, and watches inputs; None where they are not recorded.
        error: the exception that ended the program.
    """

    def __init__(
        self,
        module: ModuleType,
        outputs: Any,
        probe: Probe | None = None,
        error: BaseException | None = None,
    ) -> None:
        self._module = module
        self._outputs = outputs
        self._probe = probe
        self._inputs = 0
        if error is not None:
            _keep(error)

    def tell(self, text: str) -> Told:
        """Run one statement, or show the value of an expression."""
        name = FILE.format(self._inputs + 1)
        try:
            code = compile_command(text, name, "single")
        except _UNREADABLE as error:
            return self._told(_nothing(name, error), text, error.with_traceback(None))
        if code is None:
            return Told(True, "", False, self.last(), None)
        return self._told(code, text)

    def _told(self, code: CodeType, text: str, error: BaseException | None = None) -> Told:
        self._inputs += 1
        name = code.co_filename
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        output = io.StringIO()
        failed = self._run(code, text, output, error)
        watched = self._probe.close() if self._probe else None
        if self._probe and watched and watched.limit is not None:  # the next ones go unrecorded
            self._probe.stop()
            self._probe = None
        return Told(False, output.getvalue()[:LONGEST], failed, self.last(), watched)

    def _run(
        self, code: CodeType, text: str, output: io.StringIO, error: BaseException | None
    ) -> bool:
        before = sys.modules.get("__main__")
        sys.modules["__main__"] = self._module
        try:
            with (
                outputs_held(self._outputs),
                contextlib.redirect_stdout(output),
                contextlib.redirect_stderr(output),
            ):
                if self._probe:
                    self._probe.resume(code, text)
                try:
                    return _run(code, self._module, error)
                finally:
                    if self._probe:
                        self._probe.rest()
        finally:
            if before is not None:
                sys.modules["__main__"] = before

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
        error = vars(sys).get("last_exc")
        by_names = _reached([*vars(self._module).values(), error])
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
        """Let go of the program, of `_` and of the last exception. Once is enough."""
        if self._probe:
            self._probe.stop()
            self._probe.close()
            self._probe = None
        vars(builtins).pop(_LAST, None)
        for name in _LAST_ERROR:
            vars(sys).pop(name, None)
        for number in range(self._inputs):
            linecache.cache.pop(FILE.format(number + 1), None)
        self._module = ModuleType("__main__")


def _run(code: CodeType, module: ModuleType, error: BaseException | None) -> bool:
    """True if it raised, or cannot be read; nothing but `sys.last_exc` holds the exception then."""
    try:
        exec(code, vars(module))
        if error is None:
            return False
        raise error.with_traceback(None)
    except BaseException as raised:
        # Into no other local: the traceback's frames lead back to this one, which would hold it.
        del error
        _keep(raised)
        sys.stderr.write(text_of(raised))
        return True


def _nothing(name: str, error: BaseException) -> CodeType:
    """Does nothing where an input cannot be read."""
    line = error.lineno if isinstance(error, SyntaxError) else None
    return compile("\n" * ((line or 1) - 1) + "pass", name, "exec")


def _keep(error: BaseException) -> None:
    """As the interpreter does with an exception that nobody caught; its frames, and not ours."""
    if isinstance(error, SystemExit):
        return
    error.with_traceback(error.__traceback__ and error.__traceback__.tb_next)
    values = type(error), error, error.__traceback__, error
    vars(sys).update(zip(_LAST_ERROR, values, strict=True))


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
