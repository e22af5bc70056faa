"""Which Chromium the tests use.

In order: the one that LIVEGRAD_CHROMIUM names; Playwright's own; the one that
was chosen last time; Playwright's own, downloaded; one that is installed; on
Debian, as root, one that apt installs.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from web.build.steps import SCRATCH, BuildError, run, step

CHOSEN = SCRATCH / "browser"  # so that a refused download is not tried at every run
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
PACKAGES = ("chromium", "fonts-noto-cjk")  # the fonts: the page is Korean too


def find_chromium() -> Path:
    """The browser's program. Raises BuildError when there is none and none can be had."""
    if named := os.environ.get("LIVEGRAD_CHROMIUM"):
        if Path(named).is_file():
            return Path(named)
        raise BuildError(f"LIVEGRAD_CHROMIUM names {named}, which is not a file; correct it.")
    for found in _there():
        return found
    with step("A browser for the tests"):
        found = _have_one()
    SCRATCH.mkdir(exist_ok=True)
    CHOSEN.write_text(str(found), encoding="utf-8")
    return found


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
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update"], "Updating the list of Debian's packages", env=quiet)
        install = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]
        run(install, "Installing Chromium", env=quiet)
        if found := installed():
            return found
    raise BuildError(
        "The tests need Chromium: install chromium or Chrome, or name one in LIVEGRAD_CHROMIUM."
        + (f"\n{refusal}" if refusal else "")
    )


def installed() -> Path | None:
    for name in NAMES:
        if program := shutil.which(name):
            return Path(program)
    return next((Path(place) for place in PLACES if Path(place).is_file()), None)


def playwrights_own() -> Path:
    """Where Playwright keeps its Chromium, be it there or not."""
    from playwright.sync_api import sync_playwright  # late: only tests need it

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)
