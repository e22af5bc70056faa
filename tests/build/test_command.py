"""build.py as someone types it."""

import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from web.build import runtime, steps

BUILD = Path(__file__).parents[2] / "build.py"


def command(*arguments: str | Path, **env: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **{name: str(value) for name, value in env.items()}}
    return subprocess.run(
        [sys.executable, BUILD, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def folder_state(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_help_explains_every_command() -> None:
    told = command("--help").stdout
    for word in ("serve", "test", "build", "LIVEGRAD_CACHE", ".venv", "dist/"):
        assert word in told
    assert "--port" in command("serve", "--help").stdout
    assert "-k name" in command("test", "--help").stdout


def test_arguments_after_dashes_are_pytests() -> None:
    done = command("build", "--", "-k", "x")
    assert done.returncode == 2
    assert "only `test` and `bench` take arguments after --" in done.stderr


def test_a_wrong_hash_is_one_sentence_and_leaves_nothing(tmp_path: Path, dist: Path) -> None:
    wheel = runtime.wheel_in_lock(runtime.PYODIDE / "pyodide-lock.json", "numpy")
    given, cache = tmp_path / "given", tmp_path / "cache"
    given.mkdir()
    (given / wheel.file_name).write_bytes(b"not numpy")
    before = folder_state(dist)

    done = command("build", "--runtime", given, LIVEGRAD_CACHE=cache)

    assert done.returncode == 1
    assert re.fullmatch(r".*a wrong one, by its sha256.*--runtime\.\n", done.stderr)
    assert str(given) in done.stderr
    assert list(cache.iterdir()) == []
    assert list(steps.SCRATCH.glob("site-*")) == []
    assert folder_state(dist) == before


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = command("serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} is in use; choose another with --port N (0: any that is free).\n"
    )


def test_a_port_that_cannot_be() -> None:
    done = command("serve", "--port", "70000")
    assert done.returncode == 1
    assert done.stderr == "There is no port 70000; choose one from 0 to 65535.\n"


@contextmanager
def serving() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """build.py serve, and the address it prints."""
    arguments = [sys.executable, str(BUILD), "serve", "--port", "0"]
    hears = None if os.name == "nt" else partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hears,  # tests that run in the background ignore Ctrl-C, and their children
    ) as server:
        assert server.stdout
        try:
            told = next(line for line in server.stdout if "http" in line)
            (address,) = re.findall(r"http://\S+", told)
            yield server, address
        finally:
            server.kill()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent there")
def test_serve_serves_and_stops_quietly(dist: Path) -> None:
    with serving() as (server, address):
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == (dist / "index.html").read_bytes()
            assert answer.headers["Cache-Control"] == "no-cache"
        (script,) = (dist / "runtime").glob("pyodide-*.js")
        with urllib.request.urlopen(f"{address}runtime/{script.name}") as answer:
            assert answer.headers["Content-Type"] == "text/javascript"
            assert "immutable" in answer.headers["Cache-Control"]
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate()
        assert (server.returncode, errors) == (0, "")
