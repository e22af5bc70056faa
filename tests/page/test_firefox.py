"""The lab in Firefox: it loads, runs, records, stops, and starts without its snapshot if it must.

That a program cannot leave its box there is in test_box.py and test_box_policy.py, whose doors
are tried in both browsers.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from boxed import begin_worker
from lab_page import LabPage
from playwright.sync_api import Browser, ConsoleMessage, expect

from site_server import Site, serve
from visitor import visitor

pytestmark = pytest.mark.page

WARNINGS_ARE_FATAL = "console.warn = (...words) => { throw new Error(words.join(' ')); };"


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
    expect(fox.page.get_by_title("recorded from outside the interpreter")).to_be_visible()


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


ENDS = {
    "an exception": ("1 / 0\n", "ZeroDivisionError"),
    "recursion in Python": ("def f():\n    f()\n\n\nf()\n", "RecursionError"),
    "the interpreter's death": ("import os\n\nos.abort()\n", "Python died at line 4"),
}


@pytest.mark.parametrize("name", ENDS)
def test_every_end_is_told_and_the_next_run_works(firefox: Browser, site: Site, name: str) -> None:
    source, sentence = ENDS[name]
    with visitor(firefox, site, console_errors=True) as page:
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.run_source(f"print('first words')\n{source}", ending=f"^Failed: .*{sentence}")
        expect(lab.output).to_contain_text("first words")
        lab.run_source("print('next')\n")
        expect(lab.output).to_contain_text("next")


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
