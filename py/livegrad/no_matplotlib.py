"""What `import matplotlib` gives where there is none: plots are not drawn, and the program is told.

Eight of the book's steps end with a plot, and the browser's Python has no matplotlib. With this
they run to their end unedited: every call is taken and does nothing, and `show` and `savefig`
print that nothing was drawn. A matplotlib that is installed comes first.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

NAME = "matplotlib"


class Undrawn:
    """Anything of matplotlib: so is each attribute of it, and what a call of it returns."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> "Undrawn":
        if name.startswith("__"):
            raise AttributeError(name)
        return Undrawn(name)

    def __call__(self, *args: Any, **options: Any) -> Any:
        if self._name in ("show", "savefig"):
            print(f"{self._name}(): nothing is drawn, since there is no matplotlib here")
        if self._name == "subplots":
            return Undrawn("figure"), _axes(*args, **options)
        return Undrawn(self._name)

    def __iter__(self) -> Iterator["Undrawn"]:
        yield self  # (line,) = plt.plot(...)

    def __getitem__(self, key: Any) -> "Undrawn":
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        """Nobody reads it: `plt.rcParams[...] = ...`."""

    def __enter__(self) -> "Undrawn":
        return self

    def __exit__(self, *error: object) -> None:
        """Exceptions go on."""

    def __repr__(self) -> str:
        return f"<{self._name}, not drawn>"


def _axes(nrows: int = 1, ncols: int = 1, **options: Any) -> Any:
    """As `plt.subplots` has them: one alone, a list of them, or a list of rows."""
    rows = [[Undrawn("axes") for _ in range(ncols)] for _ in range(nrows)]
    if ncols == 1:
        return rows[0][0] if nrows == 1 else [axes for (axes,) in rows]
    return rows[0] if nrows == 1 else rows


class NoMatplotlib(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `matplotlib` and all modules in it, and gives an empty module that has any name."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] != NAME:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def exec_module(self, module: ModuleType) -> None:
        module.__getattr__ = Undrawn(module.__name__).__getattr__  # type: ignore[method-assign]


def install() -> None:
    """From here on `import matplotlib` works, if only so."""
    if not any(isinstance(finder, NoMatplotlib) for finder in sys.meta_path):
        sys.meta_path.append(NoMatplotlib())
