"""Links, Markdown, files in and out, and the player in an iframe."""

import base64
import json
import math
import re
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
from fragment import link_to
from lab_page import START_MS, LabPage
from PIL import Image
from playwright.sync_api import Page, expect

from livegrad.liveness import record
from site_server import Site

pytestmark = pytest.mark.page


@pytest.fixture
def sheet(lab: LabPage):
    """The sheet that Share opens, beside a run of the cycle at the line its island forms."""
    lab.choose(r"^4\b")
    lab.run()
    lab.after_line(16)
    lab.inspect("Thing#2")
    lab.share_button.click()
    sheet = lab.page.get_by_role("region", name="Link and files")
    expect(sheet).to_contain_text("Link copied")
    yield sheet
    lab.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_a_link_leads_to_the_step_and_the_object_after_the_run(lab: LabPage, sheet) -> None:
    guest = LabPage(lab.page.context.new_page()).open(clipboard(lab.page)).wait_for_python()
    expect(guest.program).to_contain_text("c.a = a")
    expect(guest.output).to_contain_text("Nothing has run yet")
    guest.run()
    assert guest.position() == lab.position()
    expect(guest.inspector).to_contain_text("Thing#2")
    guest.page.close()


def test_a_link_put_into_the_address_bar_takes_the_place_of_a_run(lab: LabPage, site: Site) -> None:
    """As going to another page would; the text of before comes back by undoing."""
    lab.write("while True:\n    pass\n")
    for link, saying in (
        (link_to("linked = 'from elsewhere'\n", site), "^Ready"),
        (site.url + "#lab=AAAA", "^Failed: This link holds no readable program"),
    ):
        lab.run_button.click()
        expect(lab.status_saying("^Running")).to_be_visible(timeout=START_MS)
        lab.open(link)
        expect(lab.status_saying(saying)).to_be_visible()
        if saying == "^Ready":
            expect(lab.program).to_contain_text("linked = 'from elsewhere'")
            lab.program.click()
            lab.page.keyboard.press("ControlOrMeta+Z")
        expect(lab.program).to_contain_text("while True:")


def test_a_broken_link_after_a_run_is_told_and_takes_nothing_away(lab: LabPage, site: Site) -> None:
    lab.run_source("kept = 6\n")
    lab.open(site.url + "#lab=BBBB")
    expect(lab.status_saying("This link holds no readable program")).to_be_visible()
    expect(lab.program).to_contain_text("kept = 6")
    expect(lab.page.get_by_role("textbox", name="Console")).to_be_visible()


@pytest.mark.parametrize("fragment", ["#lab=AAAA", "#lab=%%%", "#lab=" + "A" * 2000])
def test_a_broken_link_is_told_in_a_sentence(page: Page, site: Site, fragment: str) -> None:
    lab = LabPage(page).open(site.url + fragment)
    expect(lab.status_saying("This link holds no readable program")).to_be_visible()
    with lab.in_korean():
        expect(lab.status_saying("이 링크에서 프로그램을 읽을 수 없습니다")).to_be_visible()
    lab.run()


def test_markdown_holds_program_moment_picture_and_link(lab: LabPage, sheet) -> None:
    sheet.get_by_role("button", name="Copy as Markdown").click()
    expect(sheet).to_contain_text("Copied as Markdown: the program, the moment, the picture")
    text = clipboard(lab.page)
    program = re.search(r"```python\n(.*?)\n```", text, re.S)
    assert program
    assert "c.a = a" in program[1]
    assert "After line 16: 0 B live, 3 objects." in text
    picture = re.search(r"!\[.*\]\(data:image/svg\+xml;base64,([\w+/=]+)\)", text)
    assert picture
    svg = ET.fromstring(base64.b64decode(picture[1]))
    assert svg.tag.endswith("svg")
    assert "unreachable island" in "".join(svg.itertext())
    assert f"({lab.page.url})" in text


def test_what_the_clipboard_refuses_can_be_copied_by_hand(lab: LabPage, sheet) -> None:
    lab.page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }"
    )
    sheet.get_by_role("button", name="Copy as Markdown").click()
    expect(sheet).to_contain_text("copy the text from here")
    expect(sheet.get_by_role("textbox")).to_have_value(re.compile("```python"))
    lab.page.evaluate("delete navigator.clipboard.writeText")


@pytest.mark.parametrize("name", ["program, .py", "recording, .json", "graph, .svg", "graph, .png"])
def test_everything_is_saved_as_a_file(lab: LabPage, sheet, name: str) -> None:
    with lab.page.expect_download() as download:
        sheet.get_by_role("button", name=f"Save: {name}").click()
    content = Path(download.value.path()).read_bytes()
    expect(sheet).to_contain_text(f"Saved as {download.value.suggested_filename}.")
    if name.endswith(".py"):
        lesson = Path(__file__).parents[2] / "web" / "lessons" / "04-cycle" / "program.py"
        assert content == lesson.read_bytes()
    elif name.endswith(".json"):
        trace = json.loads(content)
        assert (trace["format"], trace["end"]["status"]) == ("livegrad-trace", "finished")
    elif name.endswith(".svg"):
        root = ET.fromstring(content)
        text = "".join(root.itertext())
        assert all(f"#{n}" in text for n in (1, 2, 3))
        assert "unreachable island" in text
        assert any(e.get("fill", "").startswith("rgb") for e in root.iter())
        assert b"var(--" not in content
        # It stands alone: nothing is fetched from anywhere.
        assert not re.search(rb"href=|src=|@import|url\((?!['\"]?#)", content)
    else:
        image = Image.open(BytesIO(content))
        image.load()
        box = lab.graph.locator("svg.g").get_attribute("viewBox") or ""
        drawn = [math.ceil(float(number)) for number in box.split()[2:]]
        assert [size / image.size[0] for size in image.size] == pytest.approx(
            [size / drawn[0] for size in drawn], abs=0.01
        )
        assert image.size[0] >= drawn[0]
        assert len(image.convert("RGB").getcolors(1 << 24) or []) > 20


def test_a_saved_recording_is_opened_again(lab: LabPage, sheet, tmp_path: Path) -> None:
    with lab.page.expect_download() as download:
        sheet.get_by_role("button", name="Save: recording").click()
    file = tmp_path / "saved.json"
    download.value.save_as(file)
    lab.write("other = 1\n")
    open_file(lab, file)
    expect(lab.program).to_contain_text("c.a = a")
    lab.after_line(16)
    assert {thing.state for thing in lab.objects(type="Thing")} == {"unreachable"}


def open_file(lab: LabPage, file: Path) -> None:
    if lab.page.get_by_role("region", name="Link and files").is_hidden():
        lab.share_button.click()
    lab.page.locator("input[type=file]").set_input_files(file)


def test_a_recording_made_natively_is_opened_by_drag_and_drop(lab: LabPage, tmp_path: Path) -> None:
    source = "class Thing:\n    pass\n\n\nnative = Thing()\nnative = None\n"
    trace = tmp_path / "native.json"
    record(source, "native.py").dump(trace)
    lab.drop("native.json", trace.read_text("utf-8"))
    expect(lab.page.get_by_text("Opened native.json: ")).to_be_visible()
    with lab.in_korean():
        expect(lab.page.get_by_text("native.json 파일을 열었습니다.")).to_be_visible()
    expect(lab.program).to_contain_text("native = Thing()")
    lab.after_line(6)
    thing = lab.only(type="Thing")
    assert (thing.state, thing.died) == ("dead", 6)
    lab.expect_line(6)


@pytest.mark.parametrize(
    ("name", "text", "sentence", "korean"),
    [
        ("a.json", "{", "it is not JSON", "기록이 손상되었습니다"),
        ("b.json", "[]", "This file is not a Livegrad recording", "Livegrad 기록이 아닙니다"),
        (
            "c.json",
            '{"format":"livegrad-trace","version":1,"header":{},"chunks":[{"start":-1}],"end":{}}',
            "damaged",
            "기록이 손상되었습니다",
        ),
        (
            "d.json",
            '{"format":"livegrad-trace","version":9}',
            "version 9",
            "이 기록의 버전은 다릅니다(9)",
        ),
        ("e.py", "a = '\0'\n", "is not text", "UTF-8 텍스트가 아닙니다"),
    ],
)
def test_a_malformed_file_is_one_sentence_and_changes_nothing(
    lab: LabPage, name: str, text: str, sentence: str, korean: str
) -> None:
    lab.write("stays = 1\n")
    lab.drop(name, text)
    expect(lab.page.get_by_text(sentence)).to_be_visible()
    with lab.in_korean():
        lab.drop(name, text)
        expect(lab.page.get_by_text(korean)).to_be_visible()
    expect(lab.program).to_contain_text("stays = 1")


def test_a_program_is_opened_and_can_be_undone(lab: LabPage, tmp_path: Path) -> None:
    lab.write("before = 1\n")
    file = tmp_path / "mine.py"
    file.write_bytes("이름 = 'opened'\r\n".encode())
    open_file(lab, file)
    expect(lab.page.get_by_text("Opened mine.py.")).to_be_visible()
    expect(lab.program).to_contain_text("이름 = 'opened'")
    lab.page.keyboard.press("Escape")
    lab.program.click()
    lab.page.keyboard.press("ControlOrMeta+Z")
    expect(lab.program).to_contain_text("before = 1")


def test_the_player_in_an_iframe_runs_and_leads_to_the_whole_lab(
    lab: LabPage, sheet, site: Site
) -> None:
    sheet.get_by_role("button", name="Copy code for an iframe").click()
    expect(sheet).to_contain_text("Code for an iframe copied.")
    code = clipboard(lab.page)
    assert code.startswith("<iframe src=")
    teacher = lab.page.context.new_page()
    if lab.page.context.browser.browser_type.name == "firefox":  # type: ignore[union-attr]
        # Its driver's pointer does not get into a frame that is of another process: the teacher
        # is of the same site there. (For a page without an icon it asks the root of the site.)
        page = {
            "content_type": "text/html",
            "body": '<!doctype html><link rel="icon" href="data:,">',
        }
        teacher.route("**/teacher", lambda asked: asked.fulfill(**page))
        teacher.goto(f"{site.url}teacher")
    before = len(site.requests)
    teacher.set_content(code)
    frame = teacher.frame_locator("iframe")
    expect(frame.get_by_role("textbox", name="Program")).to_contain_text("c.a = a")
    # Nobody has asked for Python yet.
    assert not [path for path in site.requests[before:] if "/runtime/" in path]
    frame.get_by_role("button", name="Run", exact=True).click()
    slider = frame.get_by_role("slider", name="Step")
    text = lab.slider.get_attribute("aria-valuetext") or ""
    expect(slider).to_have_attribute("aria-valuetext", text, timeout=START_MS)
    expect(frame.get_by_role("region", name="Graph")).to_contain_text("unreachable island")
    with teacher.expect_popup() as popup:
        frame.get_by_role("link", name="Open in the lab").click()
    whole = LabPage(popup.value)
    expect(whole.example).to_be_visible()
    expect(whole.program).to_contain_text("c.a = a")
    popup.value.close()
    teacher.close()
