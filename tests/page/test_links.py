"""Links made to do harm: each ends as a sentence, at once, with the page alive, nothing run and
nothing sent: the servers' logs tell."""

import base64
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fragment import packed, program
from lab_page import LabPage
from playwright.sync_api import Page, expect

from site_server import Site, serve

pytestmark = pytest.mark.page

BAD = "^Failed: This link holds no readable program"


def bomb(megabytes: int) -> str:
    """Zeros: a block that is compressed once and stands there as often as needed."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeezed.compress(bytes(10**6)) + squeezed.flush(zlib.Z_FULL_FLUSH)
    letters = base64.urlsafe_b64encode(block * megabytes + squeezed.flush())
    return "#lab=" + letters.decode().rstrip("=")


LINKS = {
    "a zip bomb, 1 GB in 1 MB": bomb(1000),
    "a bomb that begins like a program": packed(b'{"v":1,"source":"' + b"x" * 10**7 + b'"}'),
    "2 MB of letters": "#lab=" + "A" * 2_000_000,
    "1 MB that is no deflate stream": "#lab=" + "_" * 1_000_000,
    "brackets without end": packed(b"[" * 900_000),
    "no text": packed(b"\xff\xfe" * 100),
    "no program": packed(program({"toString": "x"})),
    "a prototype": packed(b'{"__proto__": {"source": "print(1)"}}'),
}


@pytest.fixture(autouse=True)
def only_the_sites_files(site: Site, dist: Path) -> Iterator[None]:
    """Whatever link is opened, the page asks for files of its own, and with nothing added."""
    before = len(site.requests)
    yield
    own = {f"/{path.relative_to(dist)}" for path in dist.rglob("*")} | {"/"}
    root = site.url.removeprefix(site.origin).rstrip("/")
    asked = site.requests[before:]
    assert asked
    assert [path for path in asked if path.removeprefix(root) not in own] == []


@pytest.mark.parametrize("name", LINKS)
def test_a_bad_link_is_a_sentence(page: Page, site: Site, name: str) -> None:
    lab = LabPage(page).open(site.url + LINKS[name])
    expect(lab.status_saying(BAD)).to_be_visible()
    assert page.evaluate("({}).source") is None


def test_a_long_program_in_a_link_is_opened(page: Page, site: Site) -> None:
    """Of digits by chance, so that the link, too, is long: 0.6 MB."""
    noise = random.Random(7).randbytes(500_000).hex()
    source = "# " + noise[:950_000]
    lab = LabPage(page).open(site.url + packed(program(source)))
    expect(lab.program).to_contain_text("# " + noise[:40])


def test_a_program_that_would_phone_home_does_not_by_being_opened(
    page: Page, site: Site, dist: Path
) -> None:
    with serve(dist) as other:
        source = f"from pyodide.http import open_url\nopen_url('{other.url}leak')\n"
        lab = LabPage(page).open(site.url + packed(program(source))).wait_for_python()
        expect(lab.program).to_contain_text("leak")
        assert other.requests == []


def test_markup_in_a_link_is_text(page: Page, site: Site) -> None:
    html = "<img src=x onerror=window.hacked=1>"
    lab = LabPage(page).open(site.url + packed(program(f"print('{html}')")))
    expect(lab.program).to_contain_text(html)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
