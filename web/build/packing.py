"""Zstandard: smaller than gzip, and quicker to unpack.

Hosts and browsers need not know it: a worker of the page's own unpacks these files
(web/src/runtime/inflater.ts).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from web.build.kept import make_once

QUICK = 12
"""For memory, 6.1 MB. 19 makes 5.6 MB, in twelve more seconds of each build; gzip makes 8.0, and
no browser has brotli for scripts."""
THOROUGH = 19
"""For code, which changes with Pyodide and NumPy alone: 3.9 MB instead of 4.3, in six seconds."""


def pack(source: Path, packed: Path, level: int = QUICK) -> None:
    import zstandard

    content = source.read_bytes()
    packed.write_bytes(zstandard.ZstdCompressor(level=level).compress(content))


def pack_once(source: Path, packed: Path) -> None:
    """Thoroughly; what is there already from the same source stays."""
    key = f"{hashlib.sha256(source.read_bytes()).hexdigest()} {THOROUGH}"
    make_once(packed.with_suffix(".key"), key, lambda: pack(source, packed, THOROUGH))
