"""Recordings of many live objects: hundreds are drawn one by one, ten thousand fold by themselves.

The recordings are those of the bench, which tells how long a step takes; here it is counted what
a step touches, which is why it does not take long.
"""

import re
from collections.abc import Iterator

import long_trace
import pytest
from lab_page import START_MS, LabPage
from playwright.sync_api import Browser, expect

from site_server import Site
from visitor import visitor

pytestmark = pytest.mark.page

PASS = 14
"""Objects that each pass of the recordings' loop keeps."""

TOUCHED = """async () => {
    let touched = 0;
    const watch = new MutationObserver(all => { touched += all.length; });
    watch.observe(document.querySelector("svg.g"),
        { subtree: true, childList: true, attributes: true, characterData: true });
    const slider = document.querySelector("input.scrub");
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    const most = [];
    for (let back = 1; back <= 10; back++) {
        set.call(slider, slider.max - back);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(requestAnimationFrame);
        await new Promise(done => setTimeout(done));
        most.push(touched);
        touched = 0;
    }
    watch.disconnect();
    return most;
}"""
"""Changes in the picture at each of ten steps back from the end."""


@pytest.fixture(scope="module")
def reader(browser: Browser, site: Site) -> Iterator[LabPage]:
    """Whose recordings come from elsewhere: Python is not waited for."""
    with visitor(browser, site) as page:
        lab = LabPage(page).open(site.url)
        expect(lab.program).to_be_visible()
        yield lab


def open_recording(lab: LabPage, passes: int) -> None:
    """So many passes of a loop in which nothing ever dies, at their end."""
    lab.drop(f"{passes}.json", long_trace.trace(passes * long_trace.DRAWN, keep_all=True))
    steps = re.compile(f" of {1 + 5 * passes}, line")
    expect(lab.slider).to_have_attribute("aria-valuetext", steps, timeout=START_MS)
    lab.press("End")
    objects = f"{passes * PASS} objects"
    expect(lab.page.locator(".read")).to_contain_text(objects)


def drawn(lab: LabPage) -> int:
    return lab.graph.locator("svg.g").get_by_role("button").count()


def expect_few_are_touched(lab: LabPage) -> None:
    shapes = lab.page.locator("svg.g *").count()
    touched = lab.page.evaluate(TOUCHED)
    assert any(touched)
    assert max(touched) < min(150, shapes / 5), f"of {shapes} shapes, at each step: {touched}"
    lab.press("End")


def test_three_hundred_are_drawn_one_by_one_and_a_step_touches_few_of_them(reader: LabPage) -> None:
    passes = 21
    open_recording(reader, passes)
    expect_few_are_touched(reader)
    fold = reader.graph.get_by_role("button", name=re.compile("^Fold of"))
    fold.click()
    expect(fold).to_have_count(0)
    assert drawn(reader) == passes * PASS == 294
    expect_few_are_touched(reader)
    reader.graph.get_by_role("button", name="Fold again").click()
    expect(fold).to_have_count(1)


def test_ten_thousand_fold_by_themselves(reader: LabPage) -> None:
    passes = 720
    open_recording(reader, passes)
    fold = reader.graph.get_by_role("button", name=re.compile("^Fold of"))
    expect(fold).to_have_count(1)
    alone = drawn(reader) - 1
    assert PASS <= alone < 100
    assert reader.page.locator("svg.g *").count() < 1500
    folded = f"Fold of {passes - alone // PASS} times Variable, {passes * PASS - alone} objects"
    expect(fold).to_have_accessible_name(re.compile(f"^{folded}, "))
    newest = reader.graph.get_by_role("button", name=re.compile(rf"\bVariable#{4 * passes}, "))
    expect(newest).to_be_visible()
    expect_few_are_touched(reader)
    # What is in the fold is found, and told of.
    reader.page.keyboard.press("/")
    field = reader.page.get_by_role("searchbox", name="Find an object")
    field.fill("Square#40")
    field.press("Enter")
    expect(reader.inspector).to_contain_text("Square#40 is alive because")
    field.press("Escape")
    reader.slider.focus()
    reader.page.keyboard.press("Escape")
    # Opened, it shows as many as there may be: the newest, and a fold of all others.
    fold.click()
    expect(fold).to_have_accessible_name(re.compile(f"^Fold of {passes - 21} times Variable, "))
    assert drawn(reader) == 21 * PASS + 1
    expect(newest).to_be_visible()
    expect_few_are_touched(reader)
    reader.graph.get_by_role("button", name="Fold again").click()
    expect(fold).to_have_accessible_name(re.compile(f"^{folded}, "))
