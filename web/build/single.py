"""Makes livegrad.html: the page and all that dist/ has for it, in one file for a disk or a share.

Browsers let a page from a disk fetch nothing, not even the file beside it, so each file lies in
the page as text, compressed by gzip and in base64; web/src/runtime/files.ts reads it from there.
"""

from __future__ import annotations

import base64
import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path

from web.build.manifest import INDEX
from web.build.node import find_node
from web.build.site import inputs_key, make_page
from web.build.steps import DIST, ROOT, SCRATCH, alone, step

FILE = ROOT / "livegrad.html"


def build_single(file: Path = FILE, dist: Path = DIST, scratch: Path = SCRATCH) -> bool:
    """Make `file` out of the sources and of `dist`, unless it is up to date. True if it was made.

    `dist` must have been made from the same sources.
    """
    made_from = f'<meta name="generator" content="Livegrad {inputs_key()}" />'
    with alone():
        if file.is_file() and made_from in _beginning(file):
            return False
        with (
            step("The page in one file"),
            tempfile.TemporaryDirectory(dir=scratch, prefix="single-") as name,
        ):
            make_page(find_node(), Path(name), "--mode", "single")
            page = Path(name, INDEX)
            text = page.read_text("utf-8")
            text = text.replace("</head>", "\n".join([made_from, *_links(dist), "</head>"]))
            text = text.replace("</body>", "\n".join([*_blocks(dist), "</body>"]))
            page.write_text(text, "utf-8")
            page.replace(file)
    print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB, to be opened from a disk or a share")
    return True


def _beginning(file: Path) -> str:
    with file.open(encoding="utf-8") as opened:
        return opened.read(200_000)


def _links(dist: Path) -> Iterator[str]:
    """Where the page looks for the names of what is enclosed; nothing is fetched for them."""
    named = {
        "runtime": "runtime/manifest-*.json",
        "shipped-weak": "recordings/first-weak-*.json",
        "shipped-strong": "recordings/first-strong-*.json",
    }
    for id, pattern in named.items():
        (file,) = dist.glob(pattern)
        yield f'<link id="{id}" rel="enclosed" href="{file.name}" />'


def _blocks(dist: Path) -> Iterator[str]:
    """Each file as an element that no browser runs, under its name."""
    licences = (dist / "licences.txt").read_text("utf-8").replace("</", "<\\/")
    yield f'<script type="text/plain" id="licences.txt">\n{licences}</script>'
    for file in sorted([*(dist / "runtime").iterdir(), *(dist / "recordings").iterdir()]):
        packed = base64.b64encode(gzip.compress(file.read_bytes(), 9, mtime=0)).decode()
        yield f'<script type="text/plain" id="{file.name}">{packed}</script>'
