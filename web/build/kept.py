"""What is made once, and kept while it would be made from the same again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def make_once(made_from: Path, key: str, make: Callable[[], object]) -> None:
    """Make something, unless it was made with this key, which the file `made_from` keeps."""
    if made_from.is_file() and made_from.read_text(encoding="utf-8") == key:
        return
    made_from.unlink(missing_ok=True)
    make()
    made_from.write_text(key, encoding="utf-8")
