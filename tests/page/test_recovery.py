"""Whatever a program does to its interpreter: the text stays, what was recorded and printed is
shown, one sentence says what happened, and the next run works."""

import re
from pathlib import Path

import pytest
from lab_page import LabPage, wait_until
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
    "a hash of tuples in tuples": (
        "exec('for _ in range(20_000): x = (x,)\\nhash(x)', {'x': ()})\n",
        "RecursionError: maximum recursion depth exceeded in a hash",
    ),
    "a chain of 5,000 attributes": (
        "y = [1]\nz = 2\ncompile('a' + '.a' * 5_000, 'x', 'eval')\n",
        r"Python died at line 3 because calls were nested deeper than the browser allows",
    ),
    "recursion through a ufunc": (
        "import numpy as np\n\nf = np.frompyfunc(lambda x: f(x), 1, 1)\nf(1)\n",
        "RecursionError",
    ),
    "recursion through an array's operator": (
        "import numpy as np\n\n\nclass A:\n    def __add__(self, other):\n"
        "        return np.array([self]) + np.array([other])\n\n\nA() + A()\n",
        "RecursionError",
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


def expect_kept(lab: LabPage, text: str) -> None:
    """What the program printed at its first line is shown, its text, and its steps so far."""
    expect(lab.output).to_contain_text("first words")
    expect(lab.program).to_contain_text(text)
    assert lab.position()[1] >= 1
    lab.press("Home")
    lab.expect_line(1)


@pytest.mark.parametrize("name", ENDINGS)
def test_an_end_is_told_and_the_next_run_works(rough_lab: LabPage, name: str) -> None:
    source, sentence = ENDINGS[name]
    rough_lab.run_source(
        f"print('first words')\n{source}", ending=f"^Failed: .*({_shift(sentence)})"
    )
    expect_kept(rough_lab, source.partition("\n")[0])
    rough_lab.run_source("import numpy as np\nprint('next', len([1]), np.arange(3))\n")
    expect(rough_lab.output).to_contain_text("next 1 [0 1 2]")


def test_why_there_is_no_console_after_such_an_end_is_told(rough_lab: LabPage) -> None:
    rough_lab.run_source("import os\na = [1]\nos.abort()\n", ending="^Failed: Python died")
    console = rough_lab.page.get_by_role("region", name="Console", exact=True)
    expect(console).to_contain_text("the interpreter ended with the program")
    expect(console).to_contain_text("let the program end by itself, and run it again")
    expect(console.get_by_role("textbox")).to_have_count(0)
    with rough_lab.in_korean():
        console = rough_lab.page.get_by_role("region", name="콘솔", exact=True)
        expect(console).to_contain_text("인터프리터가 프로그램과 함께 종료되어")
        output = rough_lab.page.get_by_role("log", name="출력", exact=True)
        expect(output).to_contain_text("3행에서 파이썬이 종료되었습니다")
        expect(output).not_to_contain_text("Python died")


def _shift(sentence: str) -> str:
    """Lines counted without the first one, which prints."""
    return re.sub(r"line (\d)", lambda found: f"line {int(found[1]) + 1}", sentence)


NODES = """
class Node:
    __slots__ = ("next",)


exec('''
for _ in range(length):
    node = Node()
    node.next = head
    head = node
''', held := {"Node": Node, "length": 100_000, "head": None})
del held["head"], held["node"]
"""
DEEP_LIST = """
x = []
for _ in range(10_000):
    x = [x]
x = None
"""
CLOSURES = """
f = None
for _ in range(5_000):
    f = (lambda g: lambda: g)(f)
f = None
"""


def _chain(link: str) -> str:
    """100,000 of something, each held by the next; made in one line, dropped in the last one."""
    return f"\nexec({link!r}, held := {{'x': None}})\nheld.clear()\n"


MANY = "for _ in range(100_000):\n  "
CHAINS = {
    "a linked list": NODES,
    "lists, line by line": DEEP_LIST,
    "closures, line by line": CLOSURES,
    "lists": _chain(f"{MANY}x = [x]"),
    "tuples": _chain(f"{MANY}x = (x,)"),
    "dicts": _chain(f"{MANY}x = {{0: x}}"),
    "instances": _chain(f"class A: pass\n{MANY}a = A(); a.x = x; x = a"),
    "slices": _chain(f"{MANY}x = slice(x)"),
    "arrays of objects": _chain(
        f"import numpy as np\n{MANY}a = np.empty(1, object); a[0] = x; x = a\ndel a"
    ),
    "closures": _chain(f"{MANY}x = (lambda g: lambda: g)(x)"),
    "generators": _chain(f"def g(x): yield x\n{MANY}x = g(x); next(x)"),
    "exceptions": _chain(f"{MANY}x = ValueError(x)"),
    "instances with finalizers": _chain(
        f"class A:\n  def __init__(self, x): self.x = x\n  def __del__(self): [[1]]\n{MANY}x = A(x)"
    ),
}


@pytest.mark.parametrize("name", CHAINS)
def test_dropping_what_is_deep_is_nothing_special(rough_lab: LabPage, name: str) -> None:
    source = f"print('first words'){CHAINS[name]}print('and on')\n"
    rough_lab.run_source(source)
    expect_kept(rough_lab, "print('and on')")
    expect(rough_lab.output).to_contain_text("and on")


LEFT = {
    "a list, 10,000 deep": DEEP_LIST,
    "closures, 5,000 deep": CLOSURES,
}


@pytest.mark.parametrize("name", LEFT)
def test_what_is_deep_may_be_left_behind(rough_lab: LabPage, name: str) -> None:
    source = LEFT[name].rpartition("= None")[0].rpartition("\n")[0]
    rough_lab.run_source(f"print('first words'){source}\n")
    expect_kept(rough_lab, "range")
    rough_lab.run_source("print('next')\n")
    expect(rough_lab.output).to_contain_text("next")


HARMLESS = {
    "sys.exit": "import sys\n\nsys.exit(3)\n",
    "numpy changed": "import numpy as np\n\nnp.arange = None\n",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_ends_well_leaves_nothing_behind(rough_lab: LabPage, name: str) -> None:
    rough_lab.run_source(f"print('first words')\n{HARMLESS[name]}")
    expect_kept(rough_lab, "import")
    rough_lab.run_source("import numpy as np\nprint('next', np.arange(3))\n")
    expect(rough_lab.output).to_contain_text("next [0 1 2]")


OUTLIVING = {
    "numpy": "import numpy as np\n\nnp.zeros = None\n",
    "the recorder": "from livegrad.liveness import native\n\nnative.PythonProbe.stop = None\n",
    "what writes traces": "from livegrad.liveness import writer\n\nwriter.json = None\n",
}


@pytest.mark.parametrize("name", OUTLIVING)
def test_a_change_that_outlives_the_program_is_told(rough_lab: LabPage, name: str) -> None:
    rough_lab.run_source(f"print('first words')\n{OUTLIVING[name]}")
    expect_kept(rough_lab, "import")
    changed = "The program changed parts that Python or the recorder are made of: the next run"
    expect(rough_lab.output).to_contain_text(changed)
    with rough_lab.in_korean():
        log = rough_lab.page.get_by_role("log", name="출력")
        expect(log).to_contain_text("프로그램이 파이썬이나 기록기의 일부를 변경했습니다")
        expect(log).not_to_contain_text("The program changed")
    rough_lab.run_source("print('next')\n")
    expect(rough_lab.output).to_contain_text("next")


def test_a_memory_bomb_is_an_exception_and_its_memory_is_given_back(rough_lab: LabPage) -> None:
    rough_lab.run_source(
        "print('first words')\nhoard = []\nwhile True:\n    hoard.append(bytes(200_000_000))\n",
        ending="^Failed: MemoryError",
    )
    expect_kept(rough_lab, "hoard")
    expect(rough_lab.output).to_contain_text('File "main.py", line 4')
    # The memory is what is to blame, and no part that was changed.
    expect(rough_lab.output).to_contain_text("memory grew beyond 512 MiB")
    expect(rough_lab.output).not_to_contain_text("changed")
    console = rough_lab.page.get_by_role("region", name="Console", exact=True)
    expect(console).to_contain_text("Let the program use less")
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
    expect_kept(own_lab, "while True:")
    own_lab.run_source("print('next')\n")
    expect(own_lab.output).to_contain_text("next")
    assert len(_requests(page)) == before  # and nothing was fetched for it


WAITS = {
    "a sum": "sum(range(10**15))",
    "a wait for another thread": "js.Atomics.wait(js.Int32Array.new(memory.buffer), 0, 0)",
}
SHARED = (
    "import js; memory = js.WebAssembly.Memory.new(js.JSON.parse("
    """'{"initial": 1, "maximum": 1, "shared": true}'))\n"""
)


@pytest.mark.parametrize("name", WAITS)
def test_stopping_one_endless_line_keeps_the_lines_before_it(rough_lab: LabPage, name: str) -> None:
    rough_lab.write(f"print('first words')\n{SHARED}y = 2\n{WAITS[name]}\n")
    rough_lab.run_button.click()
    expect(rough_lab.page.get_by_text("3 steps so far")).to_be_visible()
    rough_lab.stop_button.click()
    expect(rough_lab.status_saying("^Stopped")).to_be_visible()
    expect_kept(rough_lab, "y = 2")
    assert rough_lab.position()[1] == 3


def _requests(page: Page) -> list[object]:
    return page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")


def test_a_flood_of_output_is_cut_and_said_so(rough_lab: LabPage) -> None:
    rough_lab.run_source(
        "print('first words')\nfor _ in range(110):\n    print('x' * 9_999)\nprint('the end')\n"
    )
    expect_kept(rough_lab, "the end")
    expect(rough_lab.output).to_contain_text("The output is cut after its first 1,000,000")
    assert 1_000_000 <= len(rough_lab.output.inner_text()) < 1_010_000


def test_an_endless_flood_leaves_the_page_usable(rough_lab: LabPage) -> None:
    rough_lab.write("print('first words')\nwhile True:\n    print('flood ' * 100)\n")
    rough_lab.run_button.click()
    expect(rough_lab.output).to_contain_text("flood")
    rough_lab.stop_button.click()
    expect(rough_lab.status_saying("^Stopped")).to_be_visible()
    expect_kept(rough_lab, "flood")
    rough_lab.run_source("print('next')\n")
    expect(rough_lab.output).to_contain_text("next")


def test_a_tab_closed_in_mid_run_loses_nothing_of_the_text(browser: Browser, dist: Path) -> None:
    with serve(dist) as site, visitor(browser, site, console_errors=True) as page:
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.write("print('kept')\nwhile True:\n    pass\n")
        lab.run_button.click()
        expect(lab.output).to_contain_text("kept")
        again = page.context.new_page()
        page.close()
        again.goto(f"{site.url}licences.txt")  # until the browser knows that the tab is closed
        wait_until(again, "async () => !(await navigator.locks.query()).held.length")
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
