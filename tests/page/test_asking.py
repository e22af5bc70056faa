"""The console: a line of Python on what the program has left, and what `_` holds."""

import re

import pytest
from lab_page import LabPage
from playwright.sync_api import Locator, expect

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
    console = lab.page.get_by_role("region", name="Console", exact=True)
    ask(console, "a")
    expect(console).to_contain_text("Nothing is left to ask")


def test_what_an_exception_has_left_can_be_asked(lab: LabPage) -> None:
    lab.run_source(PROGRAM + "z = y.reshape(7)\n", ending="^Failed: ValueError")
    console = lab.page.get_by_role("region", name="Console", exact=True)
    ask(console, "y.shape")
    expect(console).to_contain_text("(10000,)")
    ask(console, "z")
    expect(console).to_contain_text("NameError")
    lab.run_source("a = (\n", ending="^Failed: SyntaxError")
    expect(console).to_be_hidden()


def test_the_next_run_knows_nothing_of_the_console(lab: LabPage, console: Locator) -> None:
    ask(console, "left = y")
    ask(console, "y")
    lab.run_source("import builtins\nprint('left' in globals(), hasattr(builtins, '_'))\n")
    expect(lab.output).to_contain_text("False False")
    expect(lab.page.get_by_role("region", name="Console", exact=True)).not_to_contain_text("y")
