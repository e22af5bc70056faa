"""Fixtures for tests in a browser: the built site, served, and a page that may do no wrong."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from site_server import Site

# This file also runs inside Pyodide, where there is no browser to drive: what is
# needed for one is imported where it is used.

ROOT = Path(__file__).parent.parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


# A slow machine is not a fault, and Pyodide is about ten times as slow as a machine.
settings.register_profile("livegrad", deadline=None)
settings.register_profile("pyodide", deadline=None, max_examples=20, database=None)
settings.load_profile("pyodide" if sys.platform == "emscripten" else "livegrad")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "page: drives the built site in a browser")
    config.addinivalue_line(
        "markers",
        "console_errors: the page may write errors to the console, as Pyodide's death does",
    )


@pytest.fixture(scope="session")
def dist() -> Path:
    """The built site."""
    folder = Path(os.environ.get("LIVEGRAD_DIST", ROOT / "dist"))
    if not (folder / "index.html").is_file():
        pytest.fail(f"there is no built site in {folder}: run `python3 build.py build` first")
    return folder


@pytest.fixture(scope="session")
def site(dist: Path) -> Iterator["Site"]:
    """The built site, served under a sub-path."""
    from site_server import serve

    with serve(dist) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium: LIVEGRAD_CHROMIUM, or one that is installed, or Playwright's own."""
    from playwright.sync_api import sync_playwright

    found = os.environ.get("LIVEGRAD_CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUMS)), None
    )
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox"] if as_root else [],  # Chromium refuses its sandbox to root
        )
        yield browser
        browser.close()


class Watch:
    """What a browser context does that it must not."""

    def __init__(self, context: "BrowserContext", origin: str) -> None:
        self.faults: list[str] = []
        self.console: list[str] = []
        context.on("console", lambda m: m.type == "error" and self.console.append(m.text))
        context.on("weberror", lambda e: self.faults.append(f"uncaught: {e.error}"))
        context.on("request", lambda request: self._check(request.url, origin))

    def _check(self, url: str, origin: str) -> None:
        if not url.startswith((f"{origin}/", f"blob:{origin}/", "blob:null/", "data:", "about:")):
            self.faults.append(f"request to another origin: {url}")

    def verify(self, *, console_errors: bool = False) -> None:
        """Fail the test that had the page."""
        faults = self.faults + ([] if console_errors else [f"console: {t}" for t in self.console])
        assert not faults, "\n".join(faults)


@contextmanager
def visitor(browser: "Browser", site: "Site", *, console_errors: bool = False) -> "Iterator[Page]":
    """A blank page of a visitor without a past; on leaving, fails if the page went wrong."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    watch = Watch(context, site.origin)
    try:
        yield context.new_page()
    finally:
        context.close()
    watch.verify(console_errors=console_errors)


@pytest.fixture
def page(browser: "Browser", site: "Site", request: pytest.FixtureRequest) -> "Iterator[Page]":
    """A page of a visitor of one test's own."""
    tolerant = request.node.get_closest_marker("console_errors") is not None
    with visitor(browser, site, console_errors=tolerant) as page:
        yield page
