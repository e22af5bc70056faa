"""An environment for the benchmarks: the peers stay out of .venv.

DeZero installs a package `dezero`, which the tests of our alias of that name must not meet.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tomllib
from pathlib import Path

from web.build.steps import ROOT, SCRATCH, Command, run, step

PLACE = SCRATCH / "bench"
PYTHON = PLACE / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = PLACE / "livegrad.txt"
BENCHES = {name: ROOT / "tests" / "bench" / f"{name}.py" for name in ("engine", "liveness")}
IN_BROWSER = {
    "audit": ROOT / "tests" / "bench" / "page" / "audit.py",
    "engine": ROOT / "tests" / "bench" / "in_pyodide.py",
    "liveness": ROOT / "tests" / "bench" / "recorder_in_pyodide.py",
    "page": ROOT / "tests" / "bench" / "page" / "page.py",
    "startup": ROOT / "tests" / "bench" / "startup" / "startup.py",
}
WITH_PEERS = ("engine",)
"""Those in the browser that take the peers there."""


def prepare(torch: bool) -> Path:
    """The Python that has the peers, PyTorch among them if asked for.

    Raises BuildError where they cannot be installed.
    """
    groups = ["bench", "bench-torch"] if torch else ["bench"]
    with (ROOT / "pyproject.toml").open("rb") as settings:
        wanted = tomllib.load(settings)["dependency-groups"]

    def key(groups: list[str]) -> str:
        return hashlib.sha256(repr([(name, wanted[name]) for name in groups]).encode()).hexdigest()

    enough = {key(groups), key(["bench", "bench-torch"])}  # PyTorch too many does no harm
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") in enough:
        return PYTHON
    with step("The benchmark's peers"):
        run([sys.executable, "-m", "venv", "--clear", PLACE], "Making the benchmark's environment")
        pip: Command = [
            PYTHON,
            "-P",
            "-m",
            "pip",
            "--disable-pip-version-check",
            "--no-input",
            "install",
        ]
        run([*pip, "--quiet", *_pinned()], "Installing pip and NumPy")
        chosen = [option for name in groups for option in ("--group", name)]
        run([*pip, "--quiet", *chosen], "Installing the benchmark's peers")
        STAMP.write_text(key(groups), encoding="utf-8")
    return PYTHON


def site_packages() -> Path:
    """Where the peers are installed."""
    (found,) = {path.parent for path in PLACE.rglob("site-packages/autograd")}
    return found


def _pinned() -> list[str]:
    """pip and NumPy as .venv has them."""
    from importlib.metadata import version

    return [f"{name}=={version(name)}" for name in ("pip", "numpy")]
