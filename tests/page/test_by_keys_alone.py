"""One visit without a mouse: each thing is gone to with Tab, and where one is can be seen."""

import re

import pytest
from lab_page import LabPage
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.page

STOPS = 250
"""More stops than the page has."""

SEEN = """() => {
    const at = document.activeElement;
    if (at === document.body) return "";
    const style = element => getComputedStyle(element);
    const ring = ({ outlineStyle, outlineWidth }) =>
        outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    const frame = at.closest(".ask-line, .cm-editor");
    const shape = at.closest("svg.g") && at.querySelector(".s, rect");
    const isSeen = frame
        ? style(frame).boxShadow !== "none"
        : shape
          ? style(shape).stroke !== "none" && parseFloat(style(shape).strokeWidth) >= 2
          : ring(style(at)) || (at.closest("label") && ring(style(at.closest("label"))));
    return isSeen ? "" : at.outerHTML.slice(0, 200);
}"""
"""What has the focus, if nothing around it shows that; the page as a whole shows nothing."""

WHERE = f"""thing => [
    thing === document.activeElement,
    document.activeElement.matches(".cm-content"),
    ({SEEN})(),
]"""


class Keys:
    """Nothing but a keyboard."""

    def __init__(self, lab: LabPage) -> None:
        self.page = lab.page
        self.press = lab.page.keyboard.press
        self.type = lab.page.keyboard.insert_text

    def go_to(self, thing: Locator, key: str = "Tab") -> None:
        """Press Tab until the thing has the focus, and see the focus at each stop."""
        for _ in range(STOPS):
            is_there, is_program, unseen = thing.evaluate(WHERE)
            if unseen:  # the program shows its focus a moment later
                self.page.wait_for_function(f"() => !({SEEN})()", timeout=5000)
            if is_there:
                return
            if is_program:
                self.press("Escape")  # Tab indents there, as the list of keys says
            self.press(key)
        raise AssertionError(f"{thing} is not reached")

    def use(self, thing: Locator, key: str = "Enter") -> None:
        self.go_to(thing)
        self.press(key)


def test_everything_can_be_done_without_a_mouse(own_lab: LabPage) -> None:
    lab, page = own_lab, own_lab.page
    keys = Keys(lab)
    button = page.get_by_role

    # Choose a lesson, change its program, run it.
    keys.go_to(lab.example)
    keys.press("Home")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(lab.program).to_contain_text("b.c = c")
    keys.go_to(lab.program)
    keys.press("ControlOrMeta+End")
    keys.type("d = Thing()\n")
    keys.press("ControlOrMeta+Enter")
    expect(lab.status_saying("^Finished")).to_be_visible()

    # Leave the program, step.
    keys.press("Escape")
    _, of, _ = lab.position()
    keys.press("Home")
    lab.expect_step(1)
    keys.press("d")
    expect(lab.graph.get_by_text("†")).not_to_have_count(0)
    keys.press("End")
    keys.press("ArrowLeft")
    lab.expect_step(of - 1)
    keys.press("End")

    # The table: sort it, choose an object in it.
    keys.press("t")
    count = lab.table.get_by_role("columnheader", name="Reference count")
    keys.use(count.get_by_role("button"))
    expect(count).to_have_attribute("aria-sort", "ascending")
    keys.use(lab.table.get_by_role("rowheader", name="d", exact=True).get_by_role("button"))
    expect(lab.inspector).to_contain_text("Thing#4")
    keys.press("t")
    keys.press("Escape")

    # The graph: choose an object, ask what if.
    node = lab.graph.get_by_role("button", name=re.compile("Thing#4, alive")).first
    keys.use(node)
    expect(node).to_have_attribute("aria-pressed", "true")
    what_if = lab.inspector.get_by_role("switch").first
    keys.use(what_if, " ")
    expect(what_if).to_have_attribute("aria-checked", "true")
    expect(page.locator(".explains:popover-open")).to_have_count(0)  # Escape closes these first
    keys.press("Escape")
    expect(node).to_have_attribute("aria-pressed", "false")

    # Both ways side by side, and back.
    keys.press("3")
    keys.press("ControlOrMeta+Enter")
    expect(page.get_by_role("region", name=re.compile("^Graph"))).to_have_count(2)
    expect(lab.status_saying("^Finished")).to_be_visible()
    keys.press("2")
    expect(lab.outputs.get_by_role("radio", name="Weak", exact=True)).to_be_checked()

    # The console, and out of it.
    console = page.get_by_role("region", name="Console", exact=True)
    keys.go_to(console.get_by_role("textbox", name="Console"))
    keys.type("6 * 7")
    keys.press("Enter")
    expect(console.get_by_role("log")).to_contain_text("42")

    # Share, language, theme, keys: each closes with Escape, and the focus is back.
    keys.use(lab.share_button)
    sheet = page.get_by_role("region", name="Link and files")
    expect(sheet).to_be_visible()
    keys.go_to(sheet.get_by_role("button", name=re.compile("Markdown")))
    keys.press("Escape")
    expect(sheet).to_be_hidden()
    expect(lab.share_button).to_be_focused()
    keys.use(button("button", name="한국어"))
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    keys.go_to(button("button", name="EN", exact=True), "Shift+Tab")
    keys.press("Enter")
    help_button = button("button", name="Keyboard")
    keys.use(help_button)
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_be_visible()
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(help_button).to_be_focused()
    before = page.locator("html").get_attribute("data-theme")
    keys.use(button("button", name="Theme"))
    expect(page.locator("html")).not_to_have_attribute("data-theme", before or "")
