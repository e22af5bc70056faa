"""Livegrad: automatic differentiation in pure Python, with memory that can be watched."""

import importlib
import types

from . import functions
from .core import (
    Config,
    Function,
    Parameter,
    Variable,
    as_array,
    as_variable,
    no_grad,
    test_mode,
    using_config,
)
from .operators import setup_variable

setup_variable()

__all__ = [
    "Config",
    "Function",
    "Parameter",
    "Variable",
    "as_array",
    "as_variable",
    "functions",
    "no_grad",
    "setup_variable",
    "test_mode",
    "using_config",
]
__version__ = "0.1.0"

_LATER = {
    "core_simple",
    "cuda",
    "dataloaders",
    "datasets",
    "layers",
    "models",
    "optimizers",
    "transforms",
    "utils",
}


def __getattr__(name: str) -> types.ModuleType:
    """Modules that not everybody needs, imported when asked for: `livegrad.optimizers`."""
    if name in _LATER:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
