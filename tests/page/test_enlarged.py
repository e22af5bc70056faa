"""The page enlarged to twice its size: nothing is lost, and nothing has to be moved sideways."""

import re
from collections.abc import Iterator

import pytest
from lab_page import LabPage
from playwright.sync_api import Browser, expect

from site_server import Site
from visitor import visitor

pytestmark = pytest.mark.page


@pytest.fixture(scope="module", params=[1280, 1440], ids=["of-1280", "of-1440"])
def enlarged(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[LabPage]:
    """To a page, 200 % is half the pixels of its window in both directions."""
    with visitor(browser, site) as page:
        page.set_viewport_size({"width": request.param // 2, "height": 400})
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.choose("memory stay flat")
        lab.run()
        lab.after_line(10, 4)
        yield lab


def test_everything_can_be_reached_without_moving_sideways(enlarged: LabPage) -> None:
    page = enlarged.page
    page.get_by_role("button", name="Lesson, output and more").click()
    enlarged.inspect("Variable#13")
    for thing in (
        enlarged.program,
        enlarged.graph,
        enlarged.inspector,
        enlarged.slider,
        enlarged.timeline,
        enlarged.output,
        enlarged.share_button,
        page.get_by_role("region", name="Lesson"),
        page.get_by_role("button", name="Next death"),
        page.get_by_role("textbox", name="Console"),
        page.get_by_role("button", name=re.compile("Show as table")),
    ):
        thing.scroll_into_view_if_needed()
        expect(thing).to_be_in_viewport()
        box = thing.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")


def test_nothing_that_stays_in_sight_takes_all_of_it(enlarged: LabPage) -> None:
    """What is pinned to an edge of the window leaves most of it to what is read."""
    stuck = enlarged.page.evaluate(
        """() => [...document.querySelectorAll("main > *, header")]
            .filter(e => ["sticky", "fixed"].includes(getComputedStyle(e).position))
            .reduce((sum, e) => sum + e.getBoundingClientRect().height, 0)"""
    )
    assert stuck < 200
