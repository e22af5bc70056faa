"""The lab in Firefox: it loads, runs, records, stops, starts without its snapshot if it must, and
a reader goes through what the page can do: time, graph, inspector, Compare, timeline, console,
lessons, sharing, a reload. Where a gesture is the browser's own (a file dropped, a brush, a frame
in another page, two tabs, undo, keys) the tests are Chromium's, brought here and run again.

That a program cannot leave its box there is in test_box.py and test_box_policy.py, whose doors
are tried in both browsers.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from boxed import begin_worker
from lab_page import LabPage
from playwright.sync_api import Browser, ConsoleMessage, expect
from test_accessibility import test_keys_alone_are_enough
from test_graph_view import test_what_does_not_fit_folds_and_a_fold_opens
from test_keeping import (
    test_two_tabs_do_not_overwrite_each_other_and_a_closed_one_is_gone_on_with,
    test_undo_survives_choosing_a_lesson,
)
from test_sharing import (
    sheet,
    test_a_recording_made_natively_is_opened_by_drag_and_drop,
    test_the_player_in_an_iframe_runs_and_leads_to_the_whole_lab,
)
from test_time import test_a_long_recording_is_brushed

from site_server import Site, serve
from visitor import visitor

__all__ = [
    "sheet",
    "test_a_long_recording_is_brushed",
    "test_a_recording_made_natively_is_opened_by_drag_and_drop",
    "test_keys_alone_are_enough",
    "test_the_player_in_an_iframe_runs_and_leads_to_the_whole_lab",
    "test_two_tabs_do_not_overwrite_each_other_and_a_closed_one_is_gone_on_with",
    "test_undo_survives_choosing_a_lesson",
    "test_what_does_not_fit_folds_and_a_fold_opens",
]
"""The first is what others need; the rest is Chromium's, with the browser and the lab of here."""

pytestmark = pytest.mark.page

WARNINGS_ARE_FATAL = "console.warn = (...words) => { throw new Error(words.join(' ')); };"


@pytest.fixture(scope="module")
def browser(firefox: Browser) -> Browser:
    return firefox


@pytest.fixture(scope="module")
def shared_lab(fox: LabPage) -> LabPage:
    return fox


@pytest.fixture(scope="module")
def fox(firefox: Browser, site: Site) -> Iterator[LabPage]:
    """One visitor's lab, started from the snapshot: its worker may not warn of another way."""
    with visitor(firefox, site) as page:
        begin_worker(page, WARNINGS_ARE_FATAL)
        yield LabPage(page).open(site.url).wait_for_python()


def test_a_program_is_run_and_recorded(fox: LabPage) -> None:
    fox.run_source(
        "import numpy as np\n"
        "from livegrad import Variable\n"
        "\n"
        "x = Variable(np.arange(1000.0))\n"
        "y = x * x\n"
        "print(np.linalg.norm(y.data) > 0)\n"
        "y = None\n"
    )
    expect(fox.output).to_contain_text("True")
    fox.after_line(5)
    assert fox.only(name="y").type == "Variable"
    assert fox.only(name="y").state == "alive"
    fox.press("End")
    fox.expect_line(7)
    assert fox.only(name="x").count == 1
    assert {row.died for row in fox.objects(type="Mul")} == {7}


def test_the_probe_outside_the_interpreter_records_there_too(fox: LabPage) -> None:
    fox.run_source("x = 1\n")
    outside = re.compile("from outside the interpreter")
    expect(fox.status).to_have_accessible_description(outside)


def test_stop_leaves_what_was_recorded_and_the_spare_runs(fox: LabPage) -> None:
    expect(fox.page.locator("iframe")).to_have_count(2)
    fox.write("print('first words')\nwhile True:\n    pass\n")
    fox.run_button.click()
    expect(fox.output).to_contain_text("first words")
    fox.stop_button.click()
    expect(fox.status_saying("^Stopped")).to_be_visible()
    expect(fox.output).to_contain_text("first words")
    fox.run_source("print('again')\n")
    expect(fox.output).to_contain_text("again")


@pytest.fixture(scope="module")
def looped(fox: LabPage) -> LabPage:
    """With a run of the loop whose memory stays flat."""
    fox.choose("memory stay flat")
    fox.run()
    return fox


@pytest.fixture
def loop(looped: LabPage) -> LabPage:
    """After the loop's fourth pass."""
    looped.choose_outputs("Weak")
    looped.go_to_step(17)
    looped.expect_line(10)
    return looped


def test_time_goes_by_lines_passes_and_within_a_line(loop: LabPage) -> None:
    said = loop.page.locator(".say")
    expect(said).to_contain_text("y moved from Variable#12 to the new Variable#16.")
    expect(said).to_contain_text("11 objects lost their last holder and died, 320 kB freed")
    loop.page.keyboard.press("p")
    expect(said).to_contain_text("Line 10, pass 5 of 10")
    loop.press("ArrowLeft")
    loop.expect_line(9)
    loop.press("ArrowRight")
    for _ in range(30):
        loop.page.keyboard.press("Shift+ArrowLeft")
        if "640 kB live" in loop.page.locator(".read").inner_text():
            break
    expect(loop.page.locator(".read")).to_contain_text("640 kB live")
    expect(loop.page.locator(".cm-now")).to_contain_text("y = square")


def test_the_timeline_is_pressed_and_tells_its_numbers(loop: LabPage) -> None:
    box = loop.timeline.bounding_box()
    assert box
    loop.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    told = loop.timeline.locator(".pointer")
    expect(told).to_contain_text(re.compile(r"\d+ kB, \d+ objects"))
    loop.page.mouse.click(box["x"] + box["width"] / 4, box["y"] + 60)
    step, of, _ = loop.position()
    assert 0.1 * of < step < 0.4 * of


def test_graph_table_search_and_inspector_tell_of_one_object(loop: LabPage) -> None:
    loop.slider.focus()
    loop.page.keyboard.press("/")
    field = loop.page.get_by_role("searchbox", name="Find an object")
    field.fill("x")
    field.press("Enter")
    expect(loop.inspector).to_contain_text("Variable#13 (x) is alive because x (line 9) holds it")
    field.press("Escape")
    edges = loop.graph.locator("svg.g .itemt")
    expect(edges).to_have_count(2)
    loop.inspector.get_by_role("switch", name="inputs[0] of Square#10 is weak").click()
    expect(loop.inspector).to_contain_text("it would have died one line sooner, at line 9")
    loop.slider.focus()
    loop.page.keyboard.press("t")
    head = loop.table.get_by_role("columnheader", name="Bytes")
    head.get_by_role("button").click()
    sizes = [row.nbytes for row in loop.objects()]
    assert sizes == sorted(sizes)
    loop.slider.focus()
    loop.page.keyboard.press("t")
    loop.page.keyboard.press("Escape")


def test_compare_shows_both_runs_at_one_moment(loop: LabPage) -> None:
    loop.choose_outputs("Compare")
    loop.run()
    loop.after_line(10, -1)
    weak = loop.page.get_by_role("region", name="Graph: Weak outputs")
    strong = loop.page.get_by_role("region", name="Graph: Strong outputs")
    expect(strong.get_by_text(re.compile("unreachable island"))).to_be_visible()
    expect(weak.get_by_text(re.compile("unreachable island"))).to_have_count(0)
    expect(loop.timeline.get_by_text("2.88 MB no name can reach")).to_be_visible()


def test_the_console_answers_and_tells_what_it_holds(loop: LabPage) -> None:
    console = loop.page.get_by_role("region", name="Console", exact=True)
    box = console.get_by_role("textbox", name="Console")
    for text in ("y", "del y"):
        box.fill(text)
        box.press("Enter")
        expect(console).to_contain_text(f">>> {text}")
    expect(console).to_contain_text("live because of _ alone")
    box.fill("squ")
    box.press("Tab")
    expect(box).to_have_value("square")
    box.fill("")


def test_a_lesson_asks_and_all_is_korean_too(loop: LabPage) -> None:
    question = loop.page.get_by_role("group", name=re.compile("^Check yourself")).first
    question.get_by_role("button", name="320 kB", exact=True).click()
    expect(question).to_contain_text("Yes, by your recording")
    with loop.in_korean():
        expect(loop.page.locator(".say")).to_contain_text("객체 11개가 마지막 참조를 잃고 소멸")
        again = loop.page.get_by_role("group", name=re.compile("^확인 문제"))
        expect(again.first).to_contain_text("320 kB")


BLOBS = """() => {
  const made = URL.createObjectURL;
  window.saved = [];
  URL.createObjectURL = blob => (window.saved.push(blob), made(blob));
}"""
"""Downloads are out of the driver's sight: what is saved is looked at as it leaves."""


def test_a_link_leads_back_and_files_are_made(loop: LabPage) -> None:
    page = loop.page
    loop.inspect("Variable#13")
    loop.share_button.click()
    sheet = page.get_by_role("region", name="Link and files")
    expect(sheet).to_contain_text(re.compile("Link copied|The link is in the address bar"))
    guest = LabPage(page.context.new_page()).open(page.url)
    expect(guest.slider).to_have_attribute("aria-valuetext", "step 17 of 37, line 10")
    expect(guest.inspector).to_contain_text("Variable#13")
    guest.write("kept = 'over a reload'\n")
    guest.page.reload()
    expect(guest.program).to_contain_text("over a reload")
    guest.page.close()
    page.evaluate(BLOBS)
    for name in ("recording, .json", "graph, .svg", "graph, .png"):
        sheet.get_by_role("button", name=f"Save: {name}").click()
        expect(sheet).to_contain_text(f"{name[-4:].strip(' .')}.")
    assert page.evaluate("saved.at(-1).type") == "image/png"
    assert page.evaluate("createImageBitmap(saved.at(-1)).then(({ width }) => width)") > 200
    page.keyboard.press("Escape")


ENDS = {
    "an exception": ("1 / 0\n", "ZeroDivisionError"),
    "recursion in Python": ("def f():\n    f()\n\n\nf()\n", "RecursionError"),
    "the interpreter's death": ("import os\n\nos.abort()\n", "Python died at line 4"),
}


@pytest.fixture(scope="module")
def rough_fox(firefox: Browser, site: Site) -> Iterator[LabPage]:
    """For programs whose end the console may tell of."""
    with visitor(firefox, site, console_errors=True) as page:
        yield LabPage(page).open(site.url).wait_for_python()


@pytest.mark.parametrize("name", ENDS)
def test_every_end_is_told_and_the_next_run_works(rough_fox: LabPage, name: str) -> None:
    source, sentence = ENDS[name]
    rough_fox.run_source(f"print('first words')\n{source}", ending=f"^Failed: .*{sentence}")
    expect(rough_fox.output).to_contain_text("first words")
    rough_fox.run_source("print('next')\n")
    expect(rough_fox.output).to_contain_text("next")


def test_where_the_snapshot_does_not_fit_python_starts_without_it(
    firefox: Browser, dist: Path
) -> None:
    (image,) = (dist / "runtime").glob("memory-*.bin")
    said: list[ConsoleMessage] = []
    files = {f"runtime/{image.name}": bytes(image.stat().st_size)}
    with serve(dist, extra=files) as site, visitor(firefox, site) as page:
        page.on("console", lambda message: said.append(message))
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.run_source("import numpy as np\nprint(np.arange(3).sum())\n")
        expect(lab.output).to_contain_text("3")
    assert any("The snapshot of Python cannot be unpacked" in message.text for message in said)
