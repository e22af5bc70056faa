"""Fixtures: the page's interpreter with the tests in it, one for each file of tests."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_server import Site

sys.path.insert(0, str(Path(__file__).parent))

from interpreter import (
    Interpreter,
    ProbeName,
    Way,
    manifest_of,
    packages,
    project,
    served,
)


@pytest.fixture(scope="package")
def site(dist: Path) -> Iterator[Site]:
    with served(dist, packages("pytest", "hypothesis", "autograd"), project()) as site:
        yield site


@pytest.fixture(scope="module")
def start(browser: Browser, dist: Path, site: Site) -> Iterator[Callable[..., Interpreter]]:
    address = manifest_of(dist, site)
    pages = []

    def open_page(way: Way, probe: ProbeName = "outside") -> Interpreter:
        pages.append(browser.new_page())
        return Interpreter(pages[-1], site.url, address, way, probe)

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture(scope="module")
def interpreter(start: Callable[..., Interpreter]) -> Interpreter:
    return start("short")
