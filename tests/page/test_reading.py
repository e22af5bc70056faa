"""The page around a recording: keys, links, text kept, languages, sizes, Compare."""

import re
from urllib.parse import urldefrag

import pytest
from lab_page import START_MS, LabPage
from playwright.sync_api import Page, expect

from site_server import Site

pytestmark = pytest.mark.page


def test_why_a_recording_ended_early_is_told_in_the_language_of_the_page(own_lab: LabPage) -> None:
    own_lab.run_source("for _ in range(60_000):\n    pass\nprint('the end')\n")
    expect(own_lab.output).to_contain_text("its limit of 100,000 executed lines was reached")
    words = "Finished, 100000 steps, recorded up to the limit of executed lines"
    expect(own_lab.status_saying(words)).to_be_visible()
    console = own_lab.page.get_by_role("region", name="Console", exact=True)
    expect(console).to_contain_text("not recorded: the recording has reached its limit")
    console.get_by_role("textbox").fill("6 * 7")
    console.get_by_role("textbox").press("Enter")
    expect(console).to_contain_text("42")
    own_lab.expect_step(100_000)
    own_lab.page.get_by_role("button", name="한국어").click()
    log = own_lab.page.get_by_role("log").first
    expect(log).to_contain_text("실행한 행 수가 한도(100,000)에 이르렀습니다")
    expect(log).to_contain_text("the end")


def test_a_program_stopped_after_a_limit_says_both(lab: LabPage) -> None:
    lab.write("n = 0\nwhile True:\n    n += 1\n")
    lab.run_button.click()
    words = "recorded up to the limit of executed lines"
    expect(lab.status_saying(f"^Running, {words}$")).to_be_visible(timeout=START_MS)
    lab.stop_button.click()
    expect(lab.status_saying(f"^Stopped, {words}$")).to_be_visible()
    expect(lab.output).to_contain_text("its limit of 100,000 executed lines was reached")
    expect(lab.output).to_contain_text("Stopped. The recording up to here stays.")


def test_everything_has_the_name_that_the_contract_gives_it(lab: LabPage) -> None:
    lab.choose(r"^7\b")
    lab.run()
    for found in (
        lab.program,
        lab.example,
        lab.page.get_by_role("button", name="Run", exact=True),
        lab.stop_button,
        lab.share_button,
        lab.outputs,
        lab.slider,
        lab.output,
        lab.graph,
        lab.timeline,
        lab.inspector,
        lab.status,
    ):
        expect(found).to_have_count(1)
        expect(found).to_be_visible()
    expect(lab.table).to_have_count(1)
    radios = lab.outputs.get_by_role("radio")
    expect(radios).to_have_count(3)
    for name in ("Weak", "Strong", "Compare"):
        expect(lab.outputs.get_by_role("radio", name=name, exact=True)).to_have_count(1)
    assert re.fullmatch(r"Finished, \d+ steps", lab.status.inner_text().strip())


def test_the_examples_can_be_chosen_and_are_in_the_books_order(lab: LabPage) -> None:
    options = lab.example.get_by_role("option").all_inner_texts()
    numbers = [int(match[1]) for text in options if (match := re.match(r"\s*(\d+)\b", text))]
    assert numbers == list(range(1, 23))
    lab.choose(r"^2\b")
    expect(lab.program).to_contain_text("class Thing")


def test_arrows_step_through_the_lines_and_stop_at_the_ends(lab: LabPage) -> None:
    lab.run_source("a = 1\nb = 2\n\nc = 3\n")
    assert lab.position() == (3, 3, 4)
    lab.press("ArrowLeft")
    expect(lab.slider).to_have_attribute("aria-valuetext", "step 2 of 3, line 2")
    lab.press("Home")
    expect(lab.slider).to_have_attribute("aria-valuetext", "step 1 of 3, line 1")
    lab.press("ArrowLeft")
    expect(lab.slider).to_have_attribute("aria-valuetext", "step 1 of 3, line 1")
    lab.press("ArrowRight")
    lab.press("ArrowRight")
    lab.press("ArrowRight")
    expect(lab.slider).to_have_attribute("aria-valuetext", "step 3 of 3, line 4")


def test_a_reload_keeps_the_text(own_lab: LabPage) -> None:
    lab = own_lab
    lab.write("kept = 'over a reload'\n")
    expect(lab.program).to_contain_text("over a reload")
    lab.page.reload()
    expect(lab.program).to_contain_text("kept = 'over a reload'")


def test_a_link_carries_the_program_in_its_fragment_and_runs_nothing(
    lab: LabPage, site: Site
) -> None:
    lab.write("print('shared', '한글')\n")
    lab.share_button.click()
    expect(lab.page.get_by_text("Link copied")).to_be_visible()
    link = lab.page.evaluate("navigator.clipboard.readText()")
    address, fragment = urldefrag(link)
    assert address == site.url
    assert fragment
    guest = LabPage(lab.page.context.new_page()).open(link).wait_for_python()
    expect(guest.program).to_contain_text("print('shared', '한글')")
    expect(guest.output).not_to_contain_text("shared")
    expect(guest.status_saying("^Ready")).to_be_visible()
    guest.run()
    expect(guest.output).to_contain_text("shared 한글")


def test_compare_runs_both_and_shows_both_graphs(lab: LabPage) -> None:
    lab.choose(r"^8\b")
    lab.choose_outputs("Compare")
    lab.run()
    lab.after_line(10, -1)
    main = lab.page.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"320\s*kB"))
    expect(main).to_contain_text(re.compile(r"3\.2\s*MB"))


def test_the_page_is_korean_too(own_lab: LabPage) -> None:
    lab = own_lab
    lab.page.get_by_role("button", name="한국어").click()
    expect(lab.page.locator("html")).to_have_attribute("lang", "ko")
    expect(lab.page.get_by_role("textbox", name="프로그램")).to_be_visible()
    run = lab.page.get_by_role("button", name="실행", exact=True)
    expect(run).to_be_visible()
    run.click()
    expect(lab.page.get_by_role("status")).to_contain_text("완료")


ENGLISH = """() => {
    const found = [];
    const own = "code, pre, kbd, noscript, .still-empty, .cm-editor, [lang=en]";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode()); )
        if (!text.parentElement.closest(own)) found.push(text.data);
    for (const name of ["aria-label", "aria-valuetext", "title", "placeholder"])
        for (const element of document.querySelectorAll(`[${name}]`))
            if (!element.closest(own)) found.push(element.getAttribute(name));
    const code = [...document.querySelectorAll("code, .cm-line")].map(each => each.textContent);
    const known = new Set(code.join(" ").match(/[A-Za-z_]+/g));
    const words = found.join(" ").match(/[A-Za-z]{3,}/g);
    return [...new Set(words)].filter(word => !known.has(word));
}"""
"""Words of English letters, seen or heard, that are neither code nor names in the code."""
NAMES = {
    *("Livegrad", "livegrad", "Python", "CPython", "NumPy", "DeZero", "Chrome", "Edge", "Firefox"),
    *("Safari", "Variable", "Function", "Square", "ndarray", "module", "main", "inputs", "creator"),
    *("data", "None", "collect", "dtype", "shape", "grad", "backward", "outputs", "Enter", "Tab"),
    *("Shift", "Esc", "Home", "End", "Space", "Ctrl", "Markdown", "iframe", "json", "svg", "png"),
}
"""Of the program, of keys, of formats and of makers."""


def assert_no_english(lab: LabPage, where: str) -> None:
    english = set(lab.page.evaluate(ENGLISH)) - NAMES
    assert not english, f"{where}: {english}"


def test_on_a_korean_page_every_word_is_korean(lab: LabPage) -> None:
    page = lab.page
    lab.choose("memory stay flat")
    lab.run()
    lab.after_line(10, 4)
    lab.inspect("Variable#13")
    lab.inspector.get_by_role("switch").first.click()
    lab.share_button.click()
    with lab.in_korean():
        expect(page.get_by_role("textbox", name="프로그램")).to_be_visible()
        assert_no_english(lab, "sharing, and an object")
        page.keyboard.press("Escape")
        slider = page.get_by_role("slider", name="단계")
        for key, there in (("t", ".tabled table"), ("/", ".finder"), ("3", ".cmp")):
            slider.focus()
            page.keyboard.press(key)
            expect(page.locator(there).first).to_be_visible()
            assert_no_english(lab, there)
            page.keyboard.press("Escape")
        slider.focus()
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        assert_no_english(lab, "keys")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    lab.press("t")


@pytest.mark.parametrize("width", [390, 768])
def test_it_works_on_a_narrow_screen(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    lab = LabPage(page).open(site.url).wait_for_python()
    lab.choose(r"^8\b")
    lab.run()
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0
    step, of, _ = lab.position()
    assert step == of
    expect(lab.slider).to_be_visible()
    expect(lab.graph).to_be_visible()


def test_language_and_theme_are_those_of_the_last_visit(page: Page, site: Site) -> None:
    page.goto(site.url)
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Theme").click()
    page.get_by_role("button", name="한국어").click()
    for tab in (page, page.context.new_page()):
        tab.goto(site.url)
        expect(tab.get_by_role("textbox", name="프로그램")).to_be_visible()
        expect(tab.locator("html")).to_have_attribute("lang", "ko")
        expect(tab.locator("html")).to_have_attribute("data-theme", "dark")


def test_what_is_empty_says_what_is_so_and_what_to_do(lab: LabPage) -> None:
    said = lab.page.locator(".say")
    lab.run_source("class T:\n    pass\n\na = 1\n")
    expect(lab.output).to_contain_text("The program printed nothing.")
    expect(lab.output).to_contain_text("The collector did not run.", use_inner_text=True)
    expect(lab.graph).to_contain_text("Nothing is alive that this page draws.")
    expect(lab.graph).to_contain_text("Nothing has died")
    expect(said).to_contain_text("Nothing that is watched was born, died or changed hands.")
    expect(lab.inspector).to_contain_text("Choose an object in the graph or in the table")
    lab.choose_outputs("Strong")
    none = "No recording with Strong outputs for this text. Press Run to make one."
    expect(lab.graph).to_contain_text(none)
    expect(said).to_contain_text("Press Run to see what each line does.")
    expect(lab.slider).to_have_attribute("aria-valuetext", "Nothing recorded")
    lab.choose_outputs("Compare")
    strong = lab.page.get_by_role("region", name="Graph: Strong outputs")
    expect(strong).to_contain_text(
        "Press Run: the program runs with weak outputs, then with strong"
    )
    lab.choose_outputs("Weak")
    lab.run_source("# nothing to do\n")
    for view in (lab.graph, said):
        expect(view).to_contain_text("No line was executed, so there is nothing to step through.")
    lab.run_source("class T:\n    pass\n\na = T()\n")
    lab.inspect("T#1")
    expect(lab.inspector).to_contain_text("Weak references: none")
    expect(lab.inspector).to_contain_text("It holds nothing that is recorded.")
    lab.page.keyboard.press("Escape")


FAILS_WEAKLY = """\
import numpy as np
from livegrad import Variable
from livegrad.functions import square

y = square(square(Variable(np.array(2.0))))
import livegrad

a = [y]
if livegrad.Config.weak_outputs:
    raise ValueError("only the weak run")
b = [y]
"""


def test_compare_runs_both_ways_and_tells_which_one_failed(lab: LabPage) -> None:
    lab.choose_outputs("Compare")
    lab.run_source(FAILS_WEAKLY, ending="^Failed: Weak outputs: ValueError: only the weak run$")
    for side in ("Weak", "Strong"):
        half = lab.page.get_by_role("region", name=f"Graph: {side} outputs")
        expect(half.get_by_role("button", name=re.compile("Square#2, alive"))).to_be_visible()
    expect(lab.output).to_contain_text("Traceback")
    expect(lab.output).to_contain_text("Strong outputs")
    lab.press("End")
    assert lab.position()[2] == 11  # the strong run goes on where the weak one ended
    lab.run_source("a = (\n", ending="^Failed: SyntaxError")  # both would fail: said once
    expect(lab.page.get_by_text("SyntaxError")).not_to_have_count(0)


def test_compare_tells_of_two_failures_where_each_is(lab: LabPage) -> None:
    lab.choose_outputs("Compare")
    lab.run_source("a = 1\nb = [2]\na.nothing\n", ending="^Failed: AttributeError")
    raised = "It raised AttributeError. The program ends here; its recording stays usable."
    expect(lab.page.locator(".say")).to_contain_text(raised)
    expect(lab.page.get_by_text("AttributeError at line 3")).to_have_count(1)
    ends = lab.timeline.get_by_text("AttributeError: the program ends here")
    expect(ends).to_have_count(1)
    lab.run_source(
        "from livegrad import Config\nif Config.weak_outputs:\n    a = 1 / 0\nb = []\nb[1]\n",
        ending="^Failed: Weak outputs: ZeroDivisionError: .*; Strong outputs: IndexError: ",
    )
    for tag in ("ZeroDivisionError at line 3", "IndexError at line 5"):
        expect(lab.page.get_by_text(tag)).to_be_visible()
    for name in ("ZeroDivisionError", "IndexError"):
        expect(lab.timeline.get_by_text(f"{name}: the program ends here")).to_be_attached()
    lab.after_line(3)
    said = lab.page.locator(".say")
    expect(said).to_contain_text("Weak: it raised ZeroDivisionError and ends here.")
    lab.press("End")
    expect(said).to_contain_text("Strong: it raised IndexError and ends here.")


def test_an_exception_after_a_limit_marks_no_line_that_did_not_raise(lab: LabPage) -> None:
    lab.run_source("for _ in range(60_000):\n    pass\n1 / 0\n", ending="^Failed: ZeroDivision")
    lab.press("End")
    expect(lab.page.locator(".say")).not_to_contain_text("raised")
    expect(lab.timeline.get_by_text("the program ends here")).to_have_count(0)
