"""Assertions on the lifetimes of objects, in any test-suite and for any class.

    with expect_dead(model):
        del model

No recording runs, and nothing but weak references is kept: what dies without the
assertion dies with it. A failed assertion says who holds the object, and the edit that would
let it go.
"""

import gc
import sys
import types
import warnings
import weakref
from types import FrameType, TracebackType
from typing import Any, Self

from .analysis import cure, sentence
from .live import is_own, retention_of, ring_of


def expect_dead(*objects: Any, collect: bool = False) -> "Expectation":
    """Expect objects to be dead: at the end of a `with` block, or, given weak references, now.

    ``with expect_dead(x): del x`` looks at the end of the block. ``expect_dead(weakref.ref(x))``
    looks at once, since a call that is given `x` itself could never succeed.

    Args:
        objects: all of them objects, or all of them weak references.
        collect: run the cyclic collector first. Without it what only the collector would
            free counts as alive: its memory is not free yet.

    Raises:
        AssertionError: one is alive; the message says why.
        TypeError: there are no objects, a mixture, or one that supports no weak references.
    """
    __tracebackhide__ = True
    return _expect(Dead, objects, collect)


def expect_alive(*objects: Any) -> "Expectation":
    """Expect objects to be alive: at the end of a `with` block, or, given weak references, now.

    Raises:
        AssertionError: one is dead; the message says on which line it died, as far as the block
            could see that.
        TypeError: as for `expect_dead`.
    """
    __tracebackhide__ = True
    return _expect(Alive, objects, False)


def _expect(kind: "type[Expectation]", objects: tuple[Any, ...], collect: bool) -> "Expectation":
    __tracebackhide__ = True
    what = kind.function
    if not objects:
        raise TypeError(f"{what}() needs at least one object, or a weak reference to one.")
    weak = [isinstance(each, weakref.ref) for each in objects]
    if all(weak):
        expectation = kind(collect, list(objects))
        expectation.used = True
        expectation.verify(caller(), "at")
        return expectation
    if any(weak):
        raise TypeError(f"{what}() takes objects or weak references, not both: call it twice.")
    expectation = kind(collect, [])
    for each in objects:
        expectation.watch(each)
    return expectation


class Expectation:
    """What a `with` block is to be left with. Holds weak references only."""

    function = ""

    def __init__(self, collect: bool, references: "list[weakref.ref[Any]]") -> None:
        self._collect = collect
        self._references = references
        self._names = ["the object" for _ in references]
        self._died: dict[int, str] = {}
        self.used = False

    def watch(self, value: Any) -> None:
        """Take a weak reference, which notes where the object dies."""
        name = type(value).__qualname__
        died = self._died
        place = len(self._references)

        def note(_: "weakref.ref[Any]") -> None:
            died[place] = where_of(caller())

        try:
            self._references.append(weakref.ref(value, note))
        except TypeError:
            self.used = True
            raise TypeError(
                f"{self.function}() cannot watch a {name}, which supports no weak references: "
                "watch an object that holds it, or one that it holds."
            ) from None
        self._names.append(f"`{name}`")

    def __enter__(self) -> Self:
        self.used = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        __tracebackhide__ = True  # pytest then points at the block
        if kind is None:  # an exception of the block's own says more than we could
            del error, traceback
            self.verify(caller(), "after the block at")

    def __del__(self) -> None:
        if not self.used:
            warnings.warn(
                f"{self.function}() has checked nothing: write `with {self.function}(x): ...`, "
                "or give it a weak reference.",
                RuntimeWarning,
                stacklevel=2,
            )

    def verify(self, frame: FrameType | None, when: str) -> None:
        """Look now; AssertionError if it is not as expected."""
        raise NotImplementedError


class Dead(Expectation):
    function = "expect_dead"

    def verify(self, frame: FrameType | None, when: str) -> None:
        __tracebackhide__ = True
        where = where_of(frame)
        del frame
        if self._collect:
            gc.collect()
        for reference in self._references:
            value = reference()
            if value is not None:
                name = type(value).__qualname__
                del value
                reason = reason_of(reference)
                raise AssertionError(f"Expected `{name}` to be dead {when} {where}. {reason}")


class Alive(Expectation):
    function = "expect_alive"

    def verify(self, frame: FrameType | None, when: str) -> None:
        __tracebackhide__ = True
        where = where_of(frame)
        del frame
        for place, (reference, name) in enumerate(zip(self._references, self._names, strict=True)):
            if reference() is None:
                died = self._died.get(place)
                how = f"It died at {died}" if died else "It is dead"
                raise AssertionError(
                    f"Expected {name} to be alive {when} {where}. {how}: hold it by a name, an "
                    "attribute or a container for as long as it is needed."
                )


def reason_of(reference: "weakref.ref[Any]") -> str:
    """Why what a weak reference points to is alive, and what to do. May run the collector."""
    value = reference()
    if value is None:
        return "It is dead by now."
    name = type(value).__qualname__
    reason = reason_by_search(value)
    if reason is not None:
        return reason
    ring = ring_of(value)
    del value
    gc.collect()
    if reference() is not None:
        return (
            f"`{name}` is held by what Python does not show: C code, or the arguments of a call "
            "in progress. To let it die: leave the expression that uses it before you look."
        )
    if ring is None:
        how = "a reference cycle held it"
    else:
        how = "it held itself: " + " → ".join([*ring, ring[0]])
    return (
        f"Nothing reached `{name}`, but {how}; only the collector frees that, and it just did. "
        "To let it die by itself: make one of these references weak, or drop it."
    )


def reason_by_search(value: Any) -> str | None:
    """The same for an object that a root reaches; None for one that none does."""
    retention = retention_of(value)
    if retention is None:
        return None
    return f"{sentence(retention)} To let it die: {cure(retention).text}."


def caller() -> FrameType | None:
    """The innermost frame that is not of this package."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and is_own(frame):
        frame = frame.f_back
    return frame


def where_of(frame: FrameType | None) -> str:
    """File, line and function, as the messages say it."""
    if frame is None:
        return "the end of the program"
    code: types.CodeType = frame.f_code
    return f"{code.co_filename}:{frame.f_lineno} in {code.co_name}"
