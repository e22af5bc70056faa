"""The worker's Python side: prepares the interpreter of the lab and runs programs in it.

The only module that knows of a browser, and it needs it for nothing: what a
trace is sent with, ``emit``, is handed in. So it runs natively in the tests.
"""

import builtins
import gc
import json
import sys
from collections.abc import Callable
from typing import Literal

import numpy as np

import livegrad.dezero  # noqa: F401  (from here on `import dezero` works)
from livegrad.liveness import record

type Emit = Callable[[str, str], object]

RECURSION_LIMIT = 3_000
"""The browser's stack holds no more Python calls; past it the interpreter dies uncatchably."""

_set_recursion_limit = sys.setrecursionlimit
_recursion_limit = sys.getrecursionlimit()
_thresholds = gc.get_threshold()


def prepare() -> str:
    """Make the interpreter ready for programs, and say what it is.

    Returns:
        JSON text, an object with the versions of ``python`` and ``numpy``.
    """
    builtins.input = _no_input
    sys.setrecursionlimit = _clamped_recursion_limit
    return json.dumps({"python": sys.version.split()[0], "numpy": np.__version__})


def run(source: str, filename: str, outputs: Literal["weak", "strong"], emit: Emit) -> None:
    """Run a program under the recorder.

    Args:
        source: the program's text.
        filename: the name that its tracebacks show.
        outputs: how functions hold their outputs when the program starts.
        emit: called as ``emit(part, json)`` with each part of the trace: "header",
            "chunk" as often as needed, "end".

    Whatever the program does, raising and sys.exit() included, is told in the trace.
    """
    # What the program before may have changed.
    gc.enable()
    gc.set_threshold(*_thresholds)
    _set_recursion_limit(_recursion_limit)
    record(source, filename, outputs=outputs, emit=emit)


def _no_input(prompt: object = "", /) -> str:
    raise RuntimeError("input() has no keyboard here; write the value into the program instead.")


def _clamped_recursion_limit(limit: int, /) -> None:
    """Set the limit, but never above RECURSION_LIMIT."""
    _set_recursion_limit(min(limit, RECURSION_LIMIT))
