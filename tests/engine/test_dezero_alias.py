"""After `import livegrad.dezero`, code that was written for DeZero runs as it is."""

import importlib
import sys

import pytest

import livegrad
import livegrad.dezero

MODULES = [
    "core",
    "core_simple",
    "cuda",
    "dataloaders",
    "datasets",
    "functions",
    "functions_conv",
    "layers",
    "models",
    "optimizers",
    "transforms",
    "utils",
]


def test_import_of_the_package_and_its_names():
    import dezero
    import dezero.functions as F
    from dezero import Function, Parameter, Variable, as_variable, no_grad, test_mode, using_config

    assert dezero is livegrad.dezero
    assert F is livegrad.functions
    names = (Function, Parameter, Variable, as_variable, no_grad, test_mode, using_config)
    assert all(getattr(livegrad, name.__name__) is name for name in names)
    assert dezero.__version__ == "0.0.13"


def test_core_has_the_names_of_the_books_core():
    from dezero import core, core_simple

    for name in [
        "Add",
        "Config",
        "Div",
        "Function",
        "Mul",
        "Neg",
        "Parameter",
        "Pow",
        "Sub",
        "Variable",
        "add",
        "as_array",
        "as_variable",
        "div",
        "mul",
        "neg",
        "no_grad",
        "pow",
        "rdiv",
        "rsub",
        "setup_variable",
        "sub",
        "test_mode",
        "using_config",
    ]:
        assert hasattr(core, name)
    assert core.Variable is livegrad.Variable
    assert core_simple.Variable is not livegrad.Variable


@pytest.mark.parametrize("name", MODULES)
def test_every_module(name):
    module = importlib.import_module(f"dezero.{name}")
    import dezero

    assert getattr(dezero, name) is module
    assert sys.modules[f"dezero.{name}"] is module


def test_modules_are_the_very_same_and_keep_their_names():
    for name in ("functions", "utils", "core_simple"):
        module = importlib.import_module(f"dezero.{name}")
        assert module is importlib.import_module(f"livegrad.{name}")
        assert module.__name__ == module.__spec__.name == f"livegrad.{name}"
        assert importlib.reload is not None


def test_names_of_later_modules():
    import dezero

    for name in livegrad.dezero.__all__:
        assert getattr(dezero, name) is not None


def test_what_dezero_does_not_have():
    import dezero

    with pytest.raises(AttributeError, match="dezero has no nothing"):
        dezero.nothing  # noqa: B018
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("dezero.nothing")
