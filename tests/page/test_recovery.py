"""Whatever a program does to its interpreter: the text stays, what was recorded and printed is
shown, one sentence says what happened, and the next run works."""

import re
from pathlib import Path

import pytest
from lab_page import LabPage
from playwright.sync_api import Browser, Page, expect

from site_server import Site, serve
from visitor import visitor

pytestmark = [pytest.mark.page, pytest.mark.console_errors]


@pytest.fixture(scope="module")
def one_lab(browser: Browser, site: Site):  # type: ignore[no-untyped-def]
    """One visitor goes through all of it: each program meets what the one before left."""
    with visitor(browser, site, console_errors=True) as page:
        yield LabPage(page).open(site.url).wait_for_python()


@pytest.fixture
def rough_lab(one_lab: LabPage) -> LabPage:
    if one_lab.stop_button.is_enabled():  # the test before failed half-way
        one_lab.stop_button.click()
    return one_lab


DEEP = "    exec('for _ in range(n): x = [x]', s := {'n': n, 'x': []})\n"
ENDINGS = {
    "recursion in Python": ("def f():\n    f()\n\n\nf()\n", "RecursionError"),
    "recursion with a raised limit": (
        "import sys\n\nsys.setrecursionlimit(10**9)\nexec('def f():\\n  return f() + 1\\nf()')\n",
        "RecursionError",
    ),
    "recursion through sorted": (
        "def key(x):\n    return sorted([1], key=key)\n\n\nkey(1)\n",
        "RecursionError",
    ),
    "a deep repr": (
        "exec('for _ in range(10_000): x = [x]\\nrepr(x)', {'x': []})\n",
        r"RecursionError|Python died at line \d+ because calls were nested",
    ),
    "a deep deepcopy": (
        f"import copy\n\n\ndef deep(n):\n{DEEP}    copy.deepcopy(s['x'])\n\n\ndeep(20_000)\n",
        r"RecursionError|Python died at line \d+ because calls were nested",
    ),
    "os.abort": ("import os\n\nos.abort()\n", "Python died at line 3 because the program ended"),
    "os._exit": ("import os\n\nos._exit(3)\n", "Python died at line 3 because the program ended"),
    "a signal": (
        "import os\n\nos.kill(os.getpid(), 9)\n",
        "Python died at line 3 because the program ended",
    ),
    "a builtin deleted": (
        "import builtins\n\ndel builtins.len\nx = [1]\n",
        r"NameError|the program changed what the recorder is made of, by line \d",
    ),
    "all builtins deleted": (
        "import builtins\n\nvars(builtins).clear()\nx = [1]\n",
        r"NameError|the program changed what the recorder is made of, by line \d",
    ),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_an_end_is_told_and_the_next_run_works(rough_lab: LabPage, name: str) -> None:
    source, sentence = ENDINGS[name]
    rough_lab.run_source(
        f"print('first words')\n{source}", ending=f"^Failed: .*({_shift(sentence)})"
    )
    expect(rough_lab.output).to_contain_text("first words")
    expect(rough_lab.program).to_contain_text("first words")
    rough_lab.run_source("import numpy as np\nprint('next', len([1]), np.arange(3))\n")
    expect(rough_lab.output).to_contain_text("next 1 [0 1 2]")


def _shift(sentence: str) -> str:
    """Lines counted without the first one, which prints."""
    return re.sub(r"line (\d)", lambda found: f"line {int(found[1]) + 1}", sentence)


HARMLESS = {
    "sys.exit": "import sys\n\nsys.exit(3)\n",
    "numpy changed": "import numpy as np\n\nnp.arange = None\n",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_ends_well_leaves_nothing_behind(rough_lab: LabPage, name: str) -> None:
    rough_lab.run_source(HARMLESS[name])
    rough_lab.run_source("import numpy as np\nprint('next', np.arange(3))\n")
    expect(rough_lab.output).to_contain_text("next [0 1 2]")


OUTLIVING = {
    "numpy": "import numpy as np\n\nnp.zeros = None\n",
    "the recorder": "from livegrad.liveness import native\n\nnative.PythonProbe.stop = None\n",
    "what writes traces": "from livegrad.liveness import writer\n\nwriter.json = None\n",
}


@pytest.mark.parametrize("name", OUTLIVING)
def test_a_change_that_outlives_the_program_is_told(rough_lab: LabPage, name: str) -> None:
    rough_lab.run_source(OUTLIVING[name])
    expect(rough_lab.output).to_contain_text("the next run has a fresh Python")
    rough_lab.run_source("print('next')\n")
    expect(rough_lab.output).to_contain_text("next")


def test_a_memory_bomb_is_an_exception_and_its_memory_is_given_back(rough_lab: LabPage) -> None:
    rough_lab.run_source(
        "print('first words')\nhoard = []\nwhile True:\n    hoard.append(bytes(200_000_000))\n",
        ending="^Failed: MemoryError",
    )
    expect(rough_lab.output).to_contain_text("first words")
    expect(rough_lab.output).to_contain_text('File "main.py", line 4')
    expect(rough_lab.output).to_contain_text("the next run has a fresh Python")
    rough_lab.run_source("print('next')\n")
    expect(rough_lab.output).to_contain_text("next")


def test_an_endless_loop_is_stopped_and_the_spare_runs_at_once(own_lab: LabPage) -> None:
    page = own_lab.page
    expect(page.locator("iframe")).to_have_count(2)  # the present one and the spare
    own_lab.write("print('first words')\nwhile True:\n    pass\n")
    own_lab.run_button.click()
    expect(own_lab.output).to_contain_text("first words")
    before = len(_requests(page))
    own_lab.stop_button.click()
    expect(own_lab.status_saying("^Stopped")).to_be_visible()
    expect(own_lab.output).to_contain_text("first words")
    own_lab.run_source("print('next')\n")
    expect(own_lab.output).to_contain_text("next")
    assert len(_requests(page)) == before  # and nothing was fetched for it


def _requests(page: Page) -> list[object]:
    return page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")


def test_a_flood_of_output_is_cut_and_said_so(rough_lab: LabPage) -> None:
    rough_lab.run_source("for _ in range(110):\n    print('x' * 9_999)\nprint('the end')\n")
    expect(rough_lab.output).to_contain_text("The output is cut after its first 1,000,000")
    assert 1_000_000 <= len(rough_lab.output.inner_text()) < 1_010_000


def test_an_endless_flood_leaves_the_page_usable(rough_lab: LabPage) -> None:
    rough_lab.write("while True:\n    print('flood ' * 100)\n")
    rough_lab.run_button.click()
    expect(rough_lab.output).to_contain_text("flood")
    rough_lab.stop_button.click()
    expect(rough_lab.status_saying("^Stopped")).to_be_visible()
    rough_lab.run_source("print('next')\n")
    expect(rough_lab.output).to_contain_text("next")


def test_a_tab_closed_in_mid_run_loses_nothing_of_the_text(browser: Browser, dist: Path) -> None:
    with serve(dist) as site, visitor(browser, site) as page:
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.write("print('kept')\nwhile True:\n    pass\n")
        lab.run_button.click()
        expect(lab.output).to_contain_text("kept")
        again = page.context.new_page()
        page.close()
        lab = LabPage(again).open(site.url).wait_for_python()
        expect(lab.program).to_contain_text("while True:")
        lab.run_source("print('next')\n")
        expect(lab.output).to_contain_text("next")


def test_a_device_with_little_memory_starts_the_next_one_when_needed(
    page: Page, site: Site
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'deviceMemory', {get: () => 2})")
    lab = LabPage(page).open(site.url).wait_for_python()
    lab.write("print('first words')\nwhile True:\n    pass\n")
    lab.run_button.click()
    expect(lab.output).to_contain_text("first words")
    expect(page.locator("iframe")).to_have_count(1)
    lab.stop_button.click()
    lab.run_source("print('next')\n")
    expect(lab.output).to_contain_text("next")
    expect(page.locator("iframe")).to_have_count(1)
