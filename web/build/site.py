"""Makes dist/: our wheel, the site's lock file, a snapshot of Python, the page.

All of it is made in a scratch folder and renamed at the end: dist/ is the old
site or the new one, never half of one.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from web.build.about import ABOUT, describe, report
from web.build.licences import licences
from web.build.manifest import File, link, place, place_recordings
from web.build.node import Node, find_node, install_packages
from web.build.offline import complete
from web.build.runtime import PYODIDE, fetch_wheel, wheel_in_lock
from web.build.snapshot import Snapshot, change_script, make_snapshot
from web.build.steps import DIST, ROOT, SCRATCH, WEB, Command, alone, run, step, tool

SCHEMA = ROOT / "py" / "livegrad" / "liveness" / "trace.schema.json"
TYPES = WEB / "src" / "trace" / "format.d.ts"

# Any moment will do as long as it is always the same: two builds of one commit are identical.
EPOCH = "1767225600"  # 2026-01-01

VERSION = 10  # letters of the inputs' key that name a version of the site

GENERATED = {"node_modules", "__pycache__", "format.d.ts"}


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
    report(dist)
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
        with step("Python's snapshot"):
            script = change_script(PYODIDE / "pyodide.asm.mjs", Path(name, "pyodide.asm.mjs"))
            snapshot = make_snapshot(node, script, [numpy, wheel], Path(name), scratch / "snapshot")
        with step("The page"):
            make_types(node)
            make_page(node, new)
            files = runtime_files(script, snapshot, wheel, numpy)
            recordings = place_recordings(new, weak=snapshot.weak, strong=snapshot.strong)
            link(new, place(files, lock, new), recordings, key[:VERSION])
            (new / "licences.txt").write_text(licences(numpy), encoding="utf-8")
            complete(new, key[:VERSION])
            describe(new, key)
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
        return str(json.loads((dist / ABOUT).read_text(encoding="utf-8"))["inputs"])
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


def make_page(node: Node, folder: Path, *options: str) -> None:
    doing, env = "Building the page", {"LIVEGRAD_OUT": str(folder)}
    node.run("vite", "bin/vite.js", "build", *options, doing=doing, env=env)


def runtime_files(script: Path, snapshot: Snapshot, wheel: Path, numpy: Path) -> list[File]:
    return [
        # As .js: hosts that know no .mjs send it as text/plain, and browsers refuse that.
        File("script", script, "pyodide.asm.mjs", ".js"),
        File("code", snapshot.code, "code", ".bin"),
        File("snapshot", snapshot.image, "memory", ".bin"),
        File("stdlib", PYODIDE / "python_stdlib.zip", "python_stdlib.zip", ".zip"),
        File("numpy", numpy, numpy.name, ".whl"),
        File("livegrad", wheel, wheel.name, ".whl"),
    ]
