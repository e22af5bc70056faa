"""Each key view looks as in the picture that was kept of it: looks.py says how closely.

The pictures are of the recording that the site ships, before Python is there; those of a run
and of the console are of a lesson that Python has run. To look at them and keep them anew:
python3 build.py test -- tests/page/test_looks.py --retake
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import looks
import pytest
from lab_page import LabPage
from looks import assert_looks_as_kept, difference, in_known_fonts, reduced
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect

from site_server import Site, serve

pytestmark = pytest.mark.page

SIZES = {"wide": (1440, 900), "drawer": (1024, 768), "phone": (390, 844)}
TRIES = 20
"""How often the page is looked at until it looks twice the same."""


@pytest.fixture(scope="module")
def dressed_site(dist: Path) -> Iterator[Site]:
    with serve(dist, extra=in_known_fonts(dist)) as site:
        yield site


@contextmanager
def lab_at(
    browser: Browser, site: Site, size: str = "wide", theme: str = "light", *, python: bool = False
) -> Iterator[LabPage]:
    """The page at rest, at the peak of the recording that is shipped."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        bypass_csp=True,  # which knows no fonts
    )
    held: list[Route] = []
    page = context.new_page()
    if not python:
        page.route("**/runtime/*", lambda route: held.append(route))
    lab = LabPage(page).open(site.url)
    expect(lab.slider).to_have_attribute("aria-valuetext", re.compile(r"line 10$"))
    expect(page.locator(".cm-now").first).to_be_in_viewport()
    if python:
        lab.wait_for_python()
    yield lab
    for route in held:
        route.abort()
    context.close()


def picture_of(thing: Page | Locator) -> bytes:
    """A screenshot of what has come to rest."""
    page = thing.page if isinstance(thing, Locator) else thing
    page.locator(":focus").evaluate_all("focused => focused.forEach(e => e.blur())")
    page.mouse.move(0, 0)
    expect(page.locator(".explains:popover-open")).to_have_count(0)
    seen = b""
    for _ in range(TRIES):
        page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        now = thing.screenshot(animations="disabled", caret="hide")
        if now == seen:
            return now
        seen = now
    raise AssertionError("the page does not come to rest")


# ---- the views ----


def nothing(_: LabPage) -> None:
    """As it opens."""


def inspector(lab: LabPage) -> None:
    """An object is chosen and what it retains, its life and a what-if are told."""
    lab.graph.get_by_role("button", name=re.compile(r"Variable#9, alive")).click()
    expect(lab.inspector).to_contain_text("Reference count")


def what_if(lab: LabPage) -> None:
    inspector(lab)
    lab.inspector.get_by_role("switch").first.click()


def table(lab: LabPage) -> None:
    lab.press("t")
    expect(lab.page.get_by_role("button", name=re.compile("Show as graph"))).to_be_visible()


def compare(lab: LabPage) -> None:
    lab.choose_outputs("Compare")
    expect(lab.page.get_by_role("region", name=re.compile("Graph"))).to_have_count(2)
    lab.press("End")


def lesson(lab: LabPage) -> None:
    lab.page.get_by_role("button", name=re.compile("About this example")).click()


def island(lab: LabPage) -> None:
    """Strong outputs, near the end: old graphs that no name reaches."""
    lab.choose_outputs("Strong")
    lab.press("End")
    lab.page.keyboard.press("ArrowLeft")


def sheet(lab: LabPage) -> None:
    lab.page.get_by_role("button", name="Lesson, output and more").click()


def korean(lab: LabPage) -> None:
    lab.page.locator("button[lang=ko], [lang=ko] button").first.evaluate("b => b.click()")
    expect(lab.page.locator("html")).to_have_attribute("lang", "ko")


@dataclass(frozen=True)
class View:
    show: Callable[[LabPage], None]
    size: str
    theme: str
    korean: bool = False

    @property
    def name(self) -> str:
        show = self.show.__name__.replace("nothing", "graph").replace("_", "-")
        return f"{show}-{self.size}-{self.theme}-{'ko' if self.korean else 'en'}"


VIEWS = [
    View(nothing, "wide", "light"),
    View(nothing, "phone", "light"),
    View(nothing, "phone", "dark", korean=True),
    View(nothing, "drawer", "light"),
    View(inspector, "wide", "dark"),
    View(inspector, "wide", "light", korean=True),
    View(inspector, "phone", "light"),
    View(what_if, "wide", "light"),
    View(island, "wide", "dark"),
    View(table, "wide", "light"),
    View(table, "phone", "dark"),
    View(compare, "wide", "light"),
    View(compare, "wide", "dark", korean=True),
    View(compare, "phone", "light"),
    View(lesson, "wide", "light"),
    View(lesson, "wide", "dark"),
    View(sheet, "phone", "light"),
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_the_view_looks_as_kept(
    browser: Browser, dressed_site: Site, view: View, pytestconfig: pytest.Config
) -> None:
    with lab_at(browser, dressed_site, view.size, view.theme) as lab:
        view.show(lab)
        if view.korean:
            korean(lab)
        png = picture_of(lab.page)
    assert_looks_as_kept(view.name, png, retake=pytestconfig.getoption("retake"))


ERROR = """from livegrad import Variable

kept = []
x = Variable(None)
for i in range(3):
    kept.append(x)
kept[5].data
"""


def test_a_failed_run_and_the_console_look_as_kept(
    browser: Browser, dressed_site: Site, pytestconfig: pytest.Config
) -> None:
    retake = pytestconfig.getoption("retake")
    with lab_at(browser, dressed_site, python=True) as lab:
        lab.run_source(ERROR, ending="^Failed")
        box = lab.page.get_by_role("textbox", name="Console")
        for line in ("len(kept)", "kept"):
            box.fill(line)
            box.press("Enter")
            expect(box).to_have_value("")
        console = lab.page.get_by_role("region", name="Console", exact=True)
        expect(console).to_contain_text("_ holds")
        assert_looks_as_kept("failed-wide-light-en", picture_of(lab.page), retake=retake)


# ---- the comparison itself ----


@pytest.fixture(scope="module")
def plain(browser: Browser, dressed_site: Site) -> Iterator[tuple[LabPage, Image.Image]]:
    """The page as it opens, and its picture."""
    with lab_at(browser, dressed_site) as lab:
        yield lab, seen(lab)


def seen(lab: LabPage) -> Image.Image:
    return reduced(Image.open(BytesIO(picture_of(lab.page))))


CHANGES = {
    "the fill of a kind of object, a little darker": "--fun-fill: #b4d6e8",
    "the ground of all panels, a little darker": "--panel: #f6f5f1",
    "a wider inspector": "--insp-w: 332px",
    "smaller letters": "--fs-3: 12px",
    "no mark at the present line": "--now-wash: transparent",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_told(plain: tuple[LabPage, Image.Image], change: str) -> None:
    lab, before = plain
    style = lab.page.add_style_tag(content=f":root:root:root:root {{ {change} }}")
    after = seen(lab)
    style.evaluate("style => style.remove()")
    assert difference(after, before)
    assert not difference(seen(lab), before)


def test_letters_placed_as_another_machine_does_are_let_pass(
    start_chromium: Callable[..., Browser],
    dressed_site: Site,
    plain: tuple[LabPage, Image.Image],
) -> None:
    """To whole pixels, here."""
    other = start_chromium("--disable-font-subpixel-positioning", "--disable-lcd-text")
    with lab_at(other, dressed_site) as lab:
        there = seen(lab)
    other.close()
    assert there.tobytes() != plain[1].tobytes()
    assert not difference(there, plain[1])


def test_a_difference_is_shown_and_the_way_to_keep_it_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(looks, "FOUND", tmp_path / "found")
    white, spot = Image.new("RGB", (80, 80), "white"), Image.new("RGB", (80, 80), "white")
    spot.paste("grey", (40, 40, 60, 60))
    with pytest.raises(AssertionError, match=r"There is no .*spot.png"):
        assert_looks_as_kept("spot", png_of(white))
    assert_looks_as_kept("spot", png_of(white), retake=True)
    assert_looks_as_kept("spot", png_of(white))
    with pytest.raises(AssertionError, match=r"between \(40, 40\) and \(60, 60\).*--retake"):
        assert_looks_as_kept("spot", png_of(spot))
    assert Image.open(tmp_path / "found" / "spot.png").getpixel((50, 50)) == (128, 128, 128)
    marked = Image.open(tmp_path / "found" / "spot-difference.png")
    assert marked.getpixel((40, 40)) == (255, 0, 255)
    with pytest.raises(AssertionError, match=r"was .* not"):
        assert_looks_as_kept("spot", png_of(spot.resize((40, 80))))


def png_of(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
