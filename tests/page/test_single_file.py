"""livegrad.html, opened from the disk: all of the lab, and not one request."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lab_page import LabPage
from playwright.sync_api import Browser, Page, expect

from site_server import Site
from visitor import visitor
from web.build.single import build_single

pytestmark = pytest.mark.page


@pytest.fixture(scope="module")
def file(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    # A name as people give them, in a folder as they have them.
    folder = tmp_path_factory.mktemp("my files #1")
    file = folder / "livegrad 사본.html"
    assert build_single(file, dist, folder)
    assert [path.name for path in folder.iterdir()] == [file.name]
    return file


@contextmanager
def opened(browser: Browser, file: Path, query: str = "") -> Iterator[LabPage]:
    """The file as a double click opens it; on leaving, it must have asked for nothing else."""
    address = file.as_uri() + query
    asked: list[str] = []
    site = Site("file://", address.removeprefix("file://"), [], lambda: None)
    with visitor(browser, site, offline=True) as page:
        page.context.on("request", lambda request: asked.append(request.url))
        yield LabPage(page).open(address)
    others = [url for url in asked if not url.startswith(("blob:null/", "data:image/", "about:"))]
    assert set(others) <= {file.as_uri()}  # Firefox does not even tell of this one


def test_recording_run_compare_and_language_from_a_disk(each_browser: Browser, file: Path) -> None:
    with opened(each_browser, file) as lab:
        expect(lab.slider).to_have_attribute("aria-valuetext", re.compile("line 10$"))
        lab.expect_live_bytes(640_000)
        lab.wait_for_python()
        lab.run_source("import json, numpy as np\nprint(json.dumps(np.arange(3).tolist()))\n")
        expect(lab.output).to_contain_text("[0, 1, 2]")
        lab.choose(r"^8\b")
        lab.choose_outputs("Compare")
        lab.run()
        expect(lab.page.get_by_role("region", name=re.compile("^Graph"))).to_have_count(2)
        lab.page.get_by_role("button", name="한국어").click()
        expect(lab.page.get_by_role("region", name="학습", exact=True)).to_contain_text("메모리")


def test_files_and_links_work_from_a_disk(browser: Browser, file: Path, dist: Path) -> None:
    with opened(browser, file) as lab:
        page: Page = lab.page
        lab.share_button.click()
        expect(page.get_by_role("region", name="Link and files")).to_contain_text("Link copied")
        recording = next((dist / "recordings").glob("first-strong-*.json"))
        page.locator("input[type=file]").set_input_files(recording)
        expect(page.get_by_text(re.compile("^Opened first-strong"))).to_be_visible()
        link: str = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(file.as_uri() + "#lab=")
    with opened(browser, file, link.removeprefix(file.as_uri())) as lab:
        expect(lab.program).to_contain_text("square")
        lab.write("mine = 1\n")
        assert "#" not in lab.page.url


def test_it_is_as_strict_as_the_site(file: Path) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)', file.read_text("utf-8"))
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'none'"
    assert rules["require-trusted-types-for"] == "'script'"
    scripts = re.sub(r"'sha256-[\w+/=]+'", "HASH", rules["script-src"])
    assert scripts == "HASH HASH blob: 'wasm-unsafe-eval'"
    assert "unsafe-inline" not in policy[1]


def test_it_is_made_once_and_always_the_same(file: Path, dist: Path, tmp_path: Path) -> None:
    assert not build_single(file, dist, tmp_path)
    again = tmp_path / "again.html"
    assert build_single(again, dist, tmp_path)
    assert again.read_bytes() == file.read_bytes()
