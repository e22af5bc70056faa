"""Which browsers the tests use."""

import shutil
from pathlib import Path

import pytest

from web.build import browser
from web.build.steps import BuildError


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser, whose registry refuses, and where nobody is root."""
    monkeypatch.setattr(browser, "SCRATCH", tmp_path / "scratch")
    monkeypatch.setattr(browser, "CHOSEN", tmp_path / "scratch" / "browser")
    monkeypatch.setattr(browser, "PLACES", ())
    monkeypatch.setattr(browser, "playwrights_own", lambda: tmp_path / "own")
    monkeypatch.setattr(browser, "run", refuse)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("LIVEGRAD_CHROMIUM", raising=False)
    monkeypatch.delenv("LIVEGRAD_FIREFOX", raising=False)
    (tmp_path / "bin").mkdir()
    return tmp_path


def refuse(command: list[str], doing: str, **_: object) -> str:
    raise BuildError(f"{doing} failed")


def put(program: Path) -> Path:
    program.touch(mode=0o755)
    return program


def test_the_one_named(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(machine / "own")
    named = put(machine / "mine")
    monkeypatch.setenv("LIVEGRAD_CHROMIUM", str(named))
    assert browser.find_chromium() == named
    named.unlink()
    with pytest.raises(BuildError, match="not a file; correct it"):
        browser.find_chromium()


def test_playwrights_own(machine: Path) -> None:
    put(machine / "bin" / "chromium")
    own = put(machine / "own")
    assert browser.find_chromium() == own


def test_playwrights_own_is_downloaded(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "run", lambda *_, **__: put(machine / "own"))
    assert browser.find_chromium() == machine / "own"


def test_one_installed_is_found_and_the_download_not_tried_again(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chromium = put(machine / "bin" / "chromium")
    assert browser.find_chromium() == chromium

    def tried(*_: object, **__: object) -> str:
        pytest.fail("a download was tried again")

    monkeypatch.setattr(browser, "run", tried)
    assert browser.find_chromium() == chromium


def test_root_on_debian_installs_one(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(machine / "bin" / "apt-get")
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0, raising=False)

    def apt(command: list[str], doing: str, **_: object) -> str:
        if "install" in command and command[0] == "apt-get":
            put(machine / "bin" / "chromium")
        elif command[0] != "apt-get":
            refuse(command, doing)
        return ""

    monkeypatch.setattr(browser, "run", apt)
    assert browser.find_chromium() == machine / "bin" / "chromium"


def test_none_can_be_had(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(BuildError, match=r"^The tests need Chromium: install chromium or Chrome"):
        browser.find_chromium()
    assert shutil.which("chromium") is None


def test_the_firefox_named_or_installed(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = put(machine / "bin" / "firefox")
    assert browser.find_firefox() == found
    named = put(machine / "mine")
    monkeypatch.setenv("LIVEGRAD_FIREFOX", str(named))
    assert browser.find_firefox() == named
    named.unlink()
    with pytest.raises(BuildError, match=r"LIVEGRAD_FIREFOX names .*; correct it"):
        browser.find_firefox()


@pytest.mark.parametrize("works", [True, False])
def test_root_on_debian_installs_firefox_if_it_can(
    machine: Path, monkeypatch: pytest.MonkeyPatch, works: bool
) -> None:
    put(machine / "bin" / "apt-get")
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0, raising=False)

    def apt(command: list[str], doing: str, **_: object) -> str:
        if not works:
            refuse(command, doing)
        if "install" in command:
            put(machine / "bin" / "firefox-esr")
        return ""

    monkeypatch.setattr(browser, "run", apt)
    assert browser.find_firefox() == (machine / "bin" / "firefox-esr" if works else None)


def test_without_firefox_nobody_is_kept(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000, raising=False)
    assert browser.find_firefox() is None
