"""The console: a line of Python on what the program left, and what it does in the recording."""

import json
import re
from pathlib import Path

import pytest
from lab_page import LabPage
from playwright.sync_api import Locator, expect

from livegrad.liveness import Trace

pytestmark = pytest.mark.page

PROGRAM = (
    "import numpy as np\nfrom livegrad import Variable\nfrom livegrad.functions import square\n"
    "\nx = Variable(np.ones(10000))\ny = square(x)\n"
)


@pytest.fixture
def console(lab: LabPage) -> Locator:
    lab.run_source(PROGRAM)
    return lab.page.get_by_role("region", name="Console", exact=True)


def ask(console: Locator, text: str) -> None:
    box = console.get_by_role("textbox", name="Console")
    box.fill(text)
    box.press("Enter")


def test_values_statements_and_errors(lab: LabPage, console: Locator) -> None:
    ask(console, "y.shape")
    expect(console.get_by_role("log")).to_contain_text(">>> y.shape\n(10000,)", use_inner_text=True)
    ask(console, "z = y.data.sum() + _[0]")
    ask(console, "z")
    expect(console).to_contain_text("20000.0")
    ask(console, "1 / 0")
    expect(console).to_contain_text("ZeroDivisionError: division by zero")
    expect(lab.output).not_to_contain_text("ZeroDivisionError")
    expect(lab.status_saying("^Finished")).to_be_visible()


def test_underscore_shows_what_hangs_from_it(console: Locator) -> None:
    ask(console, "y")
    expect(console).to_contain_text("_ holds a Variable: reference count 2, also held by y.")
    ask(console, "del y")
    expect(console).to_contain_text("_ holds a Variable: reference count 1.")
    expect(console).to_contain_text("3 objects, 80 kB, live because of _ alone.")
    ask(console, "0")
    expect(console).to_contain_text("never freed")


def test_blocks_go_on_history_comes_back_and_names_are_completed(console: Locator) -> None:
    box = console.get_by_role("textbox", name="Console")
    ask(console, "for i in range(2):")
    expect(box).to_have_value("for i in range(2):\n    ")
    box.press_sequentially("print('pass', i)")
    box.press("Enter")
    expect(box).to_have_value(re.compile(r"print\('pass', i\)\n$"))
    box.press("Enter")
    expect(console).to_contain_text("pass 1")
    box.press("ArrowUp")
    expect(box).to_have_value(re.compile("^for i in range"))
    box.fill("y.creat")
    box.press("Tab")
    expect(box).to_have_value("y.creator")
    box.fill("squ")
    box.press("Tab")
    expect(box).to_have_value("square")


def test_an_endless_input_is_stopped_and_what_was_left_is_gone(
    lab: LabPage, console: Locator
) -> None:
    ask(console, "while True: pass\n")
    expect(lab.stop_button).to_be_enabled()
    lab.stop_button.click()
    expect(console).to_contain_text("Run it again.")
    lab.run()
    ask(console, "x.shape")
    expect(console).to_contain_text("(10000,)")


def test_a_program_that_acts_at_its_end_ends_as_ever(lab: LabPage) -> None:
    lab.run_source("class A:\n    def __del__(self):\n        print('bye')\n\n\na = A()\n")
    expect(lab.output).to_contain_text("bye")
    expect_none(lab, "something that acts at its end", "take that out and run it again")
    with lab.in_korean():
        expect(lab.page.get_by_role("region", name="콘솔", exact=True)).to_contain_text(
            "끝날 때 동작하는 것(__del__, 종료자, 끝나지 않은 제너레이터)"
        )


def test_a_program_that_was_stopped_leaves_nothing_to_ask(lab: LabPage) -> None:
    lab.write("a = [1]\nwhile True: pass\n")
    lab.run_button.click()
    expect(lab.status_saying("^Running")).to_be_visible()
    lab.stop_button.click()
    expect_none(lab, "it was stopped", "Let the program end by itself")


def expect_none(lab: LabPage, *words: str) -> None:
    console = lab.page.get_by_role("region", name="Console", exact=True)
    for each in words:
        expect(console).to_contain_text(each)
    expect(console.get_by_role("textbox")).to_have_count(0)


def test_an_input_is_a_step_whose_deaths_are_shown(lab: LabPage, console: Locator) -> None:
    steps = len(PROGRAM.strip().splitlines()) - 1  # one line is empty
    ask(console, "del y")
    lab.expect_step(steps + 1)
    expect(lab.slider).to_have_attribute(
        "aria-valuetext", f"step {steps + 1} of {steps + 1}, console input 1"
    )
    page = lab.page
    expect(page.get_by_role("heading", name="Console input 1: del y")).to_be_visible()
    expect(page.get_by_text("y let go of Variable#2.")).to_be_visible()
    expect(page.get_by_text("3 objects lost their last holder")).to_be_visible()
    expect(lab.timeline).to_contain_text(">1")
    expect(lab.graph).to_contain_text("† 3 died")
    dead = lab.table.get_by_role("row").filter(has_text="Square#1")
    expect(dead.get_by_role("cell", name="console input 1")).to_be_visible()
    expect(lab.status_saying(f"^Finished, {steps} steps$")).to_be_visible()
    lab.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Line 6")).to_be_visible()
    expect(lab.graph).not_to_contain_text("† 3 died")
    with lab.in_korean():
        page.get_by_role("slider", name="단계").press("End")
        expect(page.get_by_role("heading", name="콘솔 입력 1: del y")).to_be_visible()
        expect(page.get_by_text("이름 y의 Variable#2 참조가 사라졌습니다.")).to_be_visible()


def test_underscore_is_a_holder_in_graph_and_inspector(lab: LabPage, console: Locator) -> None:
    ask(console, "y")
    expect(lab.graph.get_by_text("builtins")).to_be_visible()
    ask(console, "del y")
    expect(lab.slider).to_have_attribute("aria-valuetext", re.compile("console input 2$"))
    inspector = lab.inspect("Variable#2")
    expect(inspector).to_contain_text("name _ in builtins")
    ask(console, "0")
    expect(inspector).to_contain_text("console input 3")
    expect(lab.graph).to_contain_text("† 3 died")


def test_an_exception_is_kept_until_the_next_one(lab: LabPage) -> None:
    lab.run_source("class Thing: pass\ndef f():\n    inner = Thing()\n    return 1 / 0\n")
    console = lab.page.get_by_role("region", name="Console", exact=True)
    ask(console, "f()")
    expect(console).to_contain_text("ZeroDivisionError")
    ask(console, "import sys; type(sys.last_exc).__name__")
    expect(console).to_contain_text("'ZeroDivisionError'")
    expect(lab.graph.get_by_role("button", name=re.compile("Thing#1, alive"))).to_be_visible()
    ask(console, "nothing_like_it")
    expect(lab.graph.get_by_role("button", name=re.compile("Thing#1, dead"))).to_be_visible()


def test_a_saved_recording_holds_the_inputs_and_sharing_says_what_does_not(
    lab: LabPage, console: Locator, tmp_path: Path
) -> None:
    ask(console, "del y")
    expect(lab.slider).to_have_attribute("aria-valuetext", re.compile("console input 1$"))
    lab.share_button.click()
    sheet = lab.page.get_by_role("region", name="Link and files")
    expect(sheet).to_contain_text("without what you did in the console")
    with lab.page.expect_download() as download:
        sheet.get_by_role("button", name="Save: recording, .json").click()
    path = tmp_path / "trace.json"
    download.value.save_as(path)
    assert "<console-1>" in json.loads(path.read_text())["chunks"][-1]["strings"]
    trace = Trace.load(path)
    assert [each.died_line for each in trace.objects() if each.name == "y"] == [None]
    with lab.page.expect_file_chooser() as chooser:
        sheet.get_by_role("button", name="Open a .py or a recording").click()
    chooser.value.set_files(path)
    expect(sheet).to_contain_text(f"Opened {path.name}")
    lab.page.keyboard.press("Escape")
    expect(lab.slider).to_have_attribute("aria-valuetext", re.compile("console input 1$"))


def test_in_compare_the_console_is_that_of_the_second_run(lab: LabPage) -> None:
    lab.choose_outputs("Compare")
    lab.run_source(PROGRAM)
    console = lab.page.get_by_role("region", name="Console", exact=True)
    ask(console, "del y")
    expect(lab.slider).to_have_attribute("aria-valuetext", re.compile("console input 1$"))
    expect(console).to_contain_text("Strong outputs")


def test_what_an_exception_has_left_can_be_asked(lab: LabPage) -> None:
    lab.run_source(PROGRAM + "z = y.reshape(7)\n", ending="^Failed: ValueError")
    console = lab.page.get_by_role("region", name="Console", exact=True)
    ask(console, "y.shape")
    expect(console).to_contain_text("(10000,)")
    ask(console, "z")
    expect(console).to_contain_text("NameError")
    lab.run_source("a = (\n", ending="^Failed: SyntaxError")
    expect_none(lab, "Python could not read the program")


def test_the_next_run_knows_nothing_of_the_console(lab: LabPage, console: Locator) -> None:
    ask(console, "left = y")
    ask(console, "y")
    lab.run_source("import builtins\nprint('left' in globals(), hasattr(builtins, '_'))\n")
    expect(lab.output).to_contain_text("False False")
    expect(lab.page.get_by_role("region", name="Console", exact=True)).not_to_contain_text("y")
