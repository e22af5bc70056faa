"""Whether a program has left what the next recording relies on as it was."""

import sys
from collections.abc import Iterable, Mapping
from types import FunctionType
from typing import Any, Final

RELIED_ON: Final = ("builtins", "gc", "json", "linecache", "numpy", "time", "traceback", "weakref")
_GONE: Final = object()


class Fitness:
    """Remembers what the names of some modules, and of their classes, are bound to.

    What a program adds (a submodule that it imports, an attribute of its own) does no harm;
    a name that is gone or means something else does. Objects are compared by identity, so
    that nothing of the program's runs; functions also by their code.

    Args:
        modules: names of modules that have been imported. Their own classes are looked into.
    """

    def __init__(self, modules: Iterable[str]) -> None:
        self._modules = {name: sys.modules[name] for name in modules}
        self._spaces: list[tuple[Mapping[str, Any], dict[str, tuple[object, object]]]] = []
        for name, module in self._modules.items():
            self._remember(vars(module))
            for value in list(vars(module).values()):
                if isinstance(value, type) and value.__module__ == name and name != "builtins":
                    self._remember(vars(value))

    def _remember(self, space: Mapping[str, Any]) -> None:
        self._spaces.append((space, {name: _bound(value) for name, value in space.items()}))

    def holds(self) -> bool:
        """Everything is as it was."""
        for name, module in self._modules.items():
            if sys.modules.get(name) is not module:
                return False
        for space, bindings in self._spaces:
            for name, (value, code) in bindings.items():
                now = _bound(space.get(name, _GONE))
                if now[0] is not value or now[1] is not code:
                    return False
        return True


def _bound(value: object) -> tuple[object, object]:
    return value, value.__code__ if type(value) is FunctionType else None
