"""build.py and its steps, importable: neither is a package that is installed."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def entry() -> ModuleType:
    """build.py as a module; under another name, as a package called build exists."""
    spec = importlib.util.spec_from_file_location("livegrad_build", ROOT / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
