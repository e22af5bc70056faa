"""Livegrad: automatic differentiation in pure Python, with memory that can be watched."""

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
