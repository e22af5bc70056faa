"""The worker's Python side: prepares the interpreter of the lab and runs programs in it.

The only module that knows of a browser, and only while it runs in one: what a
trace is sent with, ``emit``, is handed in, so that all of this runs natively too.
"""

import builtins
import gc
import json
import random
import sys
from array import array
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from itertools import chain
from types import (
    CellType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    GenericAlias,
    MethodType,
    ModuleType,
    TracebackType,
)
from typing import Any, Protocol

import numpy as np

import livegrad.dezero  # noqa: F401  (from here on `import dezero` works)
from livegrad import no_matplotlib
from livegrad.early import Files, needs_files
from livegrad.functions import constants
from livegrad.liveness import Probe, Program, recorder
from livegrad.liveness.console import Console, has_last_words
from livegrad.liveness.fitness import RELIED_ON, Fitness
from livegrad.liveness.native import PythonProbe
from livegrad.liveness.outside import Hooks, Outside, OutsideProbe
from livegrad.liveness.recorder import Outputs
from livegrad.liveness.samples import Samples

type Emit = Callable[[str, str], object]

RECURSION_LIMIT = 3_000
"""Python calls the browser's stack holds for sure; beyond it the interpreter dies uncatchably."""

COMPILING = 96 * 1024
RUNNING = 64 * 1024
"""Bytes of the C stack that CPython may use, see `_guard_stack`."""

_NESTED = (
    *(list, tuple, dict, set, frozenset, map, filter, zip, enumerate, reversed),
    *(property, staticmethod, classmethod, partial, chain, BaseException),
    *(FunctionType, CellType, MethodType, GeneratorType, CoroutineType, TracebackType, FrameType),
    *(slice, GenericAlias, np.ndarray, Files),
)
"""What may be nested without end, and is freed each from within another; one class for all."""

_HASHED = (tuple, slice, GenericAlias)
"""What may be nested without end, and is hashed by the hashes of what it holds, from C."""


class Stack(Protocol):
    """The guard in JavaScript; see web/src/runtime/stack.ts."""

    def protect(self, size: int) -> None: ...
    def guardFrees(self, types: str) -> None: ...
    def guardHashes(self, types: str) -> None: ...


_set_recursion_limit = sys.setrecursionlimit
_recursion_limit = sys.getrecursionlimit()
_thresholds = gc.get_threshold()
_consoles: list[Console] = []
"""Of the last program, or none. A list: the names of this module are part of its fitness."""
_end: dict[str, Any] = {}
"""How the last program ended, as its trace tells it."""
_files = Files()
_fitness: Fitness
_line = array("i", [0])
_outside: tuple[Outside, Hooks] | None = None
_stack: Stack | None = None


def prepare(outside: Outside | None = None, stack: Stack | None = None) -> str:
    """Make the interpreter ready for programs, and say what it is.

    Args:
        outside: the probe that stands outside the interpreter. It records if every offset
            that it needs is where it looks for it; else the Python probe does.
        stack: guards the browser's stack, which a program may fill.

    Returns:
        JSON text, an object with the versions of ``python`` and ``numpy``, the ``probe`` that
        will record, "outside" or "python", and ``refused``: why not the former, or "".
    """
    global _fitness, _outside, _stack
    # An interpreter restored from a snapshot has the chance of the one that was written down.
    # (Strings' hashes stay those of the snapshot: what is in its memory was sorted by them.)
    random.seed()
    if "numpy.random" in sys.modules:
        np.random.seed()
    no_matplotlib.install()
    builtins.input = _no_input
    sys.setrecursionlimit = _clamped_recursion_limit
    _stack = stack
    if stack is not None:
        stack.guardFrees(_told(_NESTED))
        stack.guardHashes(_told(_HASHED))
    refused = "there is none"
    if outside is not None:
        hooks = Hooks()
        gc.freeze()  # the check collects three times, for which all else need not be walked
        refused = outside.check(Samples(), id(hooks))
        gc.unfreeze()
        _outside = None if refused else (outside, hooks)
    # Last of all: what is bound from here on counts as changed by a program.
    own = [name for name in sys.modules if name.split(".")[0] == "livegrad"]
    _fitness = Fitness([*RELIED_ON, *own])
    return json.dumps(
        {
            "python": sys.version.split()[0],
            "numpy": np.__version__,
            "probe": "python" if refused else "outside",
            "refused": refused,
        }
    )


def _told(types: tuple[type, ...]) -> str:
    """For the guard: the address and basic size of each, by which it knows them."""
    return json.dumps([[id(each), each.__basicsize__] for each in types])


def line_address() -> int:
    """Where in memory the line stands that is being executed: the dead tell no other tales."""
    return _line.buffer_info()[0]


def expect_files() -> None:
    """The library's files are still on their way: programs run without them, if they can."""
    _files.here = False


def files_are_here() -> None:
    """From now on everything can be imported."""
    _files.here = True


def must_wait(source: str) -> bool:
    """Whether a program needs files that are still on their way."""
    return not _files.here and needs_files(source)


def run(source: str, filename: str, outputs: Outputs, emit: Emit) -> str:
    """Run a program under the recorder.

    Args:
        source: the program's text.
        filename: the name that its tracebacks show.
        outputs: how functions hold their outputs when the program starts.
        emit: called as ``emit(part, json)`` with each part of the trace: "header",
            "chunk" as often as needed, "end". The probe outside does not call it: its chunks
            go where JavaScript told it to, while the program runs.

    Whatever the program does, raising and sys.exit() included, is told in the trace. One that
    began too early has no end there.

    Returns:
        JSON text, an object with three truths: ``fit``, whether another program may run in this
        interpreter (not where this one changed something that recordings rely on), ``open``,
        whether it has left something for `console`, and ``early``, whether it turned out to need
        files that are still on their way, and must be run again.
    """
    if _consoles:  # with all that the program before has left
        _consoles.pop().close()
        gc.collect()
    # What the program before may have changed.
    gc.enable()
    gc.set_threshold(*_thresholds)
    _set_recursion_limit(_recursion_limit)
    constants.forget()
    _guard_stack(COMPILING)
    _end.clear()

    def pass_on(part: str, text: str) -> None:
        if part != "end" or not _files.lacks(text):
            emit(part, text)

    keep = partial(_keep, outputs)
    with _files:
        end = recorder.run(source, filename, pass_on, outputs=outputs, probe=_probe(), keep=keep)
    _end.update(end)
    left = {"fit": _fitness.holds(), "open": bool(_consoles), "early": _files.missed}
    return json.dumps(left)


def _keep(
    outputs: Outputs, module: ModuleType, error: BaseException | None, probe: Probe | None
) -> bool:
    """Keep what a program has left for the console, unless its end is to be seen."""
    if has_last_words(module, error):
        return False
    _consoles.append(Console(module, outputs, probe, error))
    return True


def console(text: str, emit: Emit) -> str:
    """Run a statement, or show the value of an expression, in what the last program left.

    Args:
        text: the input.
        emit: called with what comes of it in the trace, as in `run`: chunks, and an end that
            takes the place of the one before.

    Returns:
        JSON text, an object with the fields of `Told`; "null" where there is no such program.
    """
    if not _consoles:
        return "null"
    told = _consoles[0].tell(text)
    if told.watched:
        emit("end", json.dumps(_end | asdict(told.watched)))
    return json.dumps(asdict(told))


def complete(text: str) -> str:
    """How the last name in the text may go on: JSON text, a list of strings."""
    return json.dumps(_consoles[0].complete(text) if _consoles else [])


def _probe() -> Probe:
    return _FromWithin() if _outside is None else _FromOutside(*_outside)


class _FromWithin(PythonProbe):
    def start(self, program: Program) -> None:
        _guard_stack(RUNNING)
        _note_lines(program.code.co_filename)
        super().start(program)

    def stop(self) -> None:
        super().stop()
        _forget_lines()


class _FromOutside(OutsideProbe):  # JavaScript knows the line by itself
    def start(self, program: Program) -> None:
        _guard_stack(RUNNING)
        super().start(program)


_NOTER = sys.monitoring.OPTIMIZER_ID  # none of those that the recorder may take


def _note_lines(filename: str) -> None:
    """Keep the line that is being executed where it can be read when the interpreter is dead."""

    def note(code: CodeType, line: int) -> object:
        if code.co_filename != filename:
            return sys.monitoring.DISABLE
        _line[0] = line
        return None

    _line[0] = 0
    if sys.monitoring.get_tool(_NOTER) is None:
        sys.monitoring.use_tool_id(_NOTER, "livegrad.lab")
    sys.monitoring.register_callback(_NOTER, sys.monitoring.events.LINE, note)
    sys.monitoring.set_events(_NOTER, sys.monitoring.events.LINE)


def _forget_lines() -> None:
    sys.monitoring.set_events(_NOTER, 0)
    sys.monitoring.register_callback(_NOTER, sys.monitoring.events.LINE, None)
    sys.monitoring.free_tool_id(_NOTER)


def _guard_stack(size: int) -> None:
    """Have CPython raise, or free in turns, before the browser's own stack is full.

    CPython guards 10 MiB of stack in WebAssembly's memory. The browser keeps a second
    one of about 1 MB, which deep recursion in C fills long before: the worker then dies
    of a RangeError that Python never sees. Measured in Chromium: with 80 KiB dropping a
    linked list of 100,000 still dies, with 64 KiB it lives, but 20 `elif` do not compile;
    96 KiB compile them, 128 KiB let the compiler die.
    """
    if _stack is not None:
        _stack.protect(size)


def _no_input(prompt: object = "", /) -> str:
    raise RuntimeError("input() has no keyboard here; write the value into the program instead.")


def _clamped_recursion_limit(limit: int, /) -> None:
    """Set the limit, but never above RECURSION_LIMIT."""
    _set_recursion_limit(min(limit, RECURSION_LIMIT))
