"""Which browsers the tests use: Chromium always, and Firefox and WebKitGTK where there is one.

Of Chromium, in order: the one that LIVEGRAD_CHROMIUM names; Playwright's own; the one that
was chosen last time; Playwright's own, downloaded; one that is installed; on
Debian, as root, one that apt installs. Of Firefox: the one that LIVEGRAD_FIREFOX
names; one that is installed; on Debian, as root, Debian's. (Playwright's own Firefox
is a changed one; the tests drive the real thing, over WebDriver BiDi.) Of WebKitGTK, whose
small browser comes with the driver: the driver that LIVEGRAD_WEBKIT names; one that is
installed; on Debian, as root, Debian's, with a screen to show it on.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from web.build.steps import SCRATCH, BuildError, run, step

CHOSEN = SCRATCH / "browser"  # so that a refused download is not tried at every run
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
FIREFOXES = ("firefox-esr", "firefox")
WEBKITS = ("WebKitWebDriver",)
PACKAGES = ("chromium", "fonts-noto-cjk")  # the fonts: the page is Korean too


def find_chromium() -> Path:
    """The browser's program. Raises BuildError when there is none and none can be had."""
    if named := _named("LIVEGRAD_CHROMIUM"):
        return named
    for found in _there():
        return found
    with step("A browser for the tests"):
        found = _have_one()
    SCRATCH.mkdir(exist_ok=True)
    CHOSEN.write_text(str(found), encoding="utf-8")
    return found


def find_firefox() -> Path | None:
    """The browser's program; None where there is none and none can be had."""
    return _find("Firefox", "LIVEGRAD_FIREFOX", FIREFOXES, ["firefox-esr"])


def find_webkit() -> Path | None:
    """The program that drives WebKitGTK; None where there is none and none can be had."""
    return _find("WebKitGTK", "LIVEGRAD_WEBKIT", WEBKITS, ["webkit2gtk-driver", "xvfb"])


def _find(name: str, variable: str, programs: Sequence[str], packages: list[str]) -> Path | None:
    if named := _named(variable):
        return named
    if found := _on_path(programs):
        return found
    if not _has_apt():
        return None
    try:
        with step(f"{name} for the tests"):
            _install(packages, f"Installing {name}")
    except BuildError:
        return None
    return _on_path(programs)


def _named(variable: str) -> Path | None:
    named = os.environ.get(variable)
    if named and not Path(named).is_file():
        raise BuildError(f"{variable} names {named}, which is not a file; correct it.")
    return Path(named) if named else None


def _there() -> Iterator[Path]:
    own = playwrights_own()
    if own.is_file():
        yield own
    if CHOSEN.is_file() and (chosen := Path(CHOSEN.read_text(encoding="utf-8"))).is_file():
        yield chosen


def _have_one() -> Path:
    refusal = ""
    try:
        run([sys.executable, "-P", "-m", "playwright", "install", "chromium"], "Getting Chromium")
        if (own := playwrights_own()).is_file():
            return own
    except BuildError as error:
        refusal = str(error)
    if found := installed():
        return found
    if _has_apt():
        _install(PACKAGES, "Installing Chromium")
        if found := installed():
            return found
    raise BuildError(
        "The tests need Chromium: install chromium or Chrome, or name one in LIVEGRAD_CHROMIUM."
        + (f"\n{refusal}" if refusal else "")
    )


def _has_apt() -> bool:
    """Whether this is Debian or a child of it, and we may install."""
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def _install(packages: Sequence[str], doing: str) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], "Updating the list of Debian's packages", env=quiet)
    run(["apt-get", "install", "-y", "--no-install-recommends", *packages], doing, env=quiet)


def installed() -> Path | None:
    there = (Path(place) for place in PLACES if Path(place).is_file())
    return _on_path(NAMES) or next(there, None)


def _on_path(names: Sequence[str]) -> Path | None:
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def playwrights_own() -> Path:
    """Where Playwright keeps its Chromium, be it there or not."""
    from playwright.sync_api import sync_playwright  # late: only tests need it

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)
