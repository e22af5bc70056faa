"""What holds without a name: an unfinished expression, C code in progress, the interpreter itself.

A trace tells such references by a word in parentheses. Two are told by deduction: a reference
which nothing explains was new when a function began. "(C)" if the probe has seen that C code
called it; "(call)" if it cannot see who did, C code or an expression.
"""

import re
from typing import Final

_HOLDERS: Final = {
    "C": "C code that called `{place}` (deduced)",
    "call": "the unfinished call of `{place}` (deduced)",
    "temporary": "an unfinished expression of `{place}`",
    "function": "the running call of `{place}`",
    "handled": "the interpreter, which is handling it",
    "raised": "the interpreter, which is raising it",
    "subclasses": "a class, among its subclasses",
}
_PATH: Final = re.compile(rf"\(({'|'.join(_HOLDERS)})\)(.*)", re.DOTALL)


def is_unnamed(path: str) -> bool:
    """Whether a path begins with such a word and not with a name."""
    return _PATH.fullmatch(path) is not None


def holder_without_name(path: str, place: str) -> str | None:
    """Who holds, in words with code in backticks; None if the path begins with a name."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    word, rest = found.groups()
    holder = _HOLDERS[word].format(place=place)
    return f"`{rest}` in {holder}" if rest else holder


def end_of_unnamed(path: str, place: str, *, is_module: bool) -> str:
    """Why the reference is still there, as a clause."""
    if path.startswith(("(handled)", "(raised)")):
        return "the exception is not done with"
    return "the line has not ended" if is_module else f"`{place}` has not returned"


def cure_of_unnamed(path: str, place: str, *, is_module: bool) -> str:
    """What ends the reference."""
    if path.startswith(("(handled)", "(raised)")):
        return "let the `except` block end"
    return "let the line end" if is_module else f"let `{place}` return"
