"""Why an object is alive in this very process, without any recording.

A search breadth first from the roots (variables of modules, locals of running functions)
along `gc.get_referents`, until it meets the object. It holds what it passes only while it
runs, and the frames of this package are not among the roots, so it never finds itself.

Two things hold that no search can see: values on the evaluation stack of a call in
progress, and references that C code keeps for itself.
"""

import gc
import sys
import types
from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from itertools import pairwise
from types import CodeType, FrameType, ModuleType
from typing import Any, Final

from .adapters import LivegradAdapter
from .analysis import Hold, Retention, Thing
from .classes import builtin_kind, entries_of, is_a, name_of
from .frames import locals_of
from .naming import UNKNOWN, References

_OWN_PACKAGE: Final = __name__.rpartition(".")[0]
_NO_CODE: Final[CodeType] = compile("", "<nothing>", "exec")

type _Root = tuple[Thing, str, Any]


def retention_of(target: Any) -> Retention | None:
    """A shortest way from a root to an object; None if no root reaches it, as far as Python sees.

    Args:
        target: the object. The caller's own references to it count if they are locals of
            functions outside this package.
    """
    way = _search(target)
    if way is None:
        return None
    root, name, objects = way
    links = [(root, name, objects[0])]
    adapter = LivegradAdapter()
    references = References(adapter, _NO_CODE)
    for holder, held in pairwise(objects):
        links.append((holder, _name(references, holder, held), held))
    return Retention(_thing(adapter, target), tuple(_holds(adapter, links)))


def ring_of(target: Any) -> list[str] | None:
    """Labels of a shortest cycle of objects that hold each other, the target first; or None."""
    objects: list[Any] = []
    by: dict[int, tuple[int, Any]] = {}
    todo = [target]
    for here in todo:  # grows while it is walked
        for held in referents(here):
            if id(held) not in by and not is_border(held):
                by[id(held)] = (len(objects), here)
                objects.append(held)
                todo.append(held)
        if id(target) in by:
            break
    if id(target) not in by:
        return None
    adapter = LivegradAdapter()
    ring: list[str] = []
    here = target
    while True:
        here = by[id(here)][1]
        ring.append(_thing(adapter, here).label)
        if here is target:
            return ring[::-1]


def _search(target: Any) -> tuple[Thing, str, list[Any]] | None:
    """The root, the name in it, and the objects from there to the target."""
    roots: list[_Root] = list(_roots())
    objects: list[Any] = []
    parents: list[int] = []  # place in objects; of a root's value -1 - place in roots
    seen = {id(vars(module)) for module in _modules()}
    for place, (_, _, value) in enumerate(roots):
        if id(value) not in seen:
            seen.add(id(value))
            objects.append(value)
            parents.append(-1 - place)
    for place, here in enumerate(objects):  # grows while it is walked
        if here is target:
            return _way_back(place, objects, parents, roots)
        if is_border(here):
            continue
        for held in referents(here):
            if id(held) not in seen:
                seen.add(id(held))
                objects.append(held)
                parents.append(place)
    return None


def _way_back(
    place: int, objects: list[Any], parents: list[int], roots: list[_Root]
) -> tuple[Thing, str, list[Any]]:
    way = []
    while place >= 0:
        way.append(objects[place])
        place = parents[place]
    thing, name, _ = roots[-1 - place]
    return thing, name, way[::-1]


def _roots() -> Iterator[_Root]:
    """Locals of running functions, innermost first, then variables of modules."""
    spaces: dict[int, tuple[str, dict[str, Any]]] = {}
    for frame in frames():
        spaces.setdefault(id(frame.f_globals), _space(frame.f_globals))
        if not frame.f_code.co_flags & CO_OPTIMIZED and frame.f_locals is frame.f_globals:
            continue
        label = frame.f_code.co_name
        root = Thing(label, "frame", label)
        for name, value in locals_of(frame):
            yield root, name, value
    for module in _modules():
        spaces.setdefault(id(vars(module)), _space(vars(module)))
    for label, space in spaces.values():
        if label.startswith(_OWN_PACKAGE + "."):
            continue
        root = Thing(label, "module", label)
        for name, value in list(space.items()):
            yield root, str(name), value


def _modules() -> list[ModuleType]:
    return [module for module in list(sys.modules.values()) if is_a(module, ModuleType)]


def _space(namespace: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return str(namespace.get("__name__", "<module>")), namespace


def is_own(frame: FrameType) -> bool:
    """Whether a frame runs this package's own code."""
    return str(frame.f_globals.get("__name__")).startswith(_OWN_PACKAGE)


def frames() -> Iterator[FrameType]:
    """Frames of all threads that run, without those of this package."""
    for innermost in sys._current_frames().values():
        here: FrameType | None = innermost
        while here is not None:
            if not is_own(here):
                yield here
            here = here.f_back


def referents(value: Any) -> list[Any]:
    """What an object holds: as the collector sees it, and into arrays, where it does not."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and is_a(value, numpy.ndarray):  # the collector cannot see into it
        found = [] if value.base is None else [value.base]
        return found + (list(value.flat) if value.dtype.kind == "O" else [])
    if type(value) is memoryview:
        return [] if value.obj is None else [value.obj]
    return gc.get_referents(value)


def is_border(value: Any) -> bool:
    """What is not walked into: modules are roots themselves, and so are frames that run."""
    if is_a(value, ModuleType):
        return True
    return type(value) is FrameType and str(value.f_globals.get("__name__")).startswith(
        _OWN_PACKAGE
    )


def _name(references: References, holder: Any, held: Any) -> str:
    if is_a(holder, type) and type(held) is dict:
        return "__dict__"
    own = _own_dict(holder)
    if own is held:
        return "__dict__"
    for name, value in own.items():
        if value is held and type(name) is str:
            kind = references.adapter.kind(type(holder)) or ""
            return references.adapter.public_name(kind, name, held)
    for name, value in references.of(holder):
        if value is held:
            return name
    return UNKNOWN


def _own_dict(holder: Any) -> dict[str, Any]:
    """The instance's attributes; empty for what has none. It may be made by asking."""
    if is_a(holder, (type, ModuleType)):
        return {}
    try:
        own = object.__getattribute__(holder, "__dict__")
    except AttributeError:
        return {}
    return own if type(own) is dict else {}


def _holds(adapter: LivegradAdapter, links: list[tuple[Any, str, Any]]) -> Iterator[Hold]:
    """The references as a person names them: an object's own dict is the object itself."""
    waiting: tuple[Any, str, Any] | None = None
    for holder, name, held in links:
        if waiting is not None:
            holder, name = waiting[0], name.removeprefix("['").removesuffix("']")
            waiting = None
        elif name == "__dict__":
            waiting = (holder, name, held)
            continue
        yield Hold(_thing(adapter, holder), name, _thing(adapter, held))
    if waiting is not None:
        holder, name, held = waiting
        yield Hold(_thing(adapter, holder), name, _thing(adapter, held))


def _thing(adapter: LivegradAdapter, value: Any) -> Thing:
    if type(value) is Thing:  # a root
        return value
    cls = type(value)
    label = name_of(cls)
    if is_a(value, type):
        label = f"class {name_of(value)}"
    elif is_a(value, types.FunctionType):
        label = str(value.__qualname__)
    kind = adapter.kind(cls) or _kind(cls)
    return Thing(label, kind, name_of(cls), None, _size(kind, value))


def _kind(cls: type) -> str:
    instance = "__module__" in entries_of(cls)
    return builtin_kind(cls) or ("instance" if instance else "other")


def _size(kind: str, value: Any) -> int | None:
    if kind in ("variable", "parameter"):
        value = _own_dict(value).get("data")
    return value.size if type(getattr(value, "size", None)) is int else None
