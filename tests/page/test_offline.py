"""After one visit the site opens without a server; a new version and an old tab never mix."""

import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lab_page import LabPage, wait_until
from playwright.sync_api import Browser, Page, expect

from site_server import SUB_PATH, Site, serve
from visitor import visitor
from web.build import offline
from web.build.manifest import INDEX

pytestmark = pytest.mark.page

KEPT = """async () => {
  await navigator.serviceWorker.ready;
  return new Promise((yes) => {
    const look = async () => navigator.serviceWorker.controller ? yes(await caches.keys())
      : setTimeout(look, 20);
    look();
  });
}"""
"""Wait until the site is kept; the names of its caches."""


ACTIVE = """async () => {
  const { installing, waiting, active } = await navigator.serviceWorker.getRegistration();
  return !installing && !waiting && active.state === "activated";
}"""


def visit(page: Page, site: Site) -> LabPage:
    """A visit that ends with the site being kept."""
    lab = LabPage(page).open(site.url).wait_for_python()
    page.evaluate(KEPT)
    return lab


def expect_no_answer(site: Site) -> None:
    address = urlsplit(site.origin)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname or "", address.port or 0))


@contextmanager
def left_alone(browser: Browser, dist: Path, below: str) -> Iterator[tuple[Page, Site]]:
    """A tab of one who has visited the site once, and whose server is gone since."""
    said: list[str] = []
    with (
        serve(dist, below=below) as site,
        visitor(browser, site, offline=True, console_errors=True) as page,
    ):
        page.context.on("console", lambda message: said.append(message.text))
        visit(page, site)
        fetched = [path for path in site.requests if "-" in path]
        assert sorted(fetched) == sorted(set(fetched))  # nothing twice for the sake of later
        assert said == []
        again = page.context.new_page()
        page.close()
        site.close()
        expect_no_answer(site)
        yield again, site
    # The browser itself tells that the newest document could not be had.
    assert set(said) <= {"Failed to load resource: net::ERR_CONNECTION_REFUSED"}


def test_lessons_runs_player_and_licences_are_there_without_a_server(
    browser: Browser, dist: Path
) -> None:
    with left_alone(browser, dist, SUB_PATH) as (page, site):
        lab = LabPage(page).open(site.url)
        expect(lab.slider).to_have_attribute("aria-valuetext", re.compile("line 10$"))
        lab.wait_for_python()
        lab.choose(r"^4\b")
        lab.run()
        lab.after_line(16)
        assert {thing.state for thing in lab.objects(type="Thing")} == {"unreachable"}
        page.get_by_role("button", name="한국어").click()
        expect(page.get_by_role("region", name="학습", exact=True)).to_contain_text("순환")
        page.goto(f"{site.url}index.html?embed")
        page.get_by_role("button", name="실행").click()
        last = re.compile("17행")
        expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", last)
        page.goto(f"{site.url}licences.txt")
        expect(page.locator("body")).to_contain_text("NumPy Developers")


def test_at_the_root_of_a_host_too(each_browser: Browser, dist: Path) -> None:
    with left_alone(each_browser, dist, "/") as (page, site):
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.run_source("print(6 * 7)\n")
        expect(lab.output).to_contain_text("42")


def other_version(dist: Path, place: Path) -> Path:
    """The site as another build might have made it: no file of the page has its old name."""
    shutil.copytree(dist, place)
    hashes = {file.stem[-8:]: file.stem[:-9:-1] for file in (place / "assets").iterdir()}
    for file in [place / INDEX, place / offline.WORKER, *(place / "assets").iterdir()]:
        text = file.read_text("utf-8")
        for old, new in hashes.items():
            text = text.replace(f"-{old}.", f"-{new}.")
        file.unlink()
        stem = file.stem
        file.with_stem(stem.replace(f"-{stem[-8:]}", f"-{hashes.get(stem[-8:])}")).write_text(text)
    version = re.compile('(?<="version" content=")\\w+')
    (place / INDEX).write_text(version.sub("another", (place / INDEX).read_text("utf-8")))
    _, _, script = (place / offline.WORKER).read_text("utf-8").partition("\n")
    (place / offline.WORKER).write_text(script)
    offline.complete(place, "another")
    return place


def test_an_old_tab_and_a_new_version_never_mix(
    browser: Browser, dist: Path, tmp_path: Path
) -> None:
    published = tmp_path / "published"
    published.symlink_to(dist)
    after = other_version(dist, tmp_path / "after")
    with serve(published) as site, visitor(browser, site, offline=True) as page:
        visit(page, site)
        (before,) = page.evaluate("caches.keys()")
        asked = len(site.requests)
        page.reload()
        LabPage(page).wait_for_python()
        assert set(site.requests[asked:]) <= {SUB_PATH, f"{SUB_PATH}sw.js"}
        published.unlink()
        published.symlink_to(after)

        guest = page.context.new_page()
        new = visit(guest, site)
        expect(guest.locator("meta[name=version]")).to_have_attribute("content", "another")
        # Browsers look for a new version when they find the time; here they are asked to.
        guest.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())")
        wait_for_caches(guest, [before, before.rsplit(" ", 1)[0] + " another"])
        wait_until(guest, ACTIVE)

        # What a page fetches late is no more on the server, and the old one has it all the same.
        (late,) = (dist / "assets").glob("parse.worker-*.js")
        assert not (after / "assets" / late.name).exists()
        old = LabPage(page)
        recording = next((dist / "recordings").glob("first-strong-*.json"))
        old.share_button.click()
        page.locator("input[type=file]").set_input_files(recording)
        expect(page.get_by_text(re.compile("^Opened first-strong"))).to_be_visible()
        new.run()
        old_names = {file.name for file in (dist / "assets").iterdir()}
        used = guest.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
        assert not [address for address in used if address.rsplit("/", 1)[1] in old_names]

        page.close()
        wait_for_caches(guest, [before.rsplit(" ", 1)[0] + " another"])
        site.close()
        expect_no_answer(site)
        LabPage(guest).open(site.url).wait_for_python()
        expect(guest.locator("meta[name=version]")).to_have_attribute("content", "another")


def wait_for_caches(page: Page, names: list[str]) -> None:
    same = "async (names) => String(await caches.keys()) === String(names)"
    wait_until(page, same, names)


def test_a_browser_without_room_says_so_in_the_console_and_goes_on(
    browser: Browser, site: Site
) -> None:
    with visitor(browser, site, offline=True) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        quota = {"origin": site.origin, "quotaSize": 1_000_000}
        page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
        with page.expect_console_message(lambda message: "no room" in message.text):
            lab = LabPage(page).open(site.url).wait_for_python()
        lab.run_source("print(6 * 7)\n")
        expect(lab.output).to_contain_text("42")
        assert page.evaluate("caches.keys()") == []
    assert len(said) == 1
    assert said[0].startswith("Livegrad will not open without a network:")


REFUSALS = {
    "register": "navigator.serviceWorker.register = () => Promise.reject(new DOMException('no'))",
    "even to look": """Object.defineProperty(Navigator.prototype, "serviceWorker",
        {get() { throw new DOMException("no", "SecurityError") }})""",
}


@pytest.mark.parametrize("refused", REFUSALS)
def test_a_browser_that_keeps_nothing_is_no_news(
    browser: Browser, site: Site, refused: str
) -> None:
    with visitor(browser, site, offline=True) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.add_init_script(f"if (top === self) {REFUSALS[refused]}")
        LabPage(page).open(site.url).wait_for_python()
    assert said == []
