"""Facts about classes and instances, got without running any code of the program.

`isinstance` asks an object for its `__class__`, and `cls.__module__` asks the
metaclass: both may be the program's own methods, which would then see the
recorder. What is here goes past them.
"""

import types
import weakref
from types import MemberDescriptorType
from typing import Any, Final

_namespace = type.__dict__["__dict__"].__get__
_name = type.__dict__["__name__"].__get__
_mro = type.__dict__["__mro__"].__get__
_flags = type.__dict__["__flags__"].__get__


def is_a(value: Any, base: type | tuple[type, ...]) -> bool:
    """Whether the value is of the class `base`, in truth and not as it says."""
    return issubclass(type(value), base)


def name_of(cls: type) -> str:
    return str(_name(cls))


def bases_of(cls: type) -> tuple[type, ...]:
    """The class and its bases, in the order in which attributes are looked up."""
    found: tuple[type, ...] = _mro(cls)
    return found


def title_of(value: Any) -> str:
    """What a trace calls the type of an object: of a class or a frame it says which."""
    if is_a(value, type):
        return f"class {name_of(value)}"
    if is_a(value, types.FrameType):
        return f"frame of {value.f_code.co_name}"
    return name_of(type(value))


def flags_of(cls: type) -> int:
    found: int = _flags(cls)
    return found


def entries_of(cls: type) -> dict[str, Any]:
    """The class's own namespace."""
    found: dict[str, Any] = _namespace(cls)
    return found


def module_of(cls: type) -> str:
    """Name of the module that defines the class; builtins for those written in C."""
    module = entries_of(cls).get("__module__")
    return module if type(module) is str else "builtins"


def is_harmless(cls: type, name: str) -> bool:
    """Whether looking the attribute up in an instance runs no code of the class."""
    for base in bases_of(cls):
        entries = entries_of(base)
        if name in entries:
            entry = entries[name]
            return type(entry) is MemberDescriptorType or not _is_descriptor(type(entry))
    return True


def is_iterator(cls: type) -> bool:
    """Whether instances can be asked for the next of what they go through."""
    return any("__next__" in entries_of(base) for base in bases_of(cls))


def _is_descriptor(cls: type) -> bool:
    return any("__get__" in entries_of(base) for base in bases_of(cls))


_KINDS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    ((list, tuple, dict, set, frozenset), "container"),
    (weakref.ReferenceType, "weakref"),
    (BaseException, "exception"),
    (types.FunctionType, "closure"),
    ((types.MethodType, types.BuiltinFunctionType), "method"),
    (types.CellType, "cell"),
    (types.FrameType, "frame"),
    ((types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType), "generator"),
)


def builtin_kind(cls: type) -> str | None:
    """A trace's kind for instances of Python's own classes and of what derives from them."""
    for base, kind in _KINDS:
        if issubclass(cls, base):
            return kind
    return None
