"""Labs in which Python has started: one shared by the tests of a file, one of a test's own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab_page import LabPage
from playwright.sync_api import Browser, Page

from site_server import Site
from visitor import visitor

# The build's steps and the recordings of the bench, importable: they are no package that is
# installed.
ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bench" / "page")]


@pytest.fixture(scope="module")
def shared_lab(browser: Browser, site: Site) -> Iterator[LabPage]:
    with visitor(browser, site) as page:
        yield LabPage(page).open(site.url).wait_for_python()


@pytest.fixture
def lab(shared_lab: LabPage) -> LabPage:
    """The lab of the file's tests, idle, showing weak outputs in English: starts cost seconds."""
    if shared_lab.stop_button.is_enabled():  # the test before failed half-way
        shared_lab.stop_button.click()
    shared_lab.choose_outputs("Weak")
    return shared_lab


@pytest.fixture
def own_lab(page: Page, site: Site) -> LabPage:
    return LabPage(page).open(site.url).wait_for_python()
