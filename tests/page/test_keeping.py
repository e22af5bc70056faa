"""Nothing is lost: reloads, Stop, a dead interpreter, closed tabs, two tabs, and undo."""

import re

import pytest
from lab_page import LabPage, wait_until
from playwright.sync_api import Browser, expect

from site_server import Site
from visitor import visitor

pytestmark = pytest.mark.page


def test_two_tabs_do_not_overwrite_each_other_and_a_closed_one_is_gone_on_with(
    browser: Browser, site: Site
) -> None:
    with visitor(browser, site) as page:
        context = page.context
        context.route("**/runtime/*", lambda _: None)  # three Pythons would take long to start
        one = LabPage(page).open(site.url)
        one.write("tab = 'one'\n")
        two = LabPage(context.new_page()).open(site.url)
        expect(two.program).not_to_contain_text("tab = 'one'")
        two.write("tab = 'two'\n")
        one.write("tab = 'one, later'\n")
        two.page.reload()
        expect(two.program).to_contain_text("tab = 'two'")
        one.page.reload()
        expect(one.program).to_contain_text("tab = 'one, later'")
        two.page.close()
        # The browser lets go of what a tab held a moment after it has closed.
        held = "async () => (await navigator.locks.query()).held.length === 1"
        wait_until(one.page, held)
        three = LabPage(context.new_page()).open(site.url)
        expect(three.program).to_contain_text("tab = 'two'")
        expect(one.program).to_contain_text("tab = 'one, later'")


def test_undo_survives_choosing_a_lesson(lab: LabPage) -> None:
    lab.choose(r"^3\b")
    lab.write("mine = 'not a lesson'\n")
    lab.choose(r"^4\b")
    expect(lab.program).to_contain_text("c.a = a")
    lab.program.click()
    lab.page.keyboard.press("ControlOrMeta+Z")
    expect(lab.program).to_contain_text("mine = 'not a lesson'")
    for _ in range(2):  # replacing a text by another is one change or two
        if "c = Thing()" not in lab.program.inner_text():
            lab.page.keyboard.press("ControlOrMeta+Z")
    expect(lab.program).to_contain_text("c = Thing()")
    # The text is the third lesson's again, and so is the page.
    expect(lab.example.locator("option:checked")).to_contain_text("A chain falls")


@pytest.mark.console_errors
def test_the_text_survives_stop_and_death_and_a_reload_after_them(own_lab: LabPage) -> None:
    lab = own_lab
    lab.write("while True:\n    pass\n")
    lab.run_button.click()
    expect(lab.status_saying("^Running")).to_be_visible()
    lab.stop_button.click()
    expect(lab.program).to_contain_text("while True:")
    lab.run_source("import os\nos.abort()\n", ending="^Failed: Python died")
    expect(lab.program).to_contain_text("os.abort()")
    lab.page.reload()
    expect(lab.program).to_contain_text("os.abort()")


def test_what_is_written_after_a_link_was_opened_or_made_survives_a_reload(lab: LabPage) -> None:
    page = lab.page
    lab.write("shared = 1\n")
    lab.share_button.click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    page.keyboard.press("Escape")
    lab.write("later = 2\n")
    expect(page).not_to_have_url(re.compile("#"))
    link = page.evaluate("navigator.clipboard.readText()")
    guest = LabPage(page.context.new_page()).open(link)
    expect(guest.program).to_contain_text("shared = 1")
    guest.write("guest = 3\n")
    guest.page.reload()
    expect(guest.program).to_contain_text("guest = 3")
    guest.page.close()


def test_lessons_chosen_faster_than_they_are_drawn_leave_the_last(lab: LabPage) -> None:
    """Each text is set after a paint: one that is late must not be taken for the reader's."""
    chosen = lab.example.evaluate(
        """async select => {
            const { port1, port2 } = new MessageChannel();
            for (const lesson of [0, 1, 2, 3, 2]) {
                select.selectedIndex = lesson;
                select.dispatchEvent(new Event("change", { bubbles: true }));
                await new Promise(next => { port1.onmessage = next; port2.postMessage(0); });
            }
            port1.close();
            return select.value;
        }"""
    )
    expect(lab.program).to_contain_text("b.c = c")
    expect(lab.example).to_have_value(chosen)
