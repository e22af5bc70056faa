"""The inspector tells of a chosen object: from the recording alone, in both languages."""

import re

import pytest
from lab_page import LabPage
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.page


def section(lab: LabPage, title: str) -> Locator:
    """A section of the inspector by its heading."""
    heading = lab.page.get_by_role("heading", level=3, name=re.compile(title))
    return lab.inspector.locator(".sec").filter(has=heading)


@pytest.fixture
def loop(lab: LabPage) -> LabPage:
    """After the fourth pass of the loop whose memory stays flat."""
    lab.choose(r"^8\b")
    lab.run()
    lab.after_line(10, 4)
    return lab


def test_why_it_is_alive_what_else_holds_it_and_the_edit_that_ends_it(loop: LabPage) -> None:
    loop.inspect("Variable#13")
    why = section(loop, "Why it is alive")
    expect(why).to_contain_text(
        "Variable#13 (x) is alive because x (line 9) holds it; x is a global. "
        "Take that away and inputs[0] of Square#10 (line 10) still would, through y."
    )
    expect(why).to_contain_text("To let it go: del x; and del y. That would free 11 objects, 320")
    ways = why.locator(".path")
    expect(ways).to_have_count(2)
    expect(ways.nth(1)).to_have_text("y→#16→Square#12→#15→Square#11→#14→Square#10→#13")
    ways.nth(1).get_by_role("button", name="Square#12").click()
    expect(loop.inspector).to_contain_text("Square")
    expect(section(loop, "Why it is alive")).to_contain_text("Square#12 is alive because creator")


def test_what_would_be_freed_at_once_and_what_only_by_a_collection(lab: LabPage) -> None:
    lab.choose(r"^8\b")
    lab.choose_outputs("Strong")
    lab.run()
    lab.after_line(10, 5)
    lab.inspect("Variable#20")
    freed = section(lab, "Would free if it died now")
    expect(freed).to_contain_text("80 kB at once, 3 objects, itself included")
    expect(freed).to_contain_text("160 kB more after a collection")
    expect(freed).to_contain_text("of 1.6 MB live")
    lab.inspect("Variable#16")
    expect(section(lab, "A collection would free")).to_contain_text(
        "320 kB, the whole island, 11 objects", use_inner_text=True
    )
    expect(section(lab, "Why it is still here")).to_contain_text(
        "it holds itself, by creator of Variable#16, outputs[0] of Square#12"
    )


def test_a_switch_tells_what_would_die_if_a_reference_were_weak(loop: LabPage) -> None:
    loop.inspect("Variable#13")
    switch = loop.inspector.get_by_role("switch", name="inputs[0] of Square#10 is weak")
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    answer = section(loop, "What if")
    expect(answer).to_contain_text("Loosened now, nothing would die")
    expect(answer).to_contain_text("it would have died one line sooner, at line 9, pass 5 of 10")
    expect(answer).to_contain_text("But backward() through Square#10 would then find no input.")
    switch.click()
    expect(answer).not_to_contain_text("Loosened")


def test_a_last_reference_made_weak_would_end_it_at_once(lab: LabPage) -> None:
    lab.run_source(
        "class Thing:\n    pass\n\nkept = [Thing()]\nkept[0].inner = Thing()\nkept = None\n"
    )
    lab.go_to_step(lab.position()[1] - 1)
    lab.inspect("Thing#1")
    lab.inspector.get_by_role("switch", name="kept[0] in <module> is weak").click()
    answer = section(lab, "What if")
    expect(answer).to_contain_text("Loosened now, 2 objects would die at once.")
    expect(answer).to_contain_text("it would have died 2 lines sooner, at line 4")


def test_the_dead_tell_what_killed_them_and_in_which_order_they_fell(loop: LabPage) -> None:
    loop.inspect("Variable#12")
    expect(section(loop, "What killed it")).to_contain_text(
        "it died on line 10 because the name y was rebound or deleted."
    )
    fall = section(loop, "What killed it").locator(".path button")
    assert [text.split()[0] for text in fall.all_inner_texts()] == [
        "†1", "†2", "†3", "†4", "†10", "†11",
    ]  # fmt: skip
    expect(section(loop, "Freed")).to_contain_text("320 kB in the whole fall, 11 objects")
    life = section(loop, "Life")
    expect(life).to_contain_text("1 of 11 in the fall")
    life.get_by_role("button", name="line 10, pass 3 of 10").click()
    expect(loop.slider).to_have_attribute("aria-valuetext", "step 14 of 37, line 10")
    expect(section(loop, "Would free")).to_be_visible()


def test_what_holds_and_what_is_held_lead_there_and_birth_to_its_line(loop: LabPage) -> None:
    loop.inspect("Square#12")
    held = section(loop, "What it holds")
    expect(held).to_contain_text("outputs[0]")
    expect(held).to_contain_text("weakly")
    expect(held).to_contain_text("generation 2")
    held.get_by_role("button", name="#15").click()
    expect(section(loop, "Why it is alive")).to_contain_text("Variable#15 is alive because")
    bill = loop.inspector.locator("ol")
    expect(bill).to_contain_text("inputs[0] of Square#12")
    bill.get_by_role("button", name="Square#12").click()
    expect(section(loop, "Why it is alive")).to_contain_text("Square#12 is alive because")
    loop.inspect("Variable#13")
    section(loop, "Life").get_by_role("button", name="line 9, pass 4 of 10").click()
    loop.expect_step(16)
    loop.expect_line(9)


def test_what_has_grown_by_line_since_the_beginning_or_since_here(lab: LabPage) -> None:
    lab.run_source(
        "class Thing:\n    pass\n\nkept = []\nfor i in range(4):\n    kept.append(Thing())\n"
        "    once = Thing()\n"
    )
    lab.page.keyboard.press("Escape")
    grown = section(lab, "What has grown")
    expect(grown).to_contain_text("since the beginning")
    expect(grown.get_by_role("listitem")).to_have_count(2)
    expect(grown.get_by_role("listitem").first).to_contain_text("line 6")
    expect(grown.get_by_role("listitem").first).to_contain_text("piles up")
    expect(grown.get_by_role("listitem").first).to_contain_text("4 objects in 4 runs")
    expect(grown.get_by_role("listitem").last).not_to_contain_text("piles up")
    lab.after_line(6, 2)
    grown.get_by_role("button", name="Count from here").click()
    expect(grown).to_contain_text("Nothing that was born since then is alive.")
    lab.after_line(6, 4)
    expect(grown).to_contain_text("since step")
    expect(grown.get_by_role("listitem").first).to_contain_text("2 objects in 2 runs")
    grown.get_by_role("button", name="Count from the beginning").click()
    expect(grown.get_by_role("listitem").first).to_contain_text("4 objects in 4 runs")


@pytest.mark.parametrize("width", [1024, 390])
def test_where_the_inspector_is_a_drawer_a_button_opens_what_has_grown(
    lab: LabPage, width: int
) -> None:
    lab.run_source(
        "class Thing:\n    pass\n\nkept = []\nfor i in range(4):\n    kept.append(Thing())\n"
    )
    lab.page.keyboard.press("Escape")
    report = lab.graph.get_by_role("button", name="What has grown")
    expect(report).to_be_hidden()
    lab.page.set_viewport_size({"width": width, "height": 844})
    try:
        expect(lab.inspector).to_be_hidden()
        report.click()
        expect(section(lab, "What has grown")).to_contain_text("4 objects in 4 runs")
        expect(section(lab, "What has grown")).to_be_in_viewport()
        section(lab, "What has grown").get_by_role("button", name=re.compile("Thing#")).last.click()
        expect(section(lab, "Why it is alive")).to_be_visible()
        lab.page.keyboard.press("Escape")
        expect(lab.inspector).to_be_hidden()
        report.click()
        expect(lab.inspector).to_be_visible()
        # The drawer lies over the button and has one to close it; the sheet does not.
        (
            report if width == 390 else lab.page.get_by_role("button", name="Close", exact=True)
        ).click()
        expect(lab.inspector).to_be_hidden()
    finally:
        lab.page.set_viewport_size({"width": 1440, "height": 900})


def test_views_and_the_memory_they_keep(lab: LabPage) -> None:
    lab.run_source("import numpy as np\nhuge = np.arange(1000.0)\ntiny = huge[:3]\nhuge = None\n")
    lab.page.keyboard.press("Escape")
    expect(section(lab, "What has grown")).to_contain_text(
        "A view reads 24 B and keeps the 8 kB of ndarray#1."
    )
    lab.inspect("ndarray#2")
    memory = section(lab, "Memory")
    expect(memory).to_contain_text("a view: 24 B of the 8 kB that ndarray#1 owns")
    expect(memory).to_contain_text("It alone keeps all 8 kB alive.")
    expect(memory).to_contain_text("(3,)")
    expect(memory).to_contain_text("float64")
    expect(memory).to_contain_text("0, 1, 2")
    memory.get_by_role("button", name="ndarray#1").click()
    expect(section(lab, "Memory")).to_contain_text("8 kB of its own")
    expect(section(lab, "Why it is alive")).to_contain_text(
        "tiny is a view, and keeps the whole array that it looks at: keep tiny.copy() instead"
    )


def test_terms_explain_themselves_on_hover_and_focus(loop: LabPage) -> None:
    loop.inspect("Variable#13")
    term = loop.inspector.get_by_role("button", name="Reference count", exact=True)
    note = loop.page.get_by_role("tooltip").filter(has_text="number of strong references")
    expect(note).to_be_hidden()
    term.focus()
    expect(note).to_be_visible()
    expect(term).to_have_accessible_description(re.compile("falls to 0"))
    loop.page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(section(loop, "Why it is alive")).to_be_visible()  # the selection stays
    term.blur()
    term.hover()
    expect(note).to_be_visible()
    note.hover()  # may be read at leisure
    expect(note).to_be_visible()
    loop.page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(section(loop, "Why it is alive")).to_be_visible()
    loop.slider.hover()
    term.hover()
    expect(note).to_be_visible()
    loop.slider.hover()
    expect(note).to_be_hidden()


def test_all_of_it_is_korean_too(loop: LabPage) -> None:
    loop.inspect("Variable#13")
    loop.inspector.get_by_role("switch").last.click()
    loop.page.get_by_role("button", name="한국어").click()
    try:
        told = loop.page.get_by_role("region", name="인스펙터")
        expect(told).to_contain_text("Variable#13(x) 객체는 x 참조(9행)가 있어 살아 있습니다.")
        expect(told).to_contain_text("그것을 없애도 Square#10의 inputs[0] 참조(10행)가 남습니다.")
        expect(told).to_contain_text("처음부터 약했다면 1행 먼저 소멸했을 것입니다")
        words = set(re.findall(r"[A-Za-z]{4,}", told.inner_text()))
        own = {"Variable", "Square", "ndarray", "inputs", "module", "data", "backward"}
        assert words <= own, words - own
    finally:
        loop.page.get_by_role("button", name="EN", exact=True).click()


def test_compare_says_what_losing_the_name_means(lab: LabPage) -> None:
    lab.choose(r"^8\b")
    lab.choose_outputs("Compare")
    lab.run()
    lab.after_line(10, 7)
    weak = lab.page.get_by_role("region", name="Graph: Weak outputs")
    weak.get_by_role("button", name=re.compile(r"Variable#28, alive")).first.click()
    bills = lab.page.get_by_role("region", name=re.compile("Inspector: "))
    expect(bills.first).to_contain_text("Lose y and the count is 0: it dies at once.")
    expect(bills.last).to_contain_text("Lose y and the count is still 1: it stays, out of reach.")


def test_the_middle_of_a_line_is_told(loop: LabPage) -> None:
    loop.page.keyboard.press("Escape")
    loop.slider.blur()  # its own arrows are whole lines
    loop.page.keyboard.press("Shift+ArrowLeft")
    said = loop.page.locator(".say")
    expect(said).to_contain_text("80 kB were just given back.")
    expect(said).to_contain_text(re.compile(r"In the middle of the line, event \d+ of \d+: \d+ kB"))
    loop.page.keyboard.press("Shift+ArrowLeft")
    expect(said).to_contain_text("ndarray#12 just died.")
