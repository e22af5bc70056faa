"""Nothing that axe-core can find, in both languages and themes, in the views that there are."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab_page import LabPage
from playwright.sync_api import Browser, expect

from site_server import Site
from visitor import visitor

pytestmark = pytest.mark.page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

FIND = """async () => {
    const rules = { "target-size": { enabled: true } };
    const { violations } = await axe.run(document, { resultTypes: ["violations"], rules });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""


def assert_accessible(lab: LabPage) -> None:
    if not lab.page.evaluate("() => 'axe' in window"):
        lab.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = lab.page.evaluate(FIND)
    assert not found, "\n".join(found)


@pytest.fixture
def dressed(lab: LabPage, request: pytest.FixtureRequest) -> Iterator[LabPage]:
    """The lab in a language and a theme, after a run of the first example on screen."""
    lab.choose("memory stay flat")
    lab.run()
    lab.after_line(10, 6)
    language, dark = request.param
    theme = lab.page.locator("html").get_attribute("data-theme")
    if dark != (theme == "dark"):
        lab.page.get_by_role("button", name="Theme").click()
    if language == "ko":
        lab.page.get_by_role("button", name="한국어").click()
    yield lab
    lab.page.set_viewport_size({"width": 1440, "height": 900})
    lab.page.get_by_role("button", name="EN", exact=True).click()


@pytest.mark.parametrize(
    "dressed",
    [("en", False), ("ko", True), ("en", True), ("ko", False)],
    ids=["en-light", "ko-dark", "en-dark", "ko-light"],
    indirect=True,
)
def test_every_view_is_accessible(dressed: LabPage) -> None:
    lab = dressed
    assert_accessible(lab)
    lab.page.locator("svg.g [role=button]").first.click()  # the inspector tells of an object
    lesson = lab.page.locator(".lesson")
    lesson.get_by_role("button").first.click()  # all lessons; the text is open already
    assert_accessible(lab)
    lesson.get_by_role("button").first.click()
    lab.page.keyboard.press("Escape")
    lab.page.keyboard.press("t")
    assert_accessible(lab)
    lab.page.keyboard.press("t")
    lab.page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(lab)


DRESSES = [("EN", False), ("EN", True), ("한국어", True), ("한국어", False)]


def assert_accessible_in_every_dress(lab: LabPage) -> None:
    """The view that is shown, in both languages and themes; a dialog stays open meanwhile."""
    button = lab.page.locator(".languages button, .theme:not(.keyhelp)")
    html = lab.page.locator("html")
    for language, dark in DRESSES:
        button.get_by_text(language, exact=True).dispatch_event("click")
        if dark != (html.get_attribute("data-theme") == "dark"):
            lab.page.locator(".theme:not(.keyhelp)").dispatch_event("click")
        expect(html).to_have_attribute("data-theme", "dark" if dark else "light")
        expect(html).to_have_attribute("lang", "en" if language == "EN" else "ko")
        assert_accessible(lab)
    button.get_by_text("EN", exact=True).dispatch_event("click")


def test_failures_are_accessible(lab: LabPage) -> None:
    lab.run_source("x = (\n", ending="^Failed")
    assert_accessible_in_every_dress(lab)
    lab.run_source("x = [1]\nx.nothing\n", ending="^Failed")
    assert_accessible_in_every_dress(lab)


def test_comparisons_are_accessible(lab: LabPage) -> None:
    lab.choose("hold each other")
    lab.choose_outputs("Compare")
    lab.run()
    assert_accessible_in_every_dress(lab)
    lab.press("End")
    lab.page.keyboard.press("ArrowLeft")
    strong = lab.page.get_by_role("region", name="Graph: Strong outputs")
    strong.get_by_role("button", name=re.compile(r"Variable#\d, ")).first.press("Enter")
    assert_accessible_in_every_dress(lab)
    lab.page.keyboard.press("Escape")


def test_console_files_and_keys_are_accessible(lab: LabPage) -> None:
    lab.choose("A chain falls")
    lab.run()
    box = lab.page.get_by_role("textbox", name="Console")
    box.fill("[1, 2]")
    box.press("Enter")
    expect(lab.page.get_by_role("region", name="Console", exact=True)).to_contain_text("_ holds")
    lab.share_button.click()
    expect(lab.page.get_by_text("Link copied")).to_be_visible()
    assert_accessible_in_every_dress(lab)
    lab.page.keyboard.press("Escape")
    lab.press("?")
    expect(lab.page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    assert_accessible_in_every_dress(lab)
    lab.page.keyboard.press("Escape")
    lab.press("/")
    lab.page.keyboard.type("thing")
    assert_accessible_in_every_dress(lab)
    lab.page.keyboard.press("Escape")


VIEW = "import numpy as np\nhuge = np.arange(1000.0)\ntiny = huge[:3]\nhuge = None\n"


def test_whatever_the_inspector_tells_is_accessible(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.run()
    lab.after_line(10, 4)
    lab.inspect("Variable#13")
    lab.inspector.get_by_role("switch").first.click()
    expect(lab.inspector).to_contain_text("Loosened now")
    assert_accessible_in_every_dress(lab)
    lab.inspect("Variable#12")
    expect(lab.inspector).to_contain_text("What killed it")
    assert_accessible(lab)
    lab.choose(r"^4\b")
    lab.run()
    lab.after_line(16)
    lab.inspect("Thing#2")
    expect(lab.inspector).to_contain_text("A collection would free")
    assert_accessible(lab)
    lab.run_source(VIEW)
    lab.inspect("ndarray#2")
    expect(lab.inspector).to_contain_text("It alone keeps all 8 kB alive")
    assert_accessible(lab)
    lab.page.keyboard.press("Escape")


def test_a_run_in_progress_is_accessible(lab: LabPage) -> None:
    """The recording of before stays, dimmed."""
    lab.write("while True:\n    pass\n")
    lab.run_button.click()
    expect(lab.status_saying("^Running")).to_be_visible()
    assert_accessible_in_every_dress(lab)
    lab.stop_button.click()
    expect(lab.status_saying("^Stopped")).to_be_visible()
    assert_accessible(lab)


def test_where_a_file_may_be_dropped_is_accessible(lab: LabPage, tmp_path: Path) -> None:
    """A file that is really dragged: the browser itself tells the page of it."""
    file = tmp_path / "dragged.py"
    file.write_text("dragged = 1\n", encoding="utf-8")
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    session = lab.page.context.new_cdp_session(lab.page)

    def drag(kind: str, x: int) -> None:
        session.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": 400, "data": data})

    target = lab.page.get_by_text("Drop a program (.py) or a recording (.json)")
    for kind in ("dragEnter", "dragOver"):
        drag(kind, 600)
    expect(target).to_be_visible()
    assert_accessible_in_every_dress(lab)
    drag("dragOver", -5)  # out of the window again
    expect(target).to_have_count(0)
    for kind in ("dragEnter", "dragOver", "drop"):
        drag(kind, 600)
    expect(lab.page.get_by_text("Opened dragged.py.")).to_be_visible()
    expect(target).to_have_count(0)
    expect(lab.program).to_contain_text("dragged = 1")
    assert_accessible_in_every_dress(lab)
    session.detach()


def test_the_player_is_accessible(browser: Browser, site: Site) -> None:
    """It has no switches: its language is the one chosen in the lab, its theme the system's."""
    with visitor(browser, site) as page:
        page.set_viewport_size({"width": 900, "height": 560})
        lab = LabPage(page).open(f"{site.url}?embed")
        for language, table in (("en", "Show as table"), ("ko", "표로 보기")):
            page.evaluate(
                "language => localStorage.setItem('livegrad.language', language)", language
            )
            page.reload()
            node = page.locator("svg.g [role=button]").first
            node.click()
            expect(node).to_have_attribute("aria-pressed", "true")
            assert_accessible_in_both_themes(lab)
            page.get_by_role("button", name=table).click()
            expect(page.locator(".tabled table")).to_be_visible()
            assert_accessible_in_both_themes(lab)
        page.set_viewport_size({"width": 390, "height": 560})
        assert_accessible_in_both_themes(lab)
        page.goto(f"{site.url}?embed#lab=AAAA")
        page.reload()
        expect(lab.status).to_contain_text("이 링크에서 프로그램을 읽을 수 없습니다")
        assert_accessible_in_both_themes(lab)


def assert_accessible_in_both_themes(lab: LabPage) -> None:
    for theme in ("light", "dark"):
        lab.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        expect(lab.page.locator("html")).to_have_attribute("data-theme", theme)
        assert_accessible(lab)


def test_keys_alone_are_enough(lab: LabPage) -> None:
    """Escape leaves the program; single keys then step, list the keys, and choose objects."""
    page = lab.page
    lab.choose("A chain falls")
    lab.run()
    _, of, _ = lab.position()
    lab.program.click()
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    lab.expect_step(1)
    page.keyboard.press("ArrowRight")
    lab.expect_step(2)
    page.keyboard.press("d")
    expect(lab.graph.get_by_text("†")).not_to_have_count(0)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("End")
    lab.expect_step(of)

    lab.go_to_step(of - 3)
    node = lab.graph.get_by_role("button", name=re.compile("Thing#1")).first
    node.focus()
    page.keyboard.press("Enter")
    expect(node).to_have_attribute("aria-pressed", "true")
    expect(lab.inspector).to_contain_text("Thing")
    page.keyboard.press("Escape")
    expect(node).to_have_attribute("aria-pressed", "false")


def test_playing_goes_to_the_end_and_any_step_ends_it(lab: LabPage) -> None:
    page = lab.page
    lab.run_source("x = 1\nx = 2\nx = 3\n")
    page.get_by_role("button", name="Play").click()  # the last step is shown: from the first on
    expect(lab.slider).to_have_attribute("aria-valuetext", re.compile("^step 3 of 3"))
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    lab.press("Home")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
