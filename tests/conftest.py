"""Fixtures for tests in a browser: the built site, served, and a page that may do no wrong."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

    from site_server import Site

# This file also runs inside Pyodide, where there is no browser to drive: what is
# needed for one is imported where it is used.

ROOT = Path(__file__).parent.parent
FIREFOXES = ("firefox-esr", "firefox")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


# A slow machine is not a fault, and Pyodide is about ten times as slow as a machine.
settings.register_profile("livegrad", deadline=None)
settings.register_profile("pyodide", deadline=None, max_examples=20, database=None)
settings.load_profile("pyodide" if sys.platform == "emscripten" else "livegrad")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--retake", action="store_true", help="keep the page's pictures anew (page/test_looks.py)"
    )


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
def playwright() -> Iterator["Playwright"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def start_chromium(playwright: "Playwright") -> Callable[..., "Browser"]:
    """Starts LIVEGRAD_CHROMIUM, or one that is installed, or Playwright's own, with options."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    sandbox = ["--no-sandbox"] if as_root else []  # Chromium refuses its sandbox to root
    program = _program("LIVEGRAD_CHROMIUM", CHROMIUMS)

    def start(*options: str) -> "Browser":
        return playwright.chromium.launch(executable_path=program, args=[*sandbox, *options])

    return start


@pytest.fixture(scope="session")
def browser(start_chromium: Callable[..., "Browser"]) -> Iterator["Browser"]:
    browser = start_chromium()
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright: "Playwright") -> Iterator["Browser"]:
    """Firefox: LIVEGRAD_FIREFOX, or one that is installed."""
    program = _program("LIVEGRAD_FIREFOX", FIREFOXES)
    if not program:
        pytest.skip("Firefox is not installed; LIVEGRAD_FIREFOX can name one")
    # This channel drives a Firefox as it is, over WebDriver BiDi.
    browser = playwright.firefox.launch(executable_path=program, channel="moz-firefox")
    yield browser
    browser.close()


def _program(variable: str, names: tuple[str, ...]) -> str | None:
    return os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session", params=["browser", "firefox"])
def each_browser(request: pytest.FixtureRequest) -> "Browser":
    """For tests of what must hold in Chromium and in Firefox."""
    found: Browser = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def page(browser: "Browser", site: "Site", request: pytest.FixtureRequest) -> "Iterator[Page]":
    """A page of a visitor of one test's own."""
    from visitor import visitor

    tolerant = request.node.get_closest_marker("console_errors") is not None
    with visitor(browser, site, console_errors=tolerant) as page:
        yield page
