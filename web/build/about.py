"""What dist/ says of itself, in about.json: its size, what a visitor downloads, what it needs."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from web.build import manifest
from web.build.manifest import INDEX
from web.build.offline import WORKER
from web.build.runtime import PYODIDE

ABOUT = "about.json"

PLAIN = ("script", "stdlib", "numpy", "livegrad")
"""The roles of the files that Pyodide starts from without a snapshot, beside its own .wasm."""

NEEDS = {
    "server": "any that sends files; no header, no type and no other origin is needed",
    "browser": "a current Chromium, Firefox or Safari, with WebAssembly",
    "to open without a network": "https or localhost, and room for all of it in the browser",
}


def describe(site: Path, inputs: str) -> None:
    """Write about.json, after all other files; `inputs` is the key of what they were made from."""
    files = manifest.read(site)
    runtime = site / "runtime"
    first = [runtime / str(file["file"]) for file in files if file["role"] in manifest.FIRST]
    plain = [runtime / str(file["file"]) for file in files if file["role"] in PLAIN]
    plain.append(PYODIDE / "pyodide.asm.wasm")
    everything = [file for file in site.rglob("*") if file.is_file()]
    page = [file for file in everything if file.parent != runtime]
    asked_for_again = [site / INDEX, site / WORKER]
    told = {
        "inputs": inputs,
        "needs": NEEDS,
        "all": measure(everything),
        "page": measure(page),
        "returning visitor, at most": measure(asked_for_again),
        "python": {
            "until the first run": measure(first),
            "until all can be imported": measure(runtime / str(file["file"]) for file in files),
            "the same without a snapshot": measure(plain),
            "ratio of compressed bytes": round(compressed(first) / compressed(plain), 2),
        },
    }
    (site / ABOUT).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def measure(files: Iterable[Path]) -> dict[str, int]:
    """How many files, and bytes as they lie there and as a server that compresses sends them."""
    files = list(files)
    size = sum(file.stat().st_size for file in files)
    return {"files": len(files), "bytes": size, "compressed": compressed(files)}


def compressed(files: Iterable[Path]) -> int:
    """Bytes by gzip, at the level that servers use; never more than there are."""
    contents = [file.read_bytes() for file in files]
    return sum(min(len(c), len(gzip.compress(c, 6, mtime=0))) for c in contents)


def report(site: Path) -> None:
    """Say in the terminal what about.json says."""
    told = json.loads((site / ABOUT).read_text(encoding="utf-8"))
    whole, python = told["all"], told["python"]
    first, rest = python["until the first run"], python["until all can be imported"]
    print(
        f"{site.name}/: {whole['files']} files, {whole['bytes'] / 1e6:.1f} MB, "
        f"{whole['compressed'] / 1e6:.1f} MB compressed (gzip)\n"
        f"until the first run: {first['compressed'] / 1e6:.1f} MB compressed, "
        f"{python['ratio of compressed bytes']:.2f} of what Python needs without a snapshot; "
        f"until all can be imported: {rest['compressed'] / 1e6:.1f} MB"
    )
