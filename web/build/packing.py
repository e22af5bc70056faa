"""Zstandard: smaller than gzip, and quicker to unpack.

Hosts and browsers need not know it: a worker of the page's own unpacks these files
(web/src/runtime/inflater.ts).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

QUICK = 12
"""For the snapshot, 7.3 MB. 19 makes 6.0 MB, in fifteen more seconds of each build; gzip makes 9.3,
and no browser has brotli for scripts."""
THOROUGH = 19
"""For what changes with Pyodide alone: 2.9 MB instead of 3.2, in ten seconds, once."""


def pack(content: bytes, packed: Path, level: int = QUICK) -> None:
    import zstandard

    packed.write_bytes(zstandard.ZstdCompressor(level=level).compress(content))


def pack_once(source: Path, kept: Path) -> Path:
    """`source`, packed thoroughly into the folder `kept`, where the last one is used again."""
    packed, made_from = kept / f"{source.name}.zst", kept / f"{source.name}.key"
    key = hashlib.sha256(source.read_bytes()).hexdigest() + f" {THOROUGH}"
    if not made_from.is_file() or made_from.read_text(encoding="utf-8") != key:
        kept.mkdir(exist_ok=True)
        made_from.unlink(missing_ok=True)
        pack(source.read_bytes(), packed, THOROUGH)
        made_from.write_text(key, encoding="utf-8")
    return packed
