"""What the recorder knows of classes: which are Variables, Functions, arrays, and what to show.

Everything else in this package works for any class. The adapter here knows
Livegrad's classes, the book's own (written in the program itself, or DeZero's)
and numpy's arrays, by name: it imports the engine only to set its switch.
"""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any, Literal, Protocol

from .classes import bases_of, entries_of, is_harmless, module_of, name_of
from .memory import Memory, memory_of

type Kind = str
type Scalar = str | int | float | bool | None

SHOWN = frozenset({"variable", "parameter", "function", "array", "instance"})
"""Kinds that are followed from birth to death; of other objects only those that hold one."""

_SEEN_BY_NAME = {"Variable": "variable", "Parameter": "parameter", "Function": "function"}
_PUBLIC_NAMES = {
    "variable": {"_grad": "grad"},
    "parameter": {"_grad": "grad"},
    "function": {"_inputs": "inputs", "_outputs": "outputs"},  # what is alone, without a tuple
}
_VALUES = 4
_PARTS = (
    "livegrad.layers",
    "livegrad.models",
    "livegrad.optimizers",
    "livegrad.datasets",
    "livegrad.dataloaders",
)
"""Modules, and packages with the modules in them."""


class Adapter(Protocol):
    """Tells the recorder about classes. One suits a whole run."""

    def kind(self, cls: type) -> Kind | None:
        """The kind of instances of `cls`, if it is one of SHOWN; else None."""

    def attributes(self, kind: Kind, obj: Any) -> tuple[tuple[str, Scalar], ...]:
        """Small values that help to recognise the object, such as its generation."""

    def memory(self, array: Any) -> Memory:
        """What an object of kind array reads."""

    def public_name(self, kind: Kind, name: str, held: Any) -> str:
        """The name by which a person knows the attribute `name`, which holds `held`."""


class LivegradAdapter:
    """Livegrad, the book's classes, numpy, and whatever the program defines in `module`."""

    def __init__(self, module: str = "__main__") -> None:
        self._module = module
        numpy = sys.modules.get("numpy")
        self._array: type | tuple[()] = () if numpy is None else numpy.ndarray

    def kind(self, cls: type) -> Kind | None:
        if issubclass(cls, self._array):
            return "array"
        if issubclass(cls, type | BaseException):
            return None
        own = module_of(cls) == self._module
        for base in bases_of(cls):
            module = module_of(base)
            kind = _SEEN_BY_NAME.get(name_of(base))
            if kind and module.partition(".")[0] in (self._module, "livegrad", "dezero"):
                return kind
            own = own or module in _PARTS or module.rpartition(".")[0] in _PARTS
        return "instance" if own else None

    def attributes(self, kind: Kind, obj: Any) -> tuple[tuple[str, Scalar], ...]:
        if kind in ("variable", "parameter"):
            names: tuple[str, ...] = ("name", "generation")
        elif kind == "function":
            names = ("generation",)
        elif kind == "array":
            values = self._first_values(obj)
            return () if values is None else (("values", values),)
        else:
            return ()
        found: list[tuple[str, Scalar]] = []
        for name in names:
            value = self._value(obj, name)
            if value is not None and type(value) in (str, int, float, bool):
                found.append((name, value))
        return tuple(found)

    def _first_values(self, array: Any) -> str | None:
        """The first few elements as text, without running a subclass's own code."""
        plain = sys.modules["numpy"].ndarray
        size = plain.size.__get__(array)
        if not size or plain.dtype.__get__(array).kind not in "biuf":
            return None
        first = [_short(plain.item(array, place)) for place in range(min(size, _VALUES))]
        return ", ".join(first) + (", …" if size > _VALUES else "")

    def _value(self, obj: Any, name: str) -> Any:
        """The attribute, without running the program's own code to get it."""
        cls = type(obj)
        if not is_harmless(cls, name):
            for base in bases_of(cls):
                if name in entries_of(base) and module_of(base).partition(".")[0] != "livegrad":
                    return None
        try:
            return object.__getattribute__(obj, name)
        except (AttributeError, ValueError, TypeError):
            return None

    def memory(self, array: Any) -> Memory:
        return memory_of(array)

    def public_name(self, kind: Kind, name: str, held: Any) -> str:
        public = _PUBLIC_NAMES.get(kind, {}).get(name, name)
        alone = kind == "function" and public != name and not isinstance(held, tuple | list)
        return f"{public}[0]" if alone else public

    def describe(self) -> dict[str, Any]:
        """All of the above as data, for a probe that cannot call Python."""
        return {
            "module": self._module,
            "seen": _SEEN_BY_NAME,
            "packages": [self._module, "livegrad", "dezero"],
            "parts": _PARTS,
            "public": _PUBLIC_NAMES,
            "attributes": {
                "variable": ("name", "generation"),
                "parameter": ("name", "generation"),
                "function": ("generation",),
                "array": ("values",),
            },
        }


def _short(value: float | int | bool) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@contextlib.contextmanager
def outputs_held(outputs: Literal["weak", "strong"]) -> Iterator[None]:
    """Let Livegrad's Functions hold their outputs so, within the block."""
    try:
        from livegrad.core import using_config
    except ImportError:  # no numpy: then there is no engine either
        yield
        return
    with using_config("weak_outputs", outputs == "weak"):
        yield
