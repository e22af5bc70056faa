"""The public surface is one explicit list."""

import inspect
from types import ModuleType

import livegrad
import livegrad.functions as F

NAMES = [
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


def test_the_package_exports_exactly_this():
    assert livegrad.__all__ == NAMES
    defined = {
        name
        for name, value in vars(livegrad).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert defined == set(NAMES) - {"functions"}


def test_functions_exports_exactly_what_it_imports():
    imported = {
        name
        for name, value in vars(F).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert sorted(F.__all__) == sorted(imported)


def test_everything_public_says_what_it_is():
    for name in F.__all__:
        assert inspect.getdoc(getattr(F, name)), name
    for name in NAMES:
        assert inspect.getdoc(getattr(livegrad, name)), name
