"""Local variables of a frame, read without leaving a trace in it.

From CPython 3.13 on `frame.f_locals` is a view. In 3.12 it makes a dict that
stays in the frame, holds every local once more, and is the very dict that
`locals()` hands to the program; so there each local is asked for by name, through
the C function made for that.
"""

import inspect
import sys
from collections.abc import Callable
from dis import opmap
from types import CodeType, FrameType
from typing import Any, Final

type Named = list[tuple[str, Any]]

LOAD_BORROWED: Final = opmap.get("LOAD_FAST_BORROW")
BORROWS: Final = LOAD_BORROWED is not None
"""From CPython 3.14 on an expression may use a variable's value without counting that."""


def lends(code: CodeType, offset: int) -> bool:
    """Whether the instruction at `offset` takes a variable's value, and does not count that."""
    return BORROWS and code.co_code[max(offset - 2, 0)] == LOAD_BORROWED


def locals_of(frame: FrameType) -> Named:
    """Names and values of a frame's own variables; for a class body those of its namespace."""
    code = frame.f_code
    if not code.co_flags & inspect.CO_OPTIMIZED:
        return list(frame.f_locals.items())
    return _fast_locals(frame, code)


def _by_view(frame: FrameType, code: CodeType) -> Named:
    return list(frame.f_locals.items())


def _by_copy(frame: FrameType, code: CodeType) -> Named:
    copy = frame.f_locals
    found = list(copy.items())
    copy.clear()  # the copy stays in the frame, and would hold each local once more
    return found


def _by_name() -> Callable[[FrameType, CodeType], Named] | None:
    try:
        import ctypes
    except ImportError:
        return None
    get = ctypes.pythonapi.PyFrame_GetVar
    get.restype = ctypes.py_object
    get.argtypes = [ctypes.py_object, ctypes.py_object]

    def fast_locals(frame: FrameType, code: CodeType) -> Named:
        found: Named = []
        for name in code.co_varnames + code.co_cellvars + code.co_freevars:
            try:
                found.append((name, get(frame, name)))
            except NameError:  # not bound yet, or no longer
                continue
        return found

    return fast_locals


if sys.version_info >= (3, 13):
    _fast_locals: Callable[[FrameType, CodeType], Named] = _by_view
else:
    _fast_locals = _by_name() or _by_copy
