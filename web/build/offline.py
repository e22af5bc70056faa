"""What the service worker keeps of a site, written into its script.

The list makes the script another one whenever a file is another one, which is how browsers
notice a new version; the digests see to it that a version is kept whole or not at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

from web.build.manifest import INDEX

WORKER = "sw.js"


def complete(site: Path, version: str) -> None:
    """Put version and files before the worker's script, when all other files are in place."""
    worker = site / WORKER
    listed = {
        # By the address that is visited: some hosts answer index.html with a redirection.
        "" if file == site / INDEX else file.relative_to(site).as_posix(): digest(file)
        for file in sorted(site.rglob("*.*"))
        if file != worker
    }
    told = json.dumps({"version": version, "files": listed}, separators=(",", ":"))
    worker.write_text(f"const SITE={told};\n{worker.read_text('utf-8')}", "utf-8")


def digest(file: Path) -> str:
    """As browsers check it: `fetch(file, {integrity: digest})`."""
    return "sha256-" + base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()
