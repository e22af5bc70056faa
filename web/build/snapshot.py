"""The memory of a Python that has imported numpy and livegrad, for pages to start from.

snapshot.mjs makes it, in Node; web/src/runtime/snapshot.ts brings it back. Of Pyodide's
own code one function is changed, and only if it is the one known: libraries must come
back to the addresses where they were.
"""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from web.build import packing
from web.build.kept import make_once
from web.build.node import MODULES, Node
from web.build.steps import WEB, BuildError, Command, run

MAKER = WEB / "build" / "snapshot.mjs"
FIRST_LESSON = WEB / "lessons" / "08-loop" / "program.py"  # as in web/src/main.tsx
WASM = MODULES / "pyodide" / "pyodide.asm.wasm"
SOURCES = [
    Path(__file__),
    Path(packing.__file__),
    MAKER,
    FIRST_LESSON,
    WASM,
    *(MODULES / "pyodide" / name for name in ("pyodide.mjs", "python_stdlib.zip")),
]
"""What decides about the memory besides the script and the wheels."""

BEFORE = "getMemory=size=>{if(runtimeInitialized)"
AFTER = "getMemory=size=>{if(Module.memoryBase){return Module.memoryBase}if(runtimeInitialized)"


@dataclass(frozen=True)
class Snapshot:
    """Compressed code and memory, and what the same Python recorded."""

    code: Path
    image: Path
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
    code, image = kept / "code.zst", kept / "memory.zst"
    snapshot = Snapshot(code, image, kept / "weak.json", kept / "strong.json")
    kept.mkdir(exist_ok=True)
    key = _key([script, *wheels, *SOURCES])
    make_once(kept / "key.txt", key, lambda: _make(node, script, packages, snapshot))
    return snapshot


def _make(node: Node, script: Path, packages: Path, snapshot: Snapshot) -> None:
    code, image = (path.with_suffix(".raw") for path in (snapshot.code, snapshot.image))
    read = script, WASM, packages, FIRST_LESSON
    written = code, image, snapshot.weak, snapshot.strong
    command: Command = [node.program, MAKER, *read, *written]
    run(command, "Making the snapshot of Python")
    packing.pack_once(code, snapshot.code)
    packing.pack(image, snapshot.image)
    for raw in (code, image):
        raw.unlink()


def _key(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
