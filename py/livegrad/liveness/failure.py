"""How a program failed, as Python itself would tell it: its own frames, and not ours."""

import traceback
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, TracebackType

_PACKAGE = str(Path(__file__).parent.parent)

# Of what NumPy says, the one thing that stops programs of the book's time (its steps 59 and 60).
_ONLY_0_DIMENSIONAL = "only 0-dimensional arrays can be converted"
_TAKE_THE_ITEM = (
    "NumPy 2.4 and newer makes a number only of an array of shape (); of any other array with one "
    "element take its item, as in float(y.data.item())."
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception that ended a program.

    Attributes:
        message: last line of the traceback.
        text: the traceback, whole.
        line: of the program's file, where it failed; None if it did so elsewhere.
    """

    message: str
    text: str
    line: int | None


def describe(error: BaseException, filename: str, code: CodeType | None) -> Failure:
    """Tell a failure; `code` is the program's, or None where it could not be compiled."""
    start = error.__traceback__
    while start is not None and start.tb_frame.f_code is not code:
        start = start.tb_next
    told = traceback.TracebackException(type(error), error, start)
    message = "".join(told.format_exception_only()).rstrip("\n").rpartition("\n")[2]
    text = _formatted(told, error)
    if start is None and text.startswith("Traceback"):
        text = "".join(told.format_exception_only())
    line = error.lineno if isinstance(error, SyntaxError) and code is None else None
    return Failure(message, text, line or _line(start, filename))


def text_of(error: BaseException) -> str:
    """The traceback of what a console has raised."""
    told = traceback.TracebackException(type(error), error, error.__traceback__)
    return _formatted(told, error)


def _formatted(told: traceback.TracebackException, error: BaseException) -> str:
    _leave_out(told)
    if isinstance(error, TypeError) and _ONLY_0_DIMENSIONAL in str(error):
        told.__notes__ = [_TAKE_THE_ITEM]
    return "".join(told.format())


def _line(here: TracebackType | None, filename: str) -> int | None:
    line = None
    while here is not None:
        if here.tb_frame.f_code.co_filename == filename:
            line = here.tb_lineno
        here = here.tb_next
    return line


def _leave_out(told: traceback.TracebackException) -> None:
    """Take the frames of this package out, also of the exceptions behind this one."""
    todo: list[traceback.TracebackException | None] = [told]
    for each in todo:  # grows while it is walked
        if each is not None:
            each.stack[:] = [f for f in each.stack if not f.filename.startswith(_PACKAGE)]
            todo += [each.__cause__, each.__context__, *(each.exceptions or ())]
