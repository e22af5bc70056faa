"""Programs of the lab that run before everything that they could import has arrived.

An interpreter restored from a snapshot has in its memory what was imported when that was
written down. The files of the standard library, of numpy and of livegrad come later, and a
program that needs none of them need not wait. Its text tells, for nearly all programs. Where
it does not (numpy imports much when it is asked for), the first import of a file that is not
here ends the program: it is then run again from its beginning, when everything is here.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_READERS = frozenset(
    ("glob", "importlib", "inspect", "io", "linecache", "os", "pathlib", "shutil", "traceback")
)
"""Modules in memory by which a program may look at the library's files without importing them."""

_NAMES = frozenset(("__import__", "compile", "eval", "exec", "help", "open"))
"""Functions that may do so, or may run what the text does not show."""

_LIBRARY = "/lib/python"
"""How the names of its files begin."""


def needs_files(source: str) -> bool:
    """Whether the text may import, or read, what is not in this interpreter's memory yet."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # it will not run at all, and to say why takes no file
    return any(_needs_files(node) for node in ast.walk(tree))


def _needs_files(node: ast.AST) -> bool:
    match node:
        case ast.Import(names):
            return any(not _is_here(alias.name) for alias in names)
        case ast.ImportFrom(module=str(name), names=names, level=0):
            return not _is_here(name) or any(not _has(name, alias.name) for alias in names)
        case ast.Name(id=name):
            return name in _NAMES
    return False


def _is_here(name: str) -> bool:
    return name.partition(".")[0] not in _READERS and all(
        each in sys.modules for each in _with_parents(name)
    )


def _has(module: str, name: str) -> bool:
    return name == "*" or name in vars(sys.modules[module])


def _with_parents(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[: end + 1]) for end in range(len(parts)))


class Missing(BaseException):
    """A program has asked for a file that is not here. No `except Exception` is to hide that."""


class Files:
    """Whether the library's files are here; while they are not, runs are to be made within it.

    Attributes:
        here: they are; then entering has no effect.
        missed: the last run lacked one, whatever the program made of that.
    """

    def __init__(self) -> None:
        self.here = True
        self.missed = False

    def __enter__(self) -> None:
        self.missed = False
        if not self.here:
            # Before the one that looks into files; what is built in is found without it.
            sys.meta_path.insert(sys.meta_path.index(PathFinder), self)

    def __exit__(self, *error: object) -> None:
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        self.missed = True
        raise Missing(f"{fullname} is not here yet")

    def lacks(self, end: str) -> bool:
        """Whether the run whose `end` this is lacked a file, if only the lines of a traceback."""
        self.missed = self.missed or (not self.here and f'\\"{_LIBRARY}' in end)
        return self.missed
