"""By which name an object holds another: attribute, item, local, cell.

`gc.get_referents` is the truth about what an object holds and says no names.
Names are looked for in the ways of each type, and kept only if the value is
among the referents. `obj.__dict__` is never asked for: asking makes a dict where
there was none, which the collector then counts. So the names of attributes are
those that occur in the program's own code and in that of the object's classes.
"""

import collections
import gc
import sys
import types
import weakref
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, MemberDescriptorType
from typing import Any, Final

from .adapters import Adapter
from .classes import bases_of, entries_of, is_a, is_harmless, module_of, name_of
from .frames import BORROWS, Named, locals_of

UNKNOWN: Final = "?"
LEFT_OUT: Final = "<left out>"
"""A reference that leads out of the program, into all that a module holds."""
ELEMENT: Final = "[*]"
"""An element of a set, which has no subscript."""

_PLAIN_KEYS = (str, int, float, bool, type(None), bytes)


class References:
    """The strong references of an object, by name. One serves a whole run.

    Args:
        adapter: knows the shown classes.
        code: of the program, whose attribute names are candidates for its objects.
        module: `__name__` of the program's module.
    """

    def __init__(self, adapter: Adapter, code: CodeType, module: str = "__main__") -> None:
        self.adapter = adapter
        self._module = module
        self._words = dict.fromkeys(_words(code))
        # By address of a class; the weak reference tells whether it is still the same class.
        self._names: dict[int, tuple[weakref.ref[type], list[str]]] = {}

    def is_own_class(self, cls: type) -> bool:
        """Whether the program defined this class."""
        return module_of(cls) == self._module

    def of(self, value: Any) -> Named:
        """Name and value of each reference that the object holds."""
        cls = type(value)
        if cls is list or cls is tuple:
            return [(f"[{i}]", item) for i, item in enumerate(value)]
        if cls is dict:
            return _dict_items(value)
        if cls is set or cls is frozenset:
            return [(ELEMENT, item) for item in value]
        if issubclass(cls, type):
            return list(entries_of(value).items())
        numpy = sys.modules.get("numpy")
        if numpy is not None and issubclass(cls, numpy.ndarray):
            return _array_items(value)
        return self._matched(value, cls)

    def _matched(self, value: Any, cls: type) -> Named:
        referents = [held for held in gc.get_referents(value) if held is not cls]
        left: dict[int, int] = {}
        for held in referents:
            left[id(held)] = left.get(id(held), 0) + 1
        found: Named = []
        for name, held in _ways(value):
            if left.get(id(held), 0):
                left[id(held)] -= 1
                if name is not LEFT_OUT:
                    found.append((name, held))
        if any(left.values()):
            self._attributes(value, cls, left, found)
        for held in referents:
            if left[id(held)] and type(held) is dict and _is_own_dict(value, held):
                left[id(held)] -= 1
                found = _without(found, held, left)
                found.append(("__dict__", held))
                break
        # What a generator has on its stack from a variable of its own is not counted.
        lent = (
            {id(held) for _, held in found} if BORROWS and is_a(value, types.GeneratorType) else ()
        )
        for held in referents:
            if left[id(held)]:
                left[id(held)] -= 1
                if id(held) not in lent:
                    found.append((UNKNOWN, held))
        return found

    def _attributes(self, value: Any, cls: type, left: dict[int, int], found: Named) -> None:
        names = self._names_of(cls)
        kind = self.adapter.kind(cls) or ""
        hits = 0
        for place, name in enumerate(names):
            try:
                held = object.__getattribute__(value, name)
            except (AttributeError, ValueError):
                continue
            if left.get(id(held), 0):
                left[id(held)] -= 1
                found.append((self.adapter.public_name(kind, name, held), held))
                # Names that were of use come first the next time.
                names[hits], names[place] = names[place], names[hits]
                hits += 1
                if not any(left.values()):
                    return

    def _names_of(self, cls: type) -> list[str]:
        known = self._names.get(id(cls))
        if known is not None and known[0]() is cls:
            return known[1]
        names = dict.fromkeys(_slots(cls))
        for word in self._words | dict.fromkeys(_class_words(cls)):
            if word not in names and is_harmless(cls, word):
                names[word] = None
        self._names[id(cls)] = (weakref.ref(cls), list(names))
        return self._names[id(cls)][1]


def _dict_items(value: dict[Any, Any]) -> Named:
    found: Named = []
    for key, item in value.items():
        if type(key) in _PLAIN_KEYS:
            found.append((f"[{key!r}]" if len(repr(key)) <= 60 else f"[{repr(key)[:57]}...]", item))
        else:  # its repr would run the program's code
            found.append((f"[<{name_of(type(key))}>]", item))
            found.append((ELEMENT, key))
    return found


def _array_items(value: Any) -> Named:
    found: Named = [] if value.base is None else [("base", value.base)]
    if value.dtype.hasobject and value.dtype.kind == "O" and value.flags.owndata:
        found += [(f"[{i}]", item) for i, item in enumerate(value.flat)]
    return found


def _ways(value: Any) -> Named:
    """Names that the type itself provides."""
    for cls, ways in _WAYS:
        if is_a(value, cls):
            return ways(value)
    return []


def _of_function(value: types.FunctionType) -> Named:
    found: Named = [(LEFT_OUT, value.__globals__)]
    found.append((LEFT_OUT, value.__builtins__))  # type: ignore[attr-defined]
    if value.__closure__ is not None:
        found.append(("__closure__", value.__closure__))
    if value.__defaults__ is not None:
        found.append(("__defaults__", value.__defaults__))
    if value.__kwdefaults__ is not None:
        found.append(("__kwdefaults__", value.__kwdefaults__))
    return found


def _of_method(value: types.MethodType) -> Named:
    return [("__self__", value.__self__), ("__func__", value.__func__)]


def _of_builtin(value: types.BuiltinFunctionType) -> Named:
    return [("__self__", value.__self__)]


def _of_cell(value: types.CellType) -> Named:
    try:
        return [("cell_contents", value.cell_contents)]
    except ValueError:
        return []


def _of_generator(value: "types.GeneratorType[Any, Any, Any]") -> Named:
    return [] if value.gi_frame is None else locals_of(value.gi_frame)


def _of_traceback(value: types.TracebackType) -> Named:
    return [("tb_frame", value.tb_frame), ("tb_next", value.tb_next)]


def _of_frame(value: types.FrameType) -> Named:
    return [*locals_of(value), (LEFT_OUT, value.f_globals)]


def _of_exception(value: BaseException) -> Named:
    names = ("args", "__traceback__", "__cause__", "__context__")
    return [(name, BaseException.__dict__[name].__get__(value)) for name in names]


def _of_sequence(value: Any) -> Named:
    base: Any = _base_of(value, (list, tuple, collections.deque))
    return [(f"[{i}]", item) for i, item in enumerate(base.__iter__(value))]


def _of_dict(value: dict[Any, Any]) -> Named:
    return _dict_items(dict(dict.items(value)))


def _of_set(value: Any) -> Named:
    base: Any = _base_of(value, (set, frozenset))
    return [(ELEMENT, item) for item in base.__iter__(value)]


def _of_weak_reference(value: Any) -> Named:
    callback = weakref.ReferenceType.__dict__["__callback__"].__get__(value)
    return [] if callback is None else [("__callback__", callback)]


_WAYS: Final[tuple[tuple[type | tuple[type, ...], Callable[[Any], Named]], ...]] = (
    (types.FunctionType, _of_function),
    (types.MethodType, _of_method),
    (types.BuiltinFunctionType, _of_builtin),
    (types.CellType, _of_cell),
    (types.GeneratorType, _of_generator),
    (types.TracebackType, _of_traceback),
    (types.FrameType, _of_frame),
    (BaseException, _of_exception),
    ((list, tuple, collections.deque), _of_sequence),
    (dict, _of_dict),
    ((set, frozenset), _of_set),
    (weakref.ReferenceType, _of_weak_reference),
)


def _base_of(value: Any, bases: tuple[type, ...]) -> type:
    """The builtin type whose items the object has, so that no method of a subclass runs."""
    for base in bases:
        if is_a(value, base):
            return base
    raise TypeError(f"{name_of(type(value))} is none of the expected types")


def _is_own_dict(value: Any, held: dict[Any, Any]) -> bool:
    """Whether `held` is the object's `__dict__`, told without asking for that."""
    for name, item in held.items():
        if type(name) is not str or not is_harmless(type(value), name):
            return False
        try:
            if object.__getattribute__(value, name) is not item:
                return False
        except AttributeError:
            return False
    return True


def _without(found: Named, own: dict[str, Any], left: dict[int, int]) -> Named:
    """Some versions show the values of a `__dict__` twice, in it and in the object."""
    kept: Named = []
    doubles = {name: id(held) for name, held in own.items()}
    for name, held in found:
        if doubles.get(name) == id(held):
            del doubles[name]
        else:
            kept.append((name, held))
    for address in doubles.values():
        if left.get(address, 0):
            left[address] -= 1
    return kept


def _slots(cls: type) -> Iterator[str]:
    for base in bases_of(cls):
        for name, entry in entries_of(base).items():
            if type(entry) is MemberDescriptorType:
                yield name


def _class_words(cls: type) -> Iterator[str]:
    for base in bases_of(cls):
        for entry in list(entries_of(base).values()):
            if type(entry) is types.FunctionType:
                yield from entry.__code__.co_names


def _words(code: CodeType) -> Iterable[str]:
    """Names and quoted identifiers of a program: what its attributes may be called."""
    todo = [code]
    for here in todo:  # grows while it is walked
        yield from here.co_names
        for constant in here.co_consts:
            if isinstance(constant, CodeType):
                todo.append(constant)
            elif isinstance(constant, str) and constant.isidentifier():
                yield constant
