"""Run, Stop, output, failures: what a person does with a program."""

import re
from pathlib import Path

import pytest
from lab_page import START_MS, LabPage
from playwright.sync_api import Browser, Page, expect

from site_server import SUB_PATH, Site, serve
from visitor import visitor

pytestmark = pytest.mark.page

ENDLESS = "print('first words')\nwhile True:\n    pass\n"


def test_ctrl_enter_in_the_program_runs_it(lab: LabPage) -> None:
    lab.write("x = 1\nprint(x + 41)\n")
    lab.page.keyboard.press("Control+Enter")
    expect(lab.status_saying("^Finished, 2 steps")).to_be_visible()
    expect(lab.output).to_contain_text("42")


def test_run_pressed_while_python_loads_runs_when_it_is_there(page: Page, site: Site) -> None:
    lab = LabPage(page).open(site.url)
    lab.write("print('patience')\n")
    lab.run_button.click()
    expect(lab.status_saying("^Finished")).to_be_visible(timeout=START_MS)
    expect(lab.output).to_contain_text("patience")


def test_output_comes_while_the_program_runs_and_stop_leaves_the_page_usable(lab: LabPage) -> None:
    lab.write(ENDLESS)
    lab.run_button.click()
    expect(lab.output).to_contain_text("first words")
    expect(lab.status_saying("^Running")).to_be_visible()
    lab.stop_button.click()
    expect(lab.status_saying("^Stopped")).to_be_visible()
    expect(lab.program).to_contain_text("while True:")
    expect(lab.output).to_contain_text("first words")
    lab.run_source("print('again')\n")
    expect(lab.output).to_contain_text("again")


def test_an_exception_shows_the_programs_whole_traceback_and_no_frame_of_ours(
    lab: LabPage,
) -> None:
    source = "def f(x):\n    return 1 / x\n\n\ndef g():\n    return f(0)\n\n\ng()\n"
    lab.run_source(source, ending="^Failed: .*division by zero")
    output = lab.output.inner_text()
    for line in (
        "Traceback (most recent call last):",
        'File "main.py", line 9, in <module>',
        'File "main.py", line 6, in g',
        "return f(0)",
        'File "main.py", line 2, in f',
        "return 1 / x",
        "ZeroDivisionError: division by zero",
    ):
        assert line in output
    assert output.count('File "') == 3
    assert lab.position()[2] == 9  # and the recording up to there can be stepped through


def test_an_exception_within_the_engine_shows_no_frame_of_ours(lab: LabPage) -> None:
    source = "from livegrad import Variable\n\nVariable('text')\n"
    lab.run_source(source, ending="^Failed: TypeError")
    output = lab.output.inner_text()
    assert 'File "main.py", line 3' in output
    assert "livegrad/" not in output


def test_a_syntax_error_names_its_line(lab: LabPage) -> None:
    lab.run_source("x = 1\ny = (\n", ending="^Failed: SyntaxError")
    output = lab.output.inner_text()
    assert 'File "main.py", line 2' in output
    assert "SyntaxError: '(' was never closed" in output
    assert "livegrad/" not in output
    lab.run_source("print('mended')\n")
    expect(lab.output).to_contain_text("mended")


def test_input_says_that_there_is_no_keyboard(lab: LabPage) -> None:
    lab.run_source("name = input('Who? ')\n", ending="^Failed: RuntimeError: input")
    assert lab.output.inner_text().count('File "') == 1


def test_sys_exit_ends_the_program_alone_and_is_told(lab: LabPage) -> None:
    lab.run_source("import sys\nprint('leaving')\nsys.exit(3)\n", ending="^Finished")
    expect(lab.output).to_contain_text("The program ended itself: SystemExit, 3.")
    lab.run_source("print('next')\n")
    expect(lab.output).to_contain_text("next")


def test_recursion_without_limit_is_an_exception(lab: LabPage) -> None:
    lab.run_source("def f():\n    f()\n\n\nf()\n", ending="^Failed: RecursionError")
    lab.run_source("print('alive')\n")
    expect(lab.output).to_contain_text("alive")


def test_the_recursion_limit_stays_where_the_browsers_stack_does(lab: LabPage) -> None:
    lab.run_source("import sys\nsys.setrecursionlimit(10**6)\nprint(sys.getrecursionlimit())\n")
    expect(lab.output).to_contain_text("3000")


def test_a_long_linked_list_is_dropped_without_harm(lab: LabPage) -> None:
    source = (
        "class Node:\n"
        "    __slots__ = ('next',)\n"
        "\n"
        "\n"
        "def chain(length):\n"
        "    exec('for _ in range(length):\\n    n = N(); n.next = head; head = n',\n"
        "         scope := {'N': Node, 'length': length, 'head': None})\n"
        "    return len(scope)\n"
        "\n"
        "\n"
        "print(chain(5_000))\n"
    )
    lab.run_source(source)
    lab.run_source("print('alive')\n")
    expect(lab.output).to_contain_text("alive")


@pytest.mark.console_errors
def test_the_interpreters_death_names_its_line_and_the_next_run_works(own_lab: LabPage) -> None:
    lab = own_lab
    source = "import os\nprint('last words')\nos.abort()\n"
    lab.run_source(source, ending="^Failed: Python died at line 3")
    expect(lab.program).to_contain_text("os.abort()")
    lab.run_source("print('reborn')\n")
    expect(lab.output).to_contain_text("reborn")


def test_programs_may_import_the_book_and_print_korean(lab: LabPage) -> None:
    source = (
        "import numpy as np\n"
        "from dezero import Variable\n"
        "\n"
        "변수 = Variable(np.array(2.0))\n"
        "제곱 = 변수 * 변수\n"
        "print('결과', 제곱.data)\n"
    )
    lab.run_source(source)
    expect(lab.output).to_contain_text("결과 4.0")
    assert lab.only(name="변수").type == "Variable"
    assert lab.only(name="제곱").born == 5


def test_a_script_that_plots_runs_to_its_end_and_is_told(lab: LabPage) -> None:
    """As the book's steps 34, 42, 43, 48, 59 and 60 do."""
    lab.run_source(
        "import os, sys; sys.path.append(os.path.join(os.path.dirname(__file__), '..'))\n"
        "import numpy as np\n"
        "import matplotlib.pyplot as plt\n"
        "from dezero import Variable\n"
        "import dezero.functions as F\n"
        "x = Variable(np.linspace(-7, 7, 200))\n"
        "y = F.sin(x)\n"
        "plt.plot(x.data, y.data, label='y=sin(x)')\n"
        "plt.legend(loc='lower right')\n"
        "plt.show()\n"
        "print('the end')\n"
    )
    expect(lab.output).to_contain_text("show(): nothing is drawn")
    expect(lab.output).to_contain_text("the end")


def test_one_programs_leftovers_do_not_reach_the_next(lab: LabPage) -> None:
    lab.run_source("import gc\ngc.disable()\nleft = 1\n")
    lab.run_source("import gc\nprint(gc.isenabled(), 'left' in globals())\n")
    expect(lab.output).to_contain_text("True False")


def test_all_requests_stay_under_the_sub_path(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as page:
        LabPage(page).open(site.url).wait_for_python()
    assert [path for path in site.requests if not path.startswith(SUB_PATH)] == []


def test_wrong_mime_types_break_nothing(browser: Browser, dist: Path) -> None:
    with serve(dist, plain=True) as plain, visitor(browser, plain) as page:
        lab = LabPage(page).open(plain.url).wait_for_python()
        lab.run_source("import numpy as np\nprint(np.linalg.det(np.eye(3)))\n")
        expect(lab.output).to_contain_text("1.0")
        assert re.search(r"\.bin", " ".join(plain.requests))
