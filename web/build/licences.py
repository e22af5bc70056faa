"""The licences of what dist/ passes on, in one text: licences.txt.

Pyodide's npm package has no text of its licence and its standard library none of
Python's: the same texts come with packages of .venv that have the same licences.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from web.build.node import MODULES
from web.build.steps import ROOT, WEB

RULE = "=" * 80


def licences(numpy: Path) -> str:
    """The texts, each under the name of what it is for."""
    parts = [("Livegrad", (ROOT / "LICENSE").read_text(encoding="utf-8"))]
    parts.append(("Pyodide (Mozilla Public License 2.0)", installed("pyodide-build", "LICENSE")))
    parts.append(("CPython", installed("typing-extensions", "LICENSE")))
    parts += of_wheel(numpy)
    parts += of_scripts()
    return "\n".join(f"{RULE}\n{name}\n{RULE}\n\n{text.strip()}\n" for name, text in parts)


def installed(package: str, name: str) -> str:
    """A licence that a package of .venv carries in its metadata."""
    for file in distribution(package).files or ():
        if file.as_posix().endswith(f".dist-info/licenses/{name}"):
            return Path(str(file.locate())).read_text(encoding="utf-8")
    raise FileNotFoundError(f"{package} carries no {name}")


def of_wheel(wheel: Path) -> Iterator[tuple[str, str]]:
    """numpy's own and those of what it has taken in."""
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            _, found, inside = name.partition(".dist-info/licenses/")
            if found and not name.endswith("/"):
                yield f"numpy: {inside}", archive.read(name).decode("utf-8", "replace")


def of_scripts() -> Iterator[tuple[str, str]]:
    """Of the packages that the page is made from."""
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    for path, entry in lock["packages"].items():
        if not path or entry.get("dev") or entry.get("optional"):
            continue
        for text in sorted((WEB / path).glob("LICEN[CS]E*")):
            name = path.removeprefix(f"{MODULES.name}/")
            yield f"{name} {entry['version']}", text.read_text(encoding="utf-8")
