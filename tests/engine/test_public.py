"""The public surface is one explicit list."""

import inspect
import subprocess
import sys
from types import ModuleType

import pytest

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


@pytest.mark.skipif(sys.platform == "emscripten", reason="a browser starts no processes")
def test_modules_are_attributes_and_imported_when_asked_for():
    program = (
        "import sys, livegrad\n"
        "assert 'livegrad.optimizers' not in sys.modules\n"
        "assert 'optimizers' in dir(livegrad)\n"
        "assert livegrad.optimizers.SGD is sys.modules['livegrad.optimizers'].SGD\n"
        "assert not hasattr(livegrad, 'optimisers')\n"
    )
    subprocess.run([sys.executable, "-P", "-c", program], check=True)


@pytest.mark.skipif(sys.platform == "emscripten", reason="a browser starts no processes")
def test_importing_all_of_it_needs_numpy_and_nothing_else():
    """DeZero's import asks for matplotlib and for Pillow, by its name of long ago."""
    program = (
        "import sys\n"
        "for name in ('matplotlib', 'PIL', 'Image', 'IPython', 'cupy'):\n"
        "    sys.modules[name] = None\n"
        "import livegrad.dezero\n"
        "import dezero.core_simple, dezero.cuda, dezero.dataloaders, dezero.datasets\n"
        "import dezero.functions_conv, dezero.layers, dezero.models, dezero.optimizers\n"
        "import dezero.transforms, dezero.utils\n"
    )
    subprocess.run([sys.executable, "-P", "-c", program], check=True)
