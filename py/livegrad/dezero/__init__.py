"""`import livegrad.dezero` makes this package answer to the name `dezero`.

From then on the book's scripts run as they are: `import dezero`, `import dezero.functions as F`,
`from dezero.core_simple import Variable`. Nothing named dezero is installed; a finder on
`sys.meta_path` serves each `dezero.something` as the very module `livegrad.something`.
From a shell, `python -m livegrad.dezero script.py` runs a script so (see __main__.py).
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from .. import _LATER as _LATER_MODULES
from .. import (
    Config,
    Function,
    Parameter,
    Variable,
    as_array,
    as_variable,
    no_grad,
    setup_variable,
    test_mode,
    using_config,
)

__version__ = "0.0.13"  # the version of the API
is_simple_core = False

# Names of the package that live in modules not everybody needs: imported when asked for.
_LATER = {
    "DataLoader": "dataloaders",
    "Dataset": "datasets",
    "Layer": "layers",
    "Model": "models",
    "SeqDataLoader": "dataloaders",
}
# Modules that are called otherwise here, or that are several here.
_MODULES = {
    "dezero.core": ("livegrad.core", "livegrad.functions.arithmetic", "livegrad.operators"),
    "dezero.functions_conv": (
        "livegrad.functions.conv",
        "livegrad.functions.pooling",
        "livegrad.functions.window",
    ),
}
_SUBMODULES = {*_LATER_MODULES, "core", "functions", "functions_conv"}

__all__ = [
    "Config",
    "Function",
    "Parameter",
    "Variable",
    "as_array",
    "as_variable",
    "no_grad",
    "setup_variable",
    "test_mode",
    "using_config",
    *_LATER,
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(importlib.import_module(f"livegrad.{_LATER[name]}"), name)
    if name in _SUBMODULES:
        return importlib.import_module(f"dezero.{name}")
    raise AttributeError(f"dezero has no {name}")


class DezeroFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `dezero.something` and loads it as `livegrad.something`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        package, _, name = fullname.partition(".")
        if package != "dezero" or name not in _SUBMODULES:
            return None
        return importlib.machinery.ModuleSpec(fullname, self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        names = _MODULES.get(spec.name, (spec.name.replace("dezero.", "livegrad."),))
        modules = [importlib.import_module(name) for name in names]
        if len(modules) == 1:
            spec.loader_state = modules[0].__spec__
            return modules[0]
        merged = ModuleType(spec.name, modules[0].__doc__)
        for module in modules:
            for name, value in vars(module).items():
                if not name.startswith("_"):
                    setattr(merged, name, value)
        return merged

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to execute; but Python has just given the module the alias's spec."""
        spec = module.__spec__
        if spec is not None and spec.loader_state is not None:
            module.__spec__ = spec.loader_state


sys.modules["dezero"] = sys.modules[__name__]
if not any(isinstance(finder, DezeroFinder) for finder in sys.meta_path):
    sys.meta_path.insert(0, DezeroFinder())
