"""The memory of a Python that has imported numpy and livegrad, for pages to start from.

snapshot.mjs makes it, in Node; web/src/runtime/snapshot.ts brings it back. Of Pyodide's
own code one function is changed, and only if it is the one known: libraries must come
back to the addresses where they were.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from web.build.node import MODULES, Node
from web.build.steps import WEB, BuildError, Command, run

MAKER = WEB / "build" / "snapshot.mjs"
FIRST_LESSON = WEB / "lessons" / "08-loop" / "program.py"  # as in web/src/main.tsx
SOURCES = [
    Path(__file__),
    MAKER,
    FIRST_LESSON,
    *(MODULES / "pyodide" / n for n in ("pyodide.mjs", "pyodide.asm.wasm", "python_stdlib.zip")),
]
"""What decides about the memory besides the script and the wheels."""

BEFORE = "getMemory=size=>{if(runtimeInitialized)"
AFTER = "getMemory=size=>{if(Module.memoryBase){return Module.memoryBase}if(runtimeInitialized)"

LEVEL = 12
"""Of Zstandard: 6.6 MB. 19 makes 6.0 MB, in ten more seconds of each build; gzip makes 8.3,
and no browser has brotli for scripts."""


@dataclass(frozen=True)
class Snapshot:
    """The compressed memory, the libraries it has loaded, and what the same Python recorded."""

    image: Path
    libraries: list[Path]
    weak: Path
    strong: Path


def change_script(script: Path, changed: Path) -> Path:
    """Pyodide's JavaScript half with `Module.memoryBase`. Raises BuildError for an unknown one."""
    text = script.read_text(encoding="utf-8")
    if text.count(BEFORE) != 1:
        raise BuildError(
            f"Pyodide's {script.name} is not the one that web/build/snapshot.py knows; "
            "see there what it changes, and change it in the new one."
        )
    changed.write_text(text.replace(BEFORE, AFTER), encoding="utf-8")
    return changed


def make_snapshot(
    node: Node, script: Path, wheels: list[Path], folder: Path, kept: Path
) -> Snapshot:
    """Start Python from the script and wheels in `folder`, and write down its memory.

    The last one is kept in `kept` and used again while what it came from is the same.
    """
    packages = folder / "site-packages"
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(packages)
    image, names = kept / "memory.zst", kept / "libraries.json"
    weak, strong = kept / "weak.json", kept / "strong.json"
    key = _key([script, *wheels, *SOURCES])
    if not names.is_file() or json.loads(names.read_text(encoding="utf-8"))["key"] != key:
        kept.mkdir(exist_ok=True)
        names.unlink(missing_ok=True)
        libraries = _make(node, script, packages, image, weak, strong)
        names.write_text(json.dumps({"key": key, "libraries": libraries}), encoding="utf-8")
    libraries = json.loads(names.read_text(encoding="utf-8"))["libraries"]
    return Snapshot(image, [packages / name for name in libraries], weak, strong)


def _make(
    node: Node, script: Path, packages: Path, image: Path, weak: Path, strong: Path
) -> list[str]:
    """Write image and recordings; the loaded libraries' paths in `packages` are returned."""
    import zstandard

    raw = image.with_suffix(".raw")
    command: Command = [node.program, MAKER, script, packages, FIRST_LESSON, raw, weak, strong]
    run(command, "Making the snapshot of Python")
    memory = raw.read_bytes()
    raw.unlink()
    image.write_bytes(zstandard.ZstdCompressor(level=LEVEL).compress(memory))
    length = int.from_bytes(memory[:4], "little")
    libraries = json.loads(memory[4 : 4 + length])["libraries"]
    return [library["name"].partition("/site-packages/")[2] for library in libraries]


def _key(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
