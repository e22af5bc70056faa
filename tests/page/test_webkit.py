"""The lab in WebKitGTK, Safari's engine: it starts from the snapshot, runs, records and stops."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Keys
from webkit import WebKitLab, start_webkit

from site_server import Site, serve

pytestmark = [
    pytest.mark.page,
    pytest.mark.filterwarnings("ignore:setting remote_server_addr"),  # Selenium, of its own
]


@pytest.fixture(scope="module")
def webkit() -> Iterator[WebKitLab]:
    driver = os.environ.get("LIVEGRAD_WEBKIT") or shutil.which("WebKitWebDriver")
    if not driver:
        pytest.skip("WebKitGTK's driver is not installed; LIVEGRAD_WEBKIT can name one")
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed, on whose screen WebKitGTK's browser would be shown")
    with start_webkit(driver) as browser:
        yield WebKitLab(browser)


@pytest.fixture(scope="module")
def lab(webkit: WebKitLab, site: Site) -> WebKitLab:
    return webkit.open(site.url)


def test_a_program_is_run_and_recorded(lab: WebKitLab) -> None:
    lab.run(
        "import numpy as np\n"
        "from livegrad import Variable\n"
        "x = Variable(np.arange(3.0))\n"
        "y = x * x\n"
        "print(y.data.sum())\n"
        "y = None\n"
    )
    assert "5.0" in lab.output
    lab.go(Keys.HOME, "step 1 of 6, line 1")
    lab.go(Keys.END, "step 6 of 6, line 6")
    lab.until(lambda: any(row[:3] == ["x", "Variable", "alive"] for row in lab.rows()), "x lives")
    lab.go(Keys.ARROW_LEFT, "step 5 of 6, line 5")
    lab.until(lambda: any(row[:3] == ["y", "Variable", "alive"] for row in lab.rows()), "y lives")


def test_an_endless_loop_is_stopped_and_the_next_run_works(lab: WebKitLab) -> None:
    lab.write("print('first words')\nwhile True: pass\n")
    lab.press("Run")
    lab.until(lambda: "first words" in lab.output, "the program prints")
    lab.press("Stop")
    lab.wait_for("Stopped")
    assert "first words" in lab.output
    assert "while True" in lab.find("textbox", "Program").text
    lab.go(Keys.HOME, lab.position())
    lab.run("print('again')\n")
    assert "again" in lab.output


def test_python_starts_from_its_snapshot(webkit: WebKitLab, dist: Path) -> None:
    """It is ready although the other way, which unpacks numpy's wheel, does not work here."""
    (wheel,) = (dist / "runtime").glob("numpy-*.whl")
    files = {f"runtime/{wheel.name}": bytes(wheel.stat().st_size)}
    with serve(dist, extra=files) as site:
        webkit.open(site.url)
        webkit.browser.get("about:blank")
