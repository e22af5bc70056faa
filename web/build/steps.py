"""How the build talks: steps with times, commands whose failure is one sentence.

Runs on Python 3.11, like build.py.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
DIST = ROOT / "dist"
SCRATCH = ROOT / ".build"  # ignored by git; all in it can be made again

DISK_FULL = "The disk is full; free some space and run the command again."

_NO_NETWORK = re.compile(
    r"NewConnectionError|Name or service not known|Temporary failure in name resolution"
    r"|Network is unreachable|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT"
    r"|Connection refused"
)

Command = Sequence[str | Path]


class BuildError(Exception):
    """What is wrong and what to do, in one sentence (the tail of a tool's output may follow)."""


@contextmanager
def step(name: str) -> Iterator[None]:
    """Show that `name` has begun, and how many seconds it took."""
    print(f"{name} ".ljust(52, "."), end=" ", flush=True)
    begun = time.perf_counter()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.perf_counter() - begun:6.1f} s", flush=True)


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time changes what the build made: a second one waits here."""
    try:
        import fcntl
    except ImportError:  # Windows: two builds at once are the user's to avoid
        yield
        return
    SCRATCH.mkdir(exist_ok=True)
    with (SCRATCH / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another build.py in this folder", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(
    command: Command,
    doing: str,
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    lines: int | None = 12,
) -> str:
    """Run a command quietly and return what it printed.

    `doing` begins the sentence of a failure: "Installing the Node packages".
    Of a failed command's output so many `lines` are shown (None: all).
    Raises BuildError when the command is missing or fails.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError:
        raise BuildError(f"{doing} needs {command[0]}, which is not installed.") from None
    if done.returncode == 0:
        return done.stdout
    raise BuildError(explain(doing, done.stdout, lines))


def explain(doing: str, output: str, lines: int | None = 12) -> str:
    """The sentence for a command that failed, and the ends of its output where they help."""
    if "No space left on device" in output or "ENOSPC" in output:
        return DISK_FULL
    if _NO_NETWORK.search(output):
        return (
            f"{doing} failed: its registry cannot be reached; connect to the network and try again."
        )
    said = [line.rstrip() for line in output.splitlines() if line.strip()]
    if lines is not None and len(said) > lines:  # npm says it first, pip last
        said = [*said[: lines // 2], "...", *said[-lines // 2 :]]
    tail = "\n".join(f"    {line}" for line in said)
    return f"{doing} failed; its output says why.\n{tail}"


def disk_is_full(error: BaseException) -> bool:
    return str(error) == DISK_FULL or (isinstance(error, OSError) and error.errno == errno.ENOSPC)


def sentence(error: BaseException) -> str:
    """One sentence for an error that stops the build."""
    if disk_is_full(error):
        return DISK_FULL
    if isinstance(error, BuildError):
        return str(error)
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        return f"The system refused{where}: {error.strerror or error}."
    raise error


def tool(name: str) -> Path:
    """A program that a package put into .venv."""
    folder = Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin")
    return folder / (f"{name}.exe" if os.name == "nt" else name)
