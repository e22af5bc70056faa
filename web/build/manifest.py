"""The runtime's files in dist/, under names that tell their contents.

A file whose name has the hash of its content may be kept by browsers for ever. The
manifest says what each is for; index.html names the manifest, and has browsers fetch
what a start waits for before the page's own script asks for it.
"""

from __future__ import annotations

import hashlib
import html
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

INDEX = "index.html"
AHEAD = Path(__file__).parents[1] / "src" / "runtime" / "ahead.js"
"""Makes preloads of the links to the runtime, which the page's policy knows by its hash."""

FIRST = ("script", "code", "snapshot")
"""The roles that a start waits for; web/src/runtime/assets.ts has the same."""


@dataclass(frozen=True)
class File:
    """A file of dist/runtime: what it is for tells the worker what to do with it."""

    role: str  # one of FIRST, or stdlib, numpy or livegrad, which come later
    source: Path
    name: str  # what Python calls it
    suffix: str  # hosts know few types: .js is the one that browsers insist on


def hashed_name(name: str, suffix: str, content: bytes) -> str:
    stem = name.split(".", 1)[0] if suffix != ".whl" else name.rsplit("-", 3)[0]
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}{suffix}"


def place(files: Sequence[File], lock: Path, site: Path) -> Path:
    """Copy the files to `site`/runtime and write their manifest, whose path is returned.

    Pyodide's lock is short and stands in the manifest itself.
    """
    folder = site / "runtime"
    folder.mkdir(parents=True)
    listed = []
    for file in files:
        content = file.source.read_bytes()
        placed = hashed_name(file.name, file.suffix, content)
        shutil.copyfile(file.source, folder / placed)
        size = len(content)
        listed.append({"file": placed, "name": file.name, "role": file.role, "size": size})
    packages = json.loads(lock.read_text(encoding="utf-8"))
    text = (json.dumps({"files": listed, "lock": packages}, indent=2) + "\n").encode()
    manifest = folder / hashed_name("manifest", ".json", text)
    manifest.write_bytes(text)
    return manifest


def read(site: Path) -> list[dict[str, str | int]]:
    """What the manifest of a built site lists."""
    (manifest,) = (site / "runtime").glob("manifest-*.json")
    files: list[dict[str, str | int]] = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    return files


def place_recordings(site: Path, **traces: Path) -> dict[str, str]:
    """Copy the first lesson's recordings; their addresses in the site by outputs."""
    (site / "recordings").mkdir()
    placed = {}
    for outputs, trace in traces.items():
        name = "recordings/" + hashed_name(f"first-{outputs}", ".json", trace.read_bytes())
        shutil.copyfile(trace, site / name)
        placed[outputs] = name
    return placed


def link(site: Path, manifest: Path, recordings: dict[str, str], version: str) -> None:
    """Name version, manifest and recordings in index.html, and what is to be fetched at once."""
    page = site / INDEX
    at_once = [f"runtime/{file['file']}" for file in read(site) if file["role"] in FIRST]
    box = [script.name for script in (site / "assets").glob("_virtual_box-*.js")]
    links = [
        f'<meta name="version" content="{version}" />',
        *(_link("preload", name, f"shipped-{outputs}") for outputs, name in recordings.items()),
        # Python's worker is text of this module, which the page's script imports late.
        *(f'<link rel="modulepreload" crossorigin href="./assets/{name}" />' for name in box),
        _link("runtime", f"runtime/{manifest.name}", "runtime"),
        *(_link("runtime", name) for name in at_once),
        f"<script>{AHEAD.read_text('utf-8')}</script>",
    ]
    text = page.read_text(encoding="utf-8")
    head, end, body = text.partition("</head>")
    page.write_text(head + "".join(f"  {line}\n  " for line in links) + end + body, "utf-8")


def _link(kind: str, name: str, id: str = "") -> str:
    address = html.escape(f"./{name}")
    named = f'id="{id}" ' if id else ""
    return f'<link {named}rel="{kind}" as="fetch" crossorigin href="{address}" />'
