"""Browsers that lack something: the page says in words which one to use, in both languages."""

import re
from pathlib import Path

import pytest
from boxed import begin_worker
from lab_page import LabPage
from playwright.sync_api import Browser, Page, expect

from site_server import Site, serve

pytestmark = pytest.mark.page

LACKS = {
    "WebAssembly": "delete globalThis.WebAssembly",
    "WebAssembly.Exception": "delete WebAssembly.Exception",
    "iframe sandbox": "delete HTMLIFrameElement.prototype.sandbox",
}


NO_ROOM = """
const {compile} = WebAssembly;
WebAssembly.compile = (code) =>
  code.length > 1e6 ? Promise.reject(new RangeError("no room for so much code")) : compile(code);
"""


@pytest.mark.parametrize("name", LACKS)
def test_a_lack_is_told_and_the_lesson_is_there(page: Page, site: Site, name: str) -> None:
    page.add_init_script(LACKS[name])
    lab = LabPage(page).open(site.url)
    use = "open the page in a current Chrome, Edge, Firefox or Safari"
    expect(
        lab.status_saying(f"^Failed: this browser lacks {re.escape(name)}; {use}")
    ).to_be_visible()
    lab.press("End")
    assert lab.objects()  # the recording that is shipped
    page.get_by_role("button", name="한국어").click()
    told = (
        rf"이 브라우저에는 필요한 기능이 없습니다\({re.escape(name)}\).*최신 Chrome, Edge, Firefox"
    )
    expect(lab.status_saying(told)).to_be_visible()


def test_what_only_the_worker_lacks_is_told_when_it_does_not_start(page: Page, site: Site) -> None:
    begin_worker(page, NO_ROOM)
    lab = LabPage(page).open(site.url)
    told = r"^Failed: Python could not start \(.*\); .*open it in a current Chrome, Edge or Firefox"
    expect(lab.status_saying(told)).to_be_visible()


def test_a_browser_that_cannot_unpack_links_says_so(page: Page, site: Site) -> None:
    page.add_init_script(
        "delete globalThis.DecompressionStream; delete globalThis.CompressionStream"
    )
    lab = LabPage(page).open(
        site.url + "#lab=q1YqzkgsSlWyUlAqKMrMK9FQUFLSUVAqSy0qzszPA4oaKukoKOUXJeelAllGtQA"
    )
    expect(
        lab.status_saying("^Failed: this browser lacks DecompressionStream; open")
    ).to_be_visible()
    lab.share_button.click()
    expect(page.get_by_text("this browser lacks CompressionStream; open")).to_be_visible()


def test_a_browser_that_cannot_read_the_script_shows_which_to_use(
    browser: Browser, dist: Path
) -> None:
    (script,) = re.findall(
        r'<script type="module"[^>]* src="\./([^"]+)"', (dist / "index.html").read_text()
    )
    files = {script: b"let tooNew = ;"}
    with serve(dist, extra=files) as site:
        page = browser.new_page()  # no `visitor`: the error is wanted
        page.goto(site.url)
        for words in ("open it in a current Chrome, Edge, Firefox or Safari", "하나로 여세요"):
            expect(page.get_by_text(words).first).to_be_visible()
        page.close()
