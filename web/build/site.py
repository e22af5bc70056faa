"""Makes dist/: our wheel, the site's lock file, the page, one manifest.

All of it is made in a scratch folder and renamed at the end: dist/ is the old
site or the new one, never half of one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from web.build.node import Node, find_node, install_packages
from web.build.runtime import PYODIDE, fetch_wheel, wheel_in_lock
from web.build.steps import DIST, ROOT, SCRATCH, WEB, Command, alone, run, step, tool

SCHEMA = ROOT / "py" / "livegrad" / "liveness" / "trace.schema.json"
TYPES = WEB / "src" / "trace" / "format.d.ts"

# Any moment will do as long as it is always the same: two builds of one commit are identical.
EPOCH = "1767225600"  # 2026-01-01

GENERATED = {"node_modules", "__pycache__", "format.d.ts"}


@dataclass(frozen=True)
class File:
    """A file of dist/runtime: what it is for tells the worker what to do with it."""

    role: str  # script, wasm, stdlib, lock, numpy or livegrad
    source: Path
    name: str


def build(runtime: Path | None = None, dist: Path = DIST, scratch: Path = SCRATCH) -> bool:
    """Make dist/ unless it was made from these very inputs. True if it was made.

    `runtime` is a folder with the numpy wheel, to be used in place of the cache;
    `scratch` must be on the disk that `dist` is on.
    """
    with alone():
        key = inputs_key()
        if built_from(dist) == key and not runtime:
            return False
        _build(key, runtime, dist, scratch)
    report_size(dist)
    return True


def _build(key: str, runtime: Path | None, dist: Path, scratch: Path) -> None:
    node = find_node()
    install_packages(node)
    numpy = fetch_wheel(wheel_in_lock(PYODIDE / "pyodide-lock.json", "numpy"), named=runtime)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="site-") as name:
        new, old = Path(name, "new"), Path(name, "old")
        with step("livegrad's wheel"):
            wheel = make_wheel(Path(name, "wheel"))
            lock = make_lock(wheel, Path(name))
        with step("The page"):
            make_types(node)
            make_page(node, new)
        with step("The runtime's files"):
            place_runtime(runtime_files(wheel, numpy, lock), new / "runtime", key)
        if dist.exists():
            dist.rename(old)
        new.rename(dist)


def inputs() -> Iterator[Path]:
    """Every file that what is in dist/ depends on."""
    yield from (ROOT / name for name in ("build.py", "pyproject.toml", "README.md", "LICENSE"))
    for top in (ROOT / "py", WEB):
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(f for f in folders if f not in GENERATED)
            yield from (Path(folder) / n for n in sorted(names) if n not in GENERATED)


def inputs_key() -> str:
    """A hash of names and contents (times would change with every checkout)."""
    digest = hashlib.sha256()
    for file in inputs():
        content = file.read_bytes() if file.is_file() else b""
        digest.update(f"{file.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def built_from(dist: Path) -> str | None:
    """The key of the inputs that dist/ was made from; None if there is no dist/."""
    try:
        manifest = (dist / "runtime" / "manifest.json").read_text(encoding="utf-8")
        return str(json.loads(manifest)["inputs"])
    except (OSError, ValueError, KeyError):
        return None


def make_wheel(folder: Path) -> Path:
    command: Command = [
        sys.executable,
        "-P",
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        folder,
    ]
    run(command, "Building livegrad's wheel", env={"SOURCE_DATE_EPOCH": EPOCH})
    (wheel,) = folder.glob("*.whl")
    return wheel


def make_lock(wheel: Path, folder: Path) -> Path:
    """Pyodide's lock, reduced to the packages the site ships, and our wheel added."""
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    lock["packages"] = {"numpy": lock["packages"]["numpy"]}
    reduced, ours = folder / "reduced.json", folder / "pyodide-lock.json"
    reduced.write_text(json.dumps(lock), encoding="utf-8")
    add: Command = [tool("pyodide"), "lockfile", "add-wheels", "--base-path", wheel.parent]
    run([*add, "--input", reduced, "--output", ours, wheel], "Adding livegrad to Pyodide's lock")
    return ours


def make_types(node: Node) -> None:
    """TypeScript's view of the trace, from the one schema."""
    command: Command = ["--input", SCHEMA, "--output", TYPES]
    doing = "Making types from the trace's schema"
    node.run("json-schema-to-typescript", "dist/src/cli.js", *command, doing=doing)


def make_page(node: Node, folder: Path) -> None:
    doing = "Building the page"
    node.run("vite", "bin/vite.js", "build", doing=doing, env={"LIVEGRAD_OUT": str(folder)})


def runtime_files(wheel: Path, numpy: Path, lock: Path) -> list[File]:
    return [
        # As .js: hosts that know no .mjs send it as text/plain, and browsers refuse that.
        File("script", PYODIDE / "pyodide.asm.mjs", "pyodide.asm.js"),
        File("wasm", PYODIDE / "pyodide.asm.wasm", "pyodide.asm.wasm"),
        File("stdlib", PYODIDE / "python_stdlib.zip", "python_stdlib.zip"),
        File("lock", lock, "pyodide-lock.json"),
        File("numpy", numpy, numpy.name),
        File("livegrad", wheel, wheel.name),
    ]


def place_runtime(files: list[File], folder: Path, key: str) -> None:
    """Copy the files and write manifest.json, which the page reads first."""
    folder.mkdir(parents=True)
    for file in files:
        shutil.copyfile(file.source, folder / file.name)
    listed = [
        {"name": f.name, "role": f.role, "size": (folder / f.name).stat().st_size} for f in files
    ]
    manifest = json.dumps({"inputs": key, "files": listed}, indent=2)
    (folder / "manifest.json").write_text(manifest + "\n", encoding="utf-8")


def report_size(dist: Path) -> None:
    """What a visitor downloads, as it lies there and as a server that compresses sends it."""
    contents = [file.read_bytes() for file in dist.rglob("*") if file.is_file()]
    raw = sum(map(len, contents)) / 1e6
    packed = sum(len(gzip.compress(content, 6)) for content in contents) / 1e6
    print(f"{dist.name}/: {len(contents)} files, {raw:.1f} MB, {packed:.1f} MB compressed (gzip)")
