"""A phone: fingers tap, drag and pinch; what has no room is under the three dots."""

import re
from collections.abc import Callable, Iterator

import pytest
from lab_page import LabPage
from playwright.sync_api import Browser, Locator, expect

from site_server import Site
from visitor import visitor

pytestmark = pytest.mark.page


@pytest.fixture(scope="module")
def phone(browser: Browser, site: Site) -> Iterator[LabPage]:
    with visitor(browser, site, phone=True) as page:
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.choose("memory stay flat")
        lab.run()
        yield lab


Touch = Callable[..., None]


@pytest.fixture
def touch(phone: LabPage) -> Iterator[Touch]:
    """Sends touch events, each of some fingers, as the device does."""
    session = phone.page.context.new_cdp_session(phone.page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        fingers = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    yield send
    session.detach()


def box_of(thing: Locator) -> dict[str, float]:
    box = thing.bounding_box()
    assert box is not None
    return {**box, "right": box["x"] + box["width"], "bottom": box["y"] + box["height"]}


def test_the_lines_around_the_present_one_leave_room_for_the_graph(phone: LabPage) -> None:
    editor = phone.page.get_by_role("region", name="Program")
    assert box_of(editor)["height"] < 200
    expect(editor.locator(".cm-now").first).to_be_in_viewport()
    graph, time = box_of(phone.graph), box_of(phone.slider)
    assert time["y"] - graph["y"] > 150  # of the graph, before the scrubber covers it
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_tap_opens_a_sheet_that_its_own_button_closes(phone: LabPage) -> None:
    phone.graph.get_by_role("button", name=re.compile("Square#30, alive")).tap()
    expect(phone.inspector).to_be_visible()
    expect(phone.inspector).to_contain_text("Square")
    close = phone.page.get_by_role("button", name="Close", exact=True)
    close.scroll_into_view_if_needed()
    sheet, button = box_of(phone.inspector), box_of(close)
    assert button["width"] >= 44
    assert button["height"] >= 44
    assert sheet["y"] <= button["y"]
    assert button["right"] <= sheet["right"]
    close.tap()
    expect(phone.inspector).to_be_hidden()


def test_the_buttons_of_time_are_large_and_a_finger_on_the_curve_scrubs(
    phone: LabPage, touch: Touch
) -> None:
    for name in ("Previous line", "Next death"):
        box = box_of(phone.page.get_by_role("button", name=name))
        assert box["height"] >= 44
        assert box["width"] >= 44
    phone.press("End")
    _, of, _ = phone.position()
    phone.page.get_by_role("button", name="Previous line").tap()
    phone.expect_step(of - 1)
    curve = box_of(phone.timeline)
    y = curve["y"] + 60
    phone.page.touchscreen.tap(curve["x"] + 13, y)
    phone.expect_step(1)
    touch("touchStart", (curve["x"] + 40, y))
    for x in (60, 120, 200):
        touch("touchMove", (curve["x"] + x, y))
    touch("touchEnd")
    assert of / 4 < phone.position()[0] < of * 3 / 4
    phone.press("End")


def test_two_fingers_zoom_the_graph(phone: LabPage, touch: Touch) -> None:
    page = phone.page
    node = phone.graph.get_by_role("button", name=re.compile("Square#30, alive"))
    node.scroll_into_view_if_needed()
    before = box_of(node)["width"]
    box = box_of(node)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch("touchStart", (x - 20, y), (x + 20, y))
    for apart in (30, 45, 60):
        touch("touchMove", (x - apart, y), (x + apart, y))
    touch("touchEnd")
    fit = page.get_by_role("button", name="Fit")
    expect(fit).to_be_visible()
    assert box_of(node)["width"] > before * 1.5
    assert page.evaluate("visualViewport.scale") == 1  # the graph alone, not the page
    fit.tap()
    expect(fit).to_be_hidden()
    assert abs(box_of(node)["width"] - before) < 1


def test_what_has_no_room_is_under_the_three_dots(phone: LabPage) -> None:
    page = phone.page
    lesson = page.get_by_role("region", name="Lesson")
    expect(phone.share_button).to_be_hidden()
    expect(lesson).to_be_hidden()
    expect(phone.output).to_be_hidden()
    more = page.get_by_role("button", name="Lesson, output and more")
    more.tap()
    for thing in (phone.share_button, lesson, phone.output):
        expect(thing).to_be_visible()
    expect(page.get_by_role("button", name="한국어")).to_be_visible()
    expect(lesson).to_contain_text("Why does memory stay flat?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    more.tap()
    expect(lesson).to_be_hidden()


def test_compare_draws_the_strong_graph_both_bills_and_both_curves(phone: LabPage) -> None:
    phone.choose_outputs("Compare")
    phone.run()
    phone.after_line(10, -1)
    strong = phone.page.get_by_role("region", name="Graph: Strong outputs")
    expect(strong.get_by_role("button", name=re.compile("Square#30, alive"))).to_be_visible()
    bills = [
        phone.page.get_by_role("region", name=f"Inspector: {side} outputs")
        for side in ("Weak", "Strong")
    ]
    weak, other = (box_of(bill) for bill in bills)
    assert weak["right"] <= other["x"] + 1
    assert abs(weak["y"] - other["y"]) < 2
    expect(bills[0]).to_contain_text("320 kB")
    expect(bills[1]).to_contain_text("3.2 MB")
    for side in ("weak", "strong"):
        expect(phone.timeline.locator(f"path.curve.{side}").first).to_be_attached()
    phone.choose_outputs("Weak")
