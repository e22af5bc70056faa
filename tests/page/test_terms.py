"""Every word of the field explains itself where it stands, to a pointer and to the keyboard."""

import re

import pytest
from lab_page import LabPage
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.page

HEADINGS = {
    "Reference count": "number of strong references",
    "Weak references": "does not add to the count",
    "Type": "a Function, NumPy",
    "State": "unreachable while only an island holds it",
    "Cause": "or the collector",
}


@pytest.fixture
def loop(lab: LabPage) -> LabPage:
    lab.choose("memory stay flat")
    lab.run()
    return lab


def expect_explained(lab: LabPage, word: Locator, text: str) -> None:
    """By pointer and by keys; Escape and leaving close it."""
    note = lab.page.get_by_role("tooltip").filter(has_text=text)
    expect(word).to_have_accessible_description(re.compile(text))
    word.hover()
    expect(note).to_be_visible()
    lab.slider.hover()
    expect(note).to_have_count(0)
    lab.page.keyboard.press("Shift")  # from here on the keyboard is used: focus is to be seen
    word.focus()
    expect(note).to_be_visible()
    lab.page.keyboard.press("Escape")
    expect(note).to_have_count(0)


def test_headings_of_the_table_explain_themselves_and_sort(loop: LabPage) -> None:
    loop.slider.focus()
    loop.page.keyboard.press("t")
    for name, text in HEADINGS.items():
        head = loop.table.get_by_role("columnheader", name=name)
        expect_explained(loop, head.get_by_role("button"), text)
    count = loop.table.get_by_role("columnheader", name="Reference count")
    count.get_by_role("button").click()
    expect(count).to_have_attribute("aria-sort", "ascending")
    loop.slider.focus()
    loop.page.keyboard.press("t")


CELLS = {"Square": "keeps its inputs", "dead": "the collector took it", "alive": "not yet freed"}


def test_cells_of_the_table_explain_themselves(loop: LabPage) -> None:
    loop.slider.focus()
    loop.page.keyboard.press("t")
    for text, explanation in CELLS.items():
        note = loop.page.get_by_role("tooltip").filter(has_text=explanation)
        loop.table.get_by_role("cell", name=text, exact=True).first.hover()
        expect(note.filter(visible=True)).to_have_count(1)
        loop.slider.hover()
        expect(note.filter(visible=True)).to_have_count(0)
    loop.slider.focus()
    loop.page.keyboard.press("t")


def test_the_status_explains_itself(loop: LabPage) -> None:
    expect_explained(loop, loop.status, "from outside the interpreter")


def test_words_of_a_lesson_explain_themselves(loop: LabPage) -> None:
    if loop.page.get_by_role("button", name="About this example").is_visible():
        loop.page.get_by_role("button", name="About this example").click()
    word = loop.page.get_by_role("region", name="Lesson").get_by_role("button")
    expect_explained(loop, word.get_by_text("cycle", exact=True), "lead back to where they began")
    with loop.in_korean():
        word = loop.page.get_by_role("region", name="학습").get_by_role("button")
        word = word.get_by_text("순환", exact=True)
        expect(word).to_have_accessible_description(re.compile("되돌아오는 강한 참조"))


def test_words_of_questions_explain_themselves(lab: LabPage) -> None:
    """Those of the question, of its choices and of the answer; choosing stays one press."""
    lab.choose("memory stay flat")
    lab.run()
    asks = lab.page.get_by_role("group", name=re.compile("^Check yourself"))
    expect_explained(lab, asks.nth(0).get_by_role("button", name="alive"), "Born and not yet freed")
    peak = asks.nth(1).get_by_role("button", name="highest point")
    expect_explained(lab, peak, "within a line too")
    asks.nth(1).get_by_role("button", name="640 kB").click()
    expect(asks.nth(1)).to_contain_text("Yes, by your recording: at the highest point")
    expect_explained(lab, peak.last, "within a line too")
    lab.choose(r"^4\b")
    count = asks.nth(1).get_by_role("button", name="reference count")
    expect_explained(lab, count, "number of strong references")
    choice = asks.nth(2).get_by_role("button", name="the collector")
    expect_explained(lab, choice, "looks for islands and frees them")
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    with lab.in_korean():
        asks = lab.page.get_by_role("group", name=re.compile("^확인 문제"))
        count = asks.nth(1).get_by_role("button", name="참조 카운트")
        expect(count).to_have_accessible_description(re.compile("강한 참조의 수입니다"))
        choice = asks.nth(2).get_by_role("button", name="수집기", exact=True)
        expect(choice).to_have_accessible_description(re.compile("섬을 찾아 해제하는"))


def test_transport_and_timeline_explain_themselves(loop: LabPage) -> None:
    button = loop.page.get_by_role
    expect_explained(loop, button("button", name=re.compile("peak so far")), "within a line too")
    expect_explained(loop, button("button", name=re.compile(r"\blive$")), "buffers of arrays")
    for name, text in (("objects", "not yet freed"), ("line", "no seconds"), ("deaths", "three")):
        word = loop.timeline.get_by_role("button", name=name, exact=True)
        expect_explained(loop, word, text)
    position = button("button", name=re.compile(r"^step \d+ of"))
    expect_explained(loop, position, "the end of one executed line")
    loop.press("ArrowLeft")  # the last step is the end of the loop
    position = button("button", name=re.compile(r"^pass \d+ of"))
    expect_explained(loop, position, "the same line was executed")
    died = loop.graph.get_by_role("button", name="died in earlier steps")
    expect(died).to_have_accessible_description(re.compile("no longer drawn"))
    loop.press("Home")
    expect_explained(loop, button("button", name="Next collection"), "A run of the collector")


def test_kinds_ways_of_running_and_costs_explain_themselves(loop: LabPage) -> None:
    graph = loop.graph.get_by_role
    expect_explained(loop, graph("button", name=re.compile(r"^Function \d")), "keeps its inputs")
    expect_explained(loop, graph("button", name=re.compile(r"^ndarray \d")), "buffer")
    compare = loop.outputs.get_by_role("radio", name="Compare")
    expect(compare).to_have_accessible_description(re.compile("Runs the program twice"))
    cost = loop.page.get_by_role("button", name=re.compile("at each line"))
    expect_explained(loop, cost, "allocated and freed")


def test_signs_in_the_picture_explain_themselves(loop: LabPage) -> None:
    loop.choose_outputs("Strong")
    loop.run()
    loop.after_line(10, 3)
    sign = loop.graph.get_by_role("button", name=re.compile("unreachable island"))
    expect_explained(loop, sign, "no name reaches them any more")
    sign.press("Enter")
    expect(loop.page.get_by_role("tooltip").filter(has_text="no name reaches")).to_be_visible()
    loop.page.keyboard.press("Escape")
    loop.choose_outputs("Weak")
    fallen = loop.graph.get_by_role("button", name=re.compile("^† .* died"))
    expect_explained(loop, fallen, "three fell")


def test_words_in_sentences_explain_themselves(loop: LabPage) -> None:
    told = loop.page.get_by_role("button", name="collector", exact=True)
    expect_explained(loop, told.first, "looks for islands and frees them")
    loop.after_line(10, 4)
    loop.inspect("Variable#13")
    for name, text in (("born", "came to be"), ("dies", "is freed"), ("cause", "What freed it")):
        word = loop.inspector.get_by_role("button", name=name, exact=True)
        expect_explained(loop, word, text)
    expect_explained(
        loop, loop.inspector.get_by_role("button", name="reference count", exact=True), "falls to 0"
    )
    loop.page.keyboard.press("Escape")


def test_totals_of_both_runs_explain_themselves(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.choose_outputs("Compare")
    lab.run()
    lab.after_line(10, -1)
    strong = lab.page.get_by_role("region", name="Graph: Strong outputs")
    lost = strong.get_by_role("button", name=re.compile(r"^⊘ \d+ unreachable$"))
    expect_explained(lab, lost, "no name reaches them any more")


def test_they_are_korean_on_a_korean_page(loop: LabPage) -> None:
    loop.page.get_by_role("button", name="한국어").click()
    word = loop.page.get_by_role("button", name="소멸", exact=True)
    expect(word).to_have_accessible_description(re.compile("객체가 해제되는 순간입니다"))
    loop.page.get_by_role("button", name="EN", exact=True).click()
