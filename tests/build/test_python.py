"""Which Python build.py works with."""

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from web.build.steps import BuildError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


def put_program(folder: Path, name: str, says: str, code: int = 0) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH; the Python that started build.py is too old."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    old = put_program(tmp_path, "python3", "3 11 /old/python3")
    monkeypatch.setattr(sys, "executable", str(old))
    return tmp_path


def test_no_python_is_new_enough(entry: ModuleType, path: Path) -> None:
    put_program(path, "python3.13", "3 11 /a/liar")
    with pytest.raises(BuildError, match=r"needs Python 3\.12 or newer and found none"):
        entry.find_python()


def test_a_newer_python_on_path_is_found(entry: ModuleType, path: Path) -> None:
    put_program(path, "python3.12", "3 12 /new/python 3.12")
    assert entry.find_python() == "/new/python 3.12"


def test_a_shim_that_does_not_run_is_passed_over(entry: ModuleType, path: Path) -> None:
    put_program(path, "python3.13", "pyenv: python3.13: command not found", code=127)
    put_program(path, "python3.12", "3 12 /new/python3.12")
    assert entry.find_python() == "/new/python3.12"


def test_pyenv_is_looked_into(entry: ModuleType, path: Path) -> None:
    folder = path / "pyenv" / "versions" / "3.13.1" / "bin"
    folder.mkdir(parents=True)
    put_program(folder, "python", "3 13 /pyenv/python")
    assert entry.find_python() == "/pyenv/python"


def test_uv_is_asked_last(entry: ModuleType, path: Path) -> None:
    put_program(path, "uv", "/uv/python3.13")
    assert entry.find_python() == "/uv/python3.13"


def test_a_venv_that_fails_half_way_is_removed(
    entry: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = tmp_path / ".venv"
    monkeypatch.setattr(entry, "VENV", venv)
    monkeypatch.setattr(entry, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(entry, "STAMP", venv / "livegrad.json")
    monkeypatch.setattr(entry, "find_python", lambda: sys.executable)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(BuildError, match="Installing the Python packages failed"):
        entry.make_venv()
    assert list(tmp_path.iterdir()) == []


def test_the_key_follows_the_locked_packages_and_settings(
    entry: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, lock = (entry.ROOT / "pyproject.toml").read_text(), entry.LOCK.read_text()
    monkeypatch.setattr(entry, "ROOT", tmp_path)
    monkeypatch.setattr(entry, "LOCK", tmp_path / "lock.txt")

    def key(settings: str, lock: str) -> str:
        (tmp_path / "pyproject.toml").write_text(settings)
        (tmp_path / "lock.txt").write_text(lock)
        return entry.venv_key()

    before = key(settings, lock)
    assert before == key(f"# a remark\n{settings}", lock)
    assert before != key(settings, lock.replace("ruff==", "ruff==1"))
    assert before != key(settings.replace("numpy>=", "numpy>=1"), lock)
