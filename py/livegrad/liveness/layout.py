"""Which words of memory tell what an object is counted, how it is weakly referred to, and what it
holds: as long as they are the same, the object need not be touched.

Each claim about CPython's structures is tried, on objects of our own before the first use and on
each object again: all that the collector says it holds must stand in its words. Where a trial
fails (another version, a build without the interpreter's lock) objects have no known words, and
are looked at one by one.
"""

import gc
import sys
import types
import weakref
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any, Final

from .addresses import BASE, MEMORY, WORD, addresses_of, words_of
from .classes import bases_of, flags_of
from .picture import Node

_VALUES_INSIDE: Final = 1 << 2  # flags of a class: from 3.13 on, attributes are in the instance
_DICT_BEFORE: Final = 1 << 4  # its `__dict__`, or what stands for it, is before the instance
_DICT: Final = -3 * WORD
_TRAVERSE: Final = 23 * WORD  # in a class: what the collector calls
_NEXT: Final = 6 * WORD  # in a weak reference: the next one to the same object
_ITEMS: Final = 3  # in a list or a tuple
_VERSION: Final = 3  # in a dict: another after each change; until 3.13
_SPLIT: Final = 5  # in a dict: values that it shares with an instance
_weak_list: Final = type.__dict__["__weakrefoffset__"].__get__
_size: Final = type.__dict__["__basicsize__"].__get__
_PLAIN: Final = (
    object,
    set,
    frozenset,
    types.CellType,
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    weakref.ReferenceType,
)
"""Classes of C's whose instances hold by their own fields: what a larger set has besides these
is found missing."""

type Run = tuple[int, int, int]
"""Words: when they may be read (what led to those of a step must be unchanged), address, number."""


class Unknown(Exception):
    """The words that would tell of an object are not known."""


class _Sample:
    pass


class _Slotted:
    __slots__ = ("__weakref__", "held")
    held: object


class Layout:
    """Reads the interpreter's memory.

    Args:
        numpy: the module.

    Attributes:
        memory: all of it from `BASE` on, as an array of words.

    Raises:
        Unknown: the interpreter's structures are not the known ones.
    """

    def __init__(self, numpy: Any) -> None:
        if MEMORY is None:
            raise Unknown
        import ctypes

        self._bytes = MEMORY
        self._words = MEMORY.cast("q")
        self._object: Callable[[int], Any] = ctypes.py_object.from_address
        self.memory: Any = numpy.frombuffer(MEMORY, dtype=numpy.int64)
        self._plain = {*map(id, _PLAIN), id(numpy.ndarray)}
        self._python = self._read(id(_Sample) + _TRAVERSE, 1)
        self._versions = True
        entries: dict[str, object] = {"": None}
        self._versions = self._shows(entries, partial(entries.__setitem__, "", self))
        if not all(self._shows(value, change) for value, change in _trials()):
            raise Unknown

    def runs(self, node: Node, step: int) -> list[Run]:
        """The words that tell of an object that is alive.

        Args:
            node: what is known of it.
            step: when its own words may be read. What they lead to comes a step later.

        Raises:
            Unknown: they are not known, or do not tell what the node does.
        """
        address, kind = node.address, node.type_id
        if node.weak > 1 or node.loose or node.dying:
            raise Unknown
        if self._read(address, 2) != [node.count, kind]:
            raise Unknown
        if kind in (id(list), id(tuple)):
            runs = self._sequence(address, step, kind == id(list))
        elif kind == id(dict):
            return self._dict(address, step)
        else:
            runs = self._fields(address, step, kind)
        told = {word for _, start, number in runs for word in self._read(start, number)}
        if not told.issuperset(words_of(node.content + node.extra)):
            raise Unknown
        if node.weak:
            first = self._read(address + _weak_list(self._class(address)), 1)[0]
            runs.append((step + 1, first + _NEXT, 1))
        return runs

    def _sequence(self, address: int, step: int, apart: bool) -> list[Run]:
        size, items = self._read(address + 2 * WORD, 2)
        if apart:
            return [(step, address, _ITEMS + 1), *([(step + 1, items, size)] if size else [])]
        return [(step, address, _ITEMS + size)]

    def _dict(self, address: int, step: int) -> list[Run]:
        if not self._versions or self._read(address, _SPLIT + 1)[_SPLIT]:
            raise Unknown
        return [(step, address, _SPLIT + 1)]

    def _fields(self, address: int, step: int, kind: int) -> list[Run]:
        cls = self._class(address)
        size = _size(cls)
        runs = [(step, address, size // WORD)]
        if kind in self._plain:
            return runs
        if any(self._read(id(base) + _TRAVERSE, 1) != self._python for base in bases_of(cls)[:-1]):
            raise Unknown
        if _weak_list(cls) < 0:
            runs.append((step, address + _weak_list(cls), 1))
        if flags_of(cls) & _DICT_BEFORE:
            runs.append((step, address + _DICT, 1))
            (pointer,) = self._read(address + _DICT, 1)
            if flags_of(cls) & _VALUES_INSIDE:
                runs.append((step, address + size, self._inside(address + size)))
            elif pointer & 1:  # 3.12: a pointer to the values, less one
                runs.append((step + 1, pointer + 1 - WORD, self._outside(pointer + 1)))
        return runs

    # Attributes: a word that says how many are set, then their values, some of them not set. As
    # long as it and those that are set are the same, so are the others.

    def _inside(self, start: int) -> int:
        (head,) = self._read(start, 1)
        values = self._read(start + WORD, head & 0xFF)
        while values and not values[-1]:
            values.pop()
        return 1 + len(values)

    def _outside(self, values: int) -> int:
        used = self._bytes[values - BASE - 2]
        places = self._bytes[values - BASE - 2 - used : values - BASE - 2]
        return 1 + max(places, default=-1) + 1

    def _read(self, address: int, number: int) -> list[int]:
        start = (address - BASE) // WORD
        return self._words[start : start + number].tolist()

    def _class(self, address: int) -> type:
        """The class of an object that is alive."""
        found: type = self._object(address + WORD).value
        return found

    # Trials --------------------------------------------------------------------------------

    def _shows(self, value: Any, change: Callable[[], object]) -> bool:
        """Whether the words of an object of ours are others after a change."""
        node = Node(0, id(value), id(type(value)), "", None)
        node.content = addresses_of(gc.get_referents(value))
        node.weak = max(weakref.getweakrefcount(value) - 1, 0)  # besides the recorder's own
        node.count = sys.getrefcount(value) - 1
        runs = self.runs(node, 0)
        before = [self._read(start, number) for _, start, number in runs]
        change()
        now = (self._read(start, number) for _, start, number in runs)  # read in order of steps
        return any(words != was for words, was in zip(now, before, strict=True))


def _trials() -> Iterator[tuple[Any, Callable[[], object]]]:
    """Objects, and what changes them in ways that must be seen."""
    one, other = _Sample(), _Sample()
    for name in ("first", "second", "first"):
        yield one, partial(setattr, one, name, other)
        yield one, partial(setattr, one, name, one.__class__)
    yield one, partial(delattr, one, "first")
    yield one, partial(setattr, one, "third", None)
    references: list[Any] = [weakref.ref(one, str)]
    yield one, lambda: references.append(weakref.ref(one))
    yield one, lambda: references.append(weakref.ref(one, str))
    slotted = _Slotted()
    yield slotted, partial(setattr, slotted, "held", one)
    yield slotted, partial(setattr, slotted, "held", other)
    yield slotted, lambda: references.append(weakref.ref(slotted))
    items = [one, one]
    yield items, partial(items.__setitem__, 0, other)
    yield items, partial(items.append, one)
    yield items, items.clear


@cache
def layout(numpy: Any) -> Layout | None:
    """This interpreter's, if it is known."""
    try:
        return Layout(numpy)
    except Unknown:
        return None
