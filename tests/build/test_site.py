"""dist/: complete, relative, the same each time."""

import hashlib
import json
import re
import shutil
import urllib.request
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from livegrad.liveness import Trace
from site_server import Site, serve
from web.build import manifest, runtime, snapshot
from web.build import site as maker
from web.build.node import MODULES

# Addresses that are names and never fetched: XML namespaces, a base that resolves
# nowhere, a remark in a bundler's error, a template for what a user types.
NAMES_ONLY = (
    "http://www.w3.org/",
    "https://runtime.invalid/",
    "https://rolldown.rs/",
    "https://$",
)


def runtime_file(dist: Path, role: str) -> Path:
    (file,) = (file["file"] for file in manifest.read(dist) if file["role"] == role)
    return dist / "runtime" / str(file)


def test_the_manifest_lists_every_file_with_its_size(dist: Path) -> None:
    files = manifest.read(dist)
    roles = ["script", "code", "snapshot", "stdlib", "numpy", "livegrad"]
    assert [file["role"] for file in files] == roles
    sizes = {f.name: f.stat().st_size for f in (dist / "runtime").iterdir()}
    listed = {file["file"]: file["size"] for file in files}
    assert {name: size for name, size in sizes.items() if "manifest-" not in name} == listed


def test_names_tell_contents_so_that_they_can_be_kept_for_ever(dist: Path) -> None:
    for file in [*(dist / "runtime").iterdir(), *(dist / "recordings").iterdir()]:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert file.stem.endswith(f"-{digest[:10]}")
    for file in (dist / "assets").iterdir():
        assert re.search(r"-[\w-]{8}\.\w+$", file.name)
    fixed = {file.name for file in dist.iterdir() if file.is_file()}
    assert fixed <= {"index.html", "about.json", "licences.txt", "sw.js"}


def test_the_page_names_the_manifest_and_what_a_start_waits_for(dist: Path) -> None:
    named = references(dist / "index.html")
    (described,) = (dist / "runtime").glob("manifest-*.json")
    first = [file["file"] for file in manifest.read(dist) if file["role"] in manifest.FIRST]
    assert [name for name in named if name.startswith("./runtime/")] == [
        f"./runtime/{name}" for name in (described.name, *first)
    ]


def test_the_first_lessons_recordings_are_those_of_its_program(dist: Path) -> None:
    program = (maker.ROOT / "web/lessons/08-loop/program.py").read_text()
    for outputs in ("weak", "strong"):
        (file,) = (dist / "recordings").glob(f"first-{outputs}-*.json")
        trace = Trace.load(file)
        assert trace.header["outputs"] == outputs
        assert trace.header["platform"] == "emscripten"
        assert program in trace.strings


def test_the_sites_lock_has_what_it_ships_and_nothing_else(dist: Path) -> None:
    (described,) = (dist / "runtime").glob("manifest-*.json")
    packages = json.loads(described.read_text())["lock"]["packages"]
    assert set(packages) == {"numpy", "livegrad"}
    names = {file["role"]: file["name"] for file in manifest.read(dist)}
    for name, package in packages.items():
        assert package["file_name"] == names[name]
        content = runtime_file(dist, name).read_bytes()
        assert package["sha256"] == hashlib.sha256(content).hexdigest()
    assert packages["livegrad"]["depends"] == ["numpy"]


def test_bytes_until_the_first_run_are_told_and_few(dist: Path) -> None:
    python = json.loads((dist / "about.json").read_text())["python"]
    waited_for = [runtime_file(dist, role) for role in ("script", "code", "snapshot")]
    assert python["until the first run"]["bytes"] == sum(f.stat().st_size for f in waited_for)
    assert python["ratio of compressed bytes"] <= 1.3


def test_the_licences_of_what_is_passed_on_are_there(dist: Path) -> None:
    text = (dist / "licences.txt").read_text()
    for words in (
        "Mozilla Public License Version 2.0",
        "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
        "Copyright (c) 2005-2025, NumPy Developers",
        "preact ",
    ):
        assert words in text


def test_the_wheel_has_the_package_and_its_schema_alone(dist: Path) -> None:
    with zipfile.ZipFile(runtime_file(dist, "livegrad")) as wheel:
        names = set(wheel.namelist())
    assert {name.split("/")[0].split("-")[0] for name in names} == {"livegrad"}
    assert "livegrad/liveness/trace.schema.json" in names
    package = Path(maker.ROOT, "py")
    sources = {f.relative_to(package).as_posix() for f in (package / "livegrad").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == sources


def test_no_script_needs_an_unusual_type(dist: Path) -> None:
    """Browsers run a script only under a JavaScript type, which simple hosts give .js alone."""
    assert list(dist.rglob("*.mjs")) == []


class References(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("src", "href") and value]


def references(file: Path) -> list[str]:
    """What a built file names: relative to itself, as browsers resolve it."""
    text = file.read_text()
    if file.suffix == ".html":
        parser = References()
        parser.feed(text)
        return parser.found
    if file.suffix == ".css":
        return re.findall(r"url\([\"']?([^\"')]+)", text)
    modules = re.findall(r"(?:from|import)\s*\(?[\"'`](\.{1,2}/[^\"'`]+)", text)
    return modules + re.findall(r"new URL\([\"'`]([\w.-]+\.\w+)[\"'`],\s*import\.meta\.url", text)


def readable(dist: Path) -> list[Path]:
    """The files that a bundler wrote."""
    return [
        file
        for file in dist.rglob("*")
        if file.suffix in (".html", ".css", ".js") and file.parent.name != "runtime"
    ]


def test_every_reference_resolves_under_a_sub_path(dist: Path, site: Site) -> None:
    checked = 0
    for file in readable(dist):
        base = site.url + file.relative_to(dist).as_posix()
        for reference in references(file):
            assert not reference.startswith(("/", "http:", "https:")), f"{file.name}: {reference}"
            if reference.startswith(("data:", "#")):
                continue
            with urllib.request.urlopen(urljoin(base, reference)) as answer:
                assert answer.status == 200
            checked += 1
    assert checked >= 4  # the page's script, style, icon and worker


def test_no_other_origin_is_named(dist: Path) -> None:
    numpy = runtime.wheel_in_lock(runtime.PYODIDE / "pyodide-lock.json", "numpy")
    overridden = runtime.official_address(numpy).removesuffix(numpy.file_name)
    for file in readable(dist):
        foreign = [
            address
            for address in re.findall(r"(?:https?|wss?)://[^\s\"'`)<]*", file.read_text())
            if not address.startswith((*NAMES_ONLY, overridden))
        ]
        assert foreign == [], file.name


def test_python_starts_where_the_host_knows_few_types(dist: Path, browser) -> None:
    """.bin, .whl, .zip and the rest all come as text/plain."""
    from playwright.sync_api import expect

    with serve(dist, plain=True) as site:
        page = browser.new_page()
        page.goto(site.url)
        ready = page.get_by_role("status").filter(has_text="Ready")
        expect(ready).to_be_visible(timeout=60_000)
        page.close()
        assert any(path.endswith(".bin") for path in site.requests)


def test_two_builds_are_identical(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second as in a checkout at another address and in another zone of time.

    Both would be in Python's memory, or move what is there.
    """
    elsewhere = tmp_path / "a checkout with a much longer address than that of this one"
    (elsewhere / "build").mkdir(parents=True)
    (elsewhere / "node_modules").symlink_to(MODULES)

    def made(name: str) -> dict[str, bytes]:
        dist = tmp_path / name / "dist"
        dist.parent.mkdir()
        assert maker.build(dist=dist, scratch=dist.parent)
        assert {path.name for path in dist.parent.iterdir()} == {"dist", "snapshot"}
        return {f.relative_to(dist).as_posix(): f.read_bytes() for f in dist.rglob("*.*")}

    once = made("once")
    copy = shutil.copy(snapshot.MAKER, elsewhere / "build")
    monkeypatch.setattr(snapshot, "MAKER", Path(copy))
    monkeypatch.setenv("TZ", "Asia/Seoul")
    again = made("again")
    assert once.keys() == again.keys()
    assert [name for name in once if once[name] != again[name]] == []


def test_unchanged_inputs_build_nothing(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "about.json").write_text(json.dumps({"inputs": maker.inputs_key()}))
    assert not maker.build(dist=dist, scratch=tmp_path)


def test_a_failed_build_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "index.html").write_text("the old page")

    def fail(*_: object) -> None:
        raise OSError("a full disk, say")

    monkeypatch.setattr(maker, "make_page", fail)
    with pytest.raises(OSError, match="full disk"):
        maker.build(dist=dist, scratch=tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"dist", "snapshot"}
    assert (dist / "index.html").read_text() == "the old page"
