"""Runs a program as a script would run, under a probe, and makes its trace.

The program gets a fresh `__main__`, its own `sys.argv` and `sys.path[0]`; what it
prints is passed on to the trace, and how it ends is told there. All of it is put
back afterwards, and what the program made is freed as it would be at the end of a
script.
"""

import gc
import json
import linecache
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from types import CodeType, ModuleType
from typing import Any, Literal, Protocol

from .adapters import outputs_held
from .failure import Failure, describe
from .native import PythonProbe
from .output import Tee
from .probe import Limits, Probe, Program, Watched
from .pytorch import PyTorchAdapter
from .trace import FORMAT, VERSION, Trace

type Emit = Callable[[str, str], object]
type Outputs = Literal["weak", "strong"]
type Kept = Literal["", "left", "watched"]
"""What a program leaves: nothing; its module; or that and a probe, which rests."""


class Keep(Protocol):
    """Decides whether what a program has left is kept."""

    def __call__(
        self, module: ModuleType, error: BaseException | None, probe: Probe | None
    ) -> bool:
        """True if it is.

        Args:
            module: the program's `__main__`.
            error: the exception that ended it; what the traceback holds is left, too.
            probe: watches on, if what was left is kept: `Probe.resume` may be called when
                `run` has returned, and `Probe.stop` and `Probe.close` must be in the end.
                None where the recording is over in any case.
        """


def record(
    source: str,
    filename: str = "main.py",
    *,
    outputs: Outputs = "weak",
    argv: Sequence[str] = (),
    emit: Emit | None = None,
    limits: Limits | None = None,
    probe: Probe | None = None,
    echo: bool = False,
) -> Trace:
    """Run a program under the recorder, and keep its trace in memory. The arguments are `run`'s.

    Returns:
        The trace. Whatever the program does is told there: an exception or
        ``sys.exit()`` ends the program, not the caller.

    Raises:
        RuntimeError: another recording is running, or no tool of `sys.monitoring` is free.
    """
    parts = _Parts(emit)
    collecting, thresholds = gc.isenabled(), gc.get_threshold()
    try:
        run(
            source,
            filename,
            parts,
            outputs=outputs,
            argv=argv,
            limits=limits,
            probe=probe,
            echo=echo,
        )
    finally:  # the collector is the caller's again
        gc.set_threshold(*thresholds)
        (gc.enable if collecting else gc.disable)()
    return parts.trace()


def run(
    source: str,
    filename: str,
    emit: Emit,
    *,
    outputs: Outputs = "weak",
    argv: Sequence[str] = (),
    limits: Limits | None = None,
    probe: Probe | None = None,
    echo: bool = False,
    keep: Keep | None = None,
) -> dict[str, Any]:
    """Run a program under the recorder; its trace goes to `emit`, and nothing of it stays here.

    Args:
        source: the program's text.
        filename: the name that its tracebacks show.
        emit: called as ``emit(part, json)`` with each part of the trace as it is
            ready: "header", "chunk" as often as needed, "end".
        outputs: how Livegrad's Functions hold their outputs when the program starts.
        argv: what the program finds in ``sys.argv[1:]``.
        limits: when to stop recording; the program then goes on unrecorded.
        probe: who watches; the Python probe if none is given.
        echo: also write what the program prints to where it would go without us.
        keep: asked when the program has ended and before what it made is freed.

    Returns:
        The trace's last part, which tells how the program ended.

    Raises:
        RuntimeError: another recording is running, or no tool of `sys.monitoring` is free.
    """
    limits = limits or Limits()
    watcher: Probe = PythonProbe() if probe is None else probe
    emit("header", json.dumps(_header(watcher, outputs, filename)))
    # Nothing here may hold an object of the program while it runs or is torn down: each
    # stage is a function of its own, and its locals are gone when it returns.
    kept: Kept = ""
    gc.freeze()  # what is older: the collector neither goes through it nor lists it
    try:
        with _as_script(filename, argv), outputs_held(outputs):
            with Tee(watcher, echo=echo, limit=limits.output):
                ending = _run(source, filename, watcher, emit, limits, keep)
                kept = ending.kept
                if not kept:
                    gc.collect()
            watched = watcher.close()
    finally:
        if kept != "watched":  # else the probe does it, when it stops
            gc.unfreeze()
    end = _end(ending, watched)
    emit("end", json.dumps(end))
    return end


@dataclass(frozen=True, slots=True)
class _Ending:
    status: str
    failure: Failure | None = None
    message: str | None = None
    kept: "Kept" = ""


def _run(
    source: str,
    filename: str,
    probe: Probe,
    emit: Emit,
    limits: Limits,
    keep: Keep | None,
) -> _Ending:
    """Compile and run; on return the program's module is gone, or kept by who asked for it."""
    lines = source.splitlines(keepends=True)
    linecache.cache[filename] = (len(source), None, lines, filename)
    module = ModuleType("__main__")
    namespace = module.__dict__
    namespace["__file__"] = filename
    namespace["__builtins__"] = sys.modules["builtins"]
    before = sys.modules.get("__main__")
    sys.modules["__main__"] = module
    try:
        adapter = PyTorchAdapter()
        code = _compile(source, filename)
        if isinstance(code, Failure):
            probe.start(Program(_NOTHING, {}, {filename: source}, adapter, emit, limits))
            probe.stop()
            return _Ending("failed", code)
        program = Program(code, namespace, {filename: source}, adapter, emit, limits)
        return _execute(program, probe, filename, partial(keep, module) if keep else None)
    finally:
        if before is not None:
            sys.modules["__main__"] = before
        linecache.cache.pop(filename, None)


def _execute(
    program: Program,
    probe: Probe,
    filename: str,
    keep: Callable[[BaseException | None, Probe | None], bool] | None,
) -> _Ending:
    def kept(error: BaseException | None = None) -> Kept:
        resting = keep is not None and probe.rest()
        if keep is not None and keep(error, probe if resting else None):
            return "watched" if resting else "left"
        probe.stop()
        return ""

    probe.start(program)
    try:
        exec(program.code, program.namespace)
    except SystemExit as exit:
        return _Ending("exited", message=_exit_message(exit), kept=kept())
    except BaseException as error:
        what = kept(error)
        status = "stopped" if isinstance(error, KeyboardInterrupt) else "failed"
        return _Ending(status, describe(error, filename, program.code), kept=what)
    return _Ending("finished", kept=kept())


def _compile(source: str, filename: str) -> CodeType | Failure:
    try:
        return compile(source, filename, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return describe(error, filename, None)


_NOTHING = compile("", "<nothing>", "exec")


def _exit_message(exit: SystemExit) -> str:
    return "0" if exit.code is None else str(exit.code)


class _Parts:
    """Keeps the parts of a trace, and passes them on if somebody listens."""

    def __init__(self, emit: Emit | None) -> None:
        self._emit = emit
        self._kept: dict[str, list[str]] = {"header": [], "chunk": [], "end": []}

    def __call__(self, part: str, text: str) -> None:
        if self._emit is not None:
            self._emit(part, text)
        self._kept[part].append(text)

    def trace(self) -> Trace:
        kept = {part: [json.loads(text) for text in texts] for part, texts in self._kept.items()}
        return Trace(
            {
                "format": FORMAT,
                "version": VERSION,
                "header": kept["header"][0],
                "chunks": kept["chunk"],
                "end": kept["end"][0],
            }
        )


def _header(probe: Probe, outputs: Outputs, filename: str) -> dict[str, Any]:
    try:
        import numpy
        import numpy.random  # it comes late by itself, in the middle of some line

        version: str | None = numpy.__version__
    except ImportError:
        version = None
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": version,
        "platform": sys.platform,
        "probe": probe.name,
        "outputs": outputs,
        "main": filename,
    }


def _end(ending: _Ending, watched: Watched) -> dict[str, Any]:
    failure = ending.failure
    return {
        "status": ending.status,
        "event": watched.event,
        "message": failure.message if failure else ending.message,
        "traceback": failure.text if failure else None,
        "line": failure.line if failure else None,
        "limit": watched.limit,
    }


class _as_script:
    """`sys.argv` and `sys.path` as a script finds them, within the block."""

    def __init__(self, filename: str, argv: Sequence[str]) -> None:
        self._argv = [filename, *argv]
        self._folder = os.path.dirname(os.path.abspath(filename))

    def __enter__(self) -> None:
        self._before = sys.argv, list(sys.path)
        sys.argv = self._argv
        sys.path.insert(0, self._folder)

    def __exit__(self, *_: object) -> None:
        sys.argv = self._before[0]
        sys.path[:] = self._before[1]
