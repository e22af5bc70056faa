"""No growth: a piece of code leaves no more objects behind than it found.

with no_growth():
    step()

no_growth(step, times=10)
"""

import gc
import sys
import weakref
from collections.abc import Callable, Iterable
from itertools import islice
from types import FrameType, TracebackType
from typing import Any, Final, Self

from .assertions import caller, reason_by_search, reason_of, where_of
from .classes import is_a, module_of, name_of
from .frames import locals_of
from .live import frames

_OWN_PACKAGE: Final = __name__.rpartition(".")[0]
_CANDIDATES: Final = 8
"""New objects of a class that are searched for: each takes a walk of the heap."""


def no_growth(
    function: Callable[[], object] | None = None,
    *,
    times: int = 3,
    warm_up: int = 1,
    of: type | tuple[type, ...] | None = None,
    allow: int = 0,
    collect: bool = True,
) -> "Growth":
    """Expect that no more objects live after a `with` block, or after calls, than before.

    Args:
        function: called without arguments; without it the result is for a `with` statement.
        times: how often it is called between the two counts.
        warm_up: how often it is called before, so that caches are filled.
        of: classes whose instances are counted, subclasses included. By default arrays and
            instances of all classes but Python's builtin ones.
        allow: more objects than that of one class are growth.
        collect: run the collector before each count. Without it cycles that wait for the
            collector are growth, and automatic collections rest meanwhile.

    Raises:
        AssertionError: there are more; the message says of which class, and why one of them
            lives.
    """
    growth = Growth(of, allow, collect)
    if function is None:
        return growth
    for _ in range(warm_up):
        function()
    with growth:
        for _ in range(times):
            function()
    return growth


class Growth:
    """Counts objects when its block begins and when it ends.

    Attributes:
        where: what the message calls the block; by default its file and line.
    """

    def __init__(self, of: type | tuple[type, ...] | None, allow: int, collect: bool) -> None:
        self._of = of
        self._allow = allow
        self._collect = collect
        self._before: dict[type, set[int]] = {}
        self._collecting = False
        self.where: str | None = None

    def __enter__(self) -> Self:
        gc.collect()
        self._collecting = gc.isenabled()
        if not self._collect:
            gc.disable()
        self._before = census(self._of)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        __tracebackhide__ = True  # pytest then points at the block
        if self._collecting:
            gc.enable()
        if kind is None:
            del error, traceback
            self._verify(caller())

    def _verify(self, frame: FrameType | None) -> None:
        __tracebackhide__ = True
        where = self.where or where_of(frame)
        del frame
        if self._collect:
            gc.collect()
        before, self._before = self._before, {}
        now = census(self._of)
        grown = {
            cls: len(now[cls]) - len(before.get(cls, ()))
            for cls in now
            if len(now[cls]) - len(before.get(cls, ())) > self._allow
        }
        if not grown:
            return
        # Those that hold before those that are held: a class of Python's before arrays.
        classes = sorted(grown, key=lambda cls: (name_of(cls) == "ndarray", -grown[cls]))
        counts = ", ".join(f"{grown[cls]} more {name_of(cls)}" for cls in classes)
        reasons = (_reason(cls, before.get(cls, set())) for cls in classes)
        example = next((f" One of them: {reason}" for reason in reasons if reason), "")
        raise AssertionError(f"Expected no growth in the block at {where}: {counts}.{example}")


def census(of: type | tuple[type, ...] | None = None) -> dict[type, set[int]]:
    """Addresses of what lives, by class; see `no_growth` for what is counted."""
    found: dict[type, set[int]] = {}
    for value in _everything():
        cls = type(value)
        if _is_counted(cls, of):
            found.setdefault(cls, set()).add(id(value))
    return found


def _is_counted(cls: type, of: type | tuple[type, ...] | None) -> bool:
    if of is not None:
        return issubclass(cls, of)
    module = module_of(cls)
    if module.startswith(_OWN_PACKAGE) or issubclass(cls, type):
        return False
    return module != "builtins" or name_of(cls) == "ndarray"


def _reason(cls: type, before: set[int]) -> str | None:
    """Why one of the class is alive that was not there before; None if that cannot be told."""
    new = _new(cls, before)
    while new:
        value = new.pop()
        reason = reason_by_search(value)
        if reason is not None:
            return reason
        try:
            reference = weakref.ref(value)
        except TypeError:
            continue
        del value
        new.clear()  # or the collector would find that we hold it
        return reason_of(reference)
    return None


def _new(cls: type, before: set[int]) -> list[Any]:
    new = (value for value in _everything() if type(value) is cls and id(value) not in before)
    return list(islice(new, _CANDIDATES))[::-1]


def _everything() -> Iterable[Any]:
    """What the collector tracks, and what hangs from it and from frames untracked.

    Arrays are never tracked; nor are dicts and tuples that hold nothing else.
    """
    numpy = sys.modules.get("numpy")
    array: type | tuple[()] = () if numpy is None else numpy.ndarray

    def untracked_in(values: Iterable[Any]) -> list[Any]:
        return [value for value in values if type(value) in (dict, tuple) or is_a(value, array)]

    tracked = gc.get_objects()
    seen: set[int] = set()
    untracked: list[Any] = []
    for frame in frames():
        untracked += untracked_in(value for _, value in locals_of(frame))
    for holder in tracked:
        untracked += untracked_in(gc.get_referents(holder))
    yield from tracked
    for value in untracked:  # grows while it is walked
        if gc.is_tracked(value) or id(value) in seen:
            continue
        seen.add(id(value))
        yield value
        if is_a(value, array):
            if value.base is not None:
                untracked.append(value.base)
        else:
            untracked += untracked_in(gc.get_referents(value))
