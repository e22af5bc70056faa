"""What a visitor sees and does before Python is there, and when its snapshot does not fit."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fragment import link_to
from lab_page import START_MS, LabPage
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from site_server import Site, serve
from visitor import visitor
from web.build import manifest


@contextmanager
def without_python(page: Page) -> Iterator[None]:
    """A network on which the runtime's files never arrive, until this is left."""
    held: list[Route] = []
    here = False
    page.route("**/runtime/*", lambda route: route.continue_() if here else held.append(route))
    yield
    here = True
    for route in held:
        route.continue_()


def table_at_the_end(lab: LabPage) -> list[object]:
    lab.press("End")
    return list(lab.objects())


def test_the_first_lesson_is_there_before_python_and_is_what_run_gives(
    page: Page, site: Site
) -> None:
    lab = LabPage(page)
    with without_python(page):
        lab.open(site.url)
        expect(lab.slider).to_have_attribute("aria-valuetext", re.compile(r"line 10$"))
        expect(lab.status_saying("Loading Python")).to_be_visible()
        expect(lab.run_button).to_have_text(re.compile("Run"))
        lab.expect_live_bytes(640_000)  # at its peak: the old graph and the new one
        shipped = {}
        for outputs in ("Strong", "Weak"):
            lab.choose_outputs(outputs)
            shipped[outputs] = table_at_the_end(lab)
        assert shipped["Weak"] != shipped["Strong"]
        lab.press("Home")
        page.keyboard.press("ArrowRight")
        lab.expect_step(2)
    lab.wait_for_python()
    for outputs, seen in shipped.items():
        lab.choose_outputs(outputs)
        lab.run()
        assert table_at_the_end(lab) == seen


def test_a_link_to_a_moment_is_kept_to_at_once_and_by_the_first_run(page: Page, site: Site) -> None:
    lab = LabPage(page)
    with without_python(page):
        lab.open(site.url).choose_outputs("Strong")
        lab.after_line(10, 4)
        lab.inspect("Variable#16")
        lab.share_button.click()
        expect(page.get_by_text("Link copied")).to_be_visible()
        link = page.evaluate("navigator.clipboard.readText()")
        page.keyboard.press("Escape")
        there = lab.position()
        guest = LabPage(page.context.new_page()).open(link)
        expect(guest.slider).to_have_attribute("aria-valuetext", re.compile(r"line 10$"))
        assert guest.position() == there
        expect(guest.inspector).to_contain_text("Variable#16")
        expect(guest.outputs.get_by_role("radio", name="Strong")).to_be_checked()
        expect(guest.page.get_by_text("a recording shipped with the page")).to_be_visible()
    guest.wait_for_python().run()
    assert guest.position() == there
    expect(guest.inspector).to_contain_text("Variable#16")
    # Another link in the address bar of an open page is one, too.
    guest.press("Home")
    guest.page.goto(site.url + "#")
    guest.page.goto(link)
    expect(guest.slider).to_have_attribute("aria-valuetext", re.compile(r"line 10$"))
    assert guest.position() == there


def test_run_pressed_before_python_is_there_keeps_its_promise(page: Page, site: Site) -> None:
    lab = LabPage(page)
    with without_python(page):
        lab.open(site.url)
        lab.write("print(6 * 7)\n")
        lab.run_button.click()
        expect(lab.run_button).to_have_text(re.compile("Run when ready"))
    expect(lab.output).to_contain_text("42", timeout=START_MS)


def test_a_link_put_in_before_python_is_there_runs_nothing(page: Page, site: Site) -> None:
    """Run was pressed for another text: the promise does not go over to the link's."""
    lab = LabPage(page)
    with without_python(page):
        lab.open(site.url)
        lab.write("print(6 * 7)\n")
        lab.run_button.click()
        lab.open(link_to("linked = 'from elsewhere'\n", site))
        expect(lab.program).to_contain_text("linked = 'from elsewhere'")
    lab.wait_for_python()
    expect(lab.output).to_contain_text("Nothing has run yet")
    lab.program.click()
    page.keyboard.press("ControlOrMeta+Z")
    expect(lab.program).to_contain_text("print(6 * 7)")


@contextmanager
def without_files(page: Page) -> Iterator[None]:
    """A network on which the rest of the library does not arrive, until this is left."""
    held: list[Route] = []
    here = False
    rest = re.compile(r"/runtime/.*\.(zip|whl)$")
    page.route(rest, lambda route: route.continue_() if here else held.append(route))
    yield
    here = True
    for route in held:
        route.continue_()


IN_MEMORY = """\
import numpy as np
from livegrad import Variable
from livegrad.functions import square

y = square(Variable(np.random.randn(3)))
y.backward()
print(y.shape)
"""
BY_IMPORT = "import fractions\nprint(fractions.Fraction(1, 3) + 1)\n"
BY_ATTRIBUTE = "import numpy as np\nprint('first')\nprint(np.fft.fft(np.ones(4)).real)\n"
BY_FAILURE = "import numpy as np\nnp.linalg.inv(np.zeros((2, 3)))\n"


@pytest.mark.parametrize(
    ("needs_more", "told"),
    [
        (BY_IMPORT, "4/3"),
        (BY_ATTRIBUTE, "first\n[4. 0. 0. 0.]"),
        (BY_FAILURE, "raise LinAlgError('Last"),  # the line of a file of numpy's
    ],
)
def test_a_program_waits_only_for_what_it_imports(
    page: Page, site: Site, needs_more: str, told: str
) -> None:
    lab = LabPage(page)
    with without_files(page):
        lab.open(site.url).wait_for_python()
        lab.run_source(IN_MEMORY)
        expect(lab.output).to_contain_text("(3,)")
        lab.write(needs_more)
        lab.run_button.click()
        expect(lab.status_saying("Running")).to_be_visible()
    expect(lab.output).to_contain_text(told, timeout=START_MS)
    assert lab.output.text_content().count("first") == told.count("first")


BY_LINKS = """performance.getEntriesByType("resource")
  .filter(({initiatorType}) => initiatorType === "link").map(({name}) => name)"""


def test_what_python_starts_from_is_fetched_before_the_page_asks(
    own_lab: LabPage, site: Site, dist: Path
) -> None:
    """A player fetches none of it: test_sharing.py."""
    fetched = own_lab.page.evaluate(BY_LINKS)
    first = [file["file"] for file in manifest.read(dist) if file["role"] in manifest.FIRST]
    assert {f"{site.url}runtime/{name}" for name in first} <= set(fetched)


def damaged(image: bytes) -> bytes:
    return image[: len(image) // 2] + bytes(1000) + image[len(image) // 2 + 1000 :]


@pytest.mark.parametrize("damage", [damaged, lambda image: bytes(len(image))])
def test_where_the_snapshot_does_not_fit_python_starts_without_it(
    browser: Browser, dist: Path, damage
) -> None:
    """The page is the same; only the console tells."""
    (image,) = (dist / "runtime").glob("memory-*.bin")
    said: list[ConsoleMessage] = []
    files = {f"runtime/{image.name}": damage(image.read_bytes())}
    with serve(dist, extra=files) as site, visitor(browser, site) as page:
        page.on("console", lambda message: said.append(message))
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.run_source("import numpy as np, random\nprint(np.arange(3).sum())\n")
        expect(lab.output).to_contain_text("3")
    assert {message.type for message in said} == {"warning"}
    assert all("snapshot" in message.text for message in said)
