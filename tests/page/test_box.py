"""Programs that try to get out of the lab, as a stranger's link could bring them."""

import re
from pathlib import Path

import pytest
from lab_page import LabPage
from playwright.sync_api import Browser, Page, expect

from site_server import Site, serve
from visitor import visitor

pytestmark = pytest.mark.page

OPEN = "\nprint('OPEN')\n"

PROGRAMS = {
    "JavaScript through pyodide": "from pyodide.code import run_js\nrun_js('1 + 1')",
    "eval": "import js\njs.eval('1 + 1')",
    "Function": "import js\njs.Object.constructor('return 1')()",
    "fetch": "import js\njs.fetch('{other}leak-fetch')",
    "pyfetch": "from pyodide.http import pyfetch\npyfetch('{other}leak-pyfetch').send(None)",
    "XHR": "from pyodide.http import open_url\nopen_url('{own}leak-url')",
    "urllib": "import urllib.request\nurllib.request.urlopen('{other}leak-urllib')",
    "socket": "import socket\ns = socket.create_connection(('127.0.0.1', {port}), 2)\n"
    "s.sendall(b'GET /leak-socket HTTP/1.1')\ns.recv(1)",
    "WebSocket": "import js\njs.WebSocket.new('ws://127.0.0.1:{port}/leak-ws')",
    "WebRTC": "import js\njs.RTCPeerConnection.new()",
    "importScripts": "import js\njs.importScripts('{other}leak-script.js')",
    "a script made here": "import js\njs.importScripts(js.URL.createObjectURL(js.Blob.new(['1'])))",
    "a worker in the worker": "import js\njs.Worker.new('{own}leak-worker.js')",
    "IndexedDB": "import js\njs.indexedDB.open('leak')",
    "caches": "import js\njs.caches.open('leak')",
    "OPFS": "import js\njs.navigator.storage.getDirectory()",
    "BroadcastChannel": "import js\njs.BroadcastChannel.new('leak').postMessage('heard')",
    "localStorage": "import js\njs.localStorage.getItem('livegrad.source')",
    "cookies": "import js\njs.document.cookie",
    "the page": "import js\njs.parent.document.title",
    "messages to the frame": "import js\njs.postMessage('leak')",
    "the end of the worker": "import js\njs.close()",
    "loadPackage": "import pyodide_js\npyodide_js.loadPackage('{other}leak.whl').syncify()",
}


@pytest.fixture(scope="module")
def other(dist: Path):  # type: ignore[no-untyped-def]
    with serve(dist) as served:
        yield served


@pytest.fixture(scope="module")
def each_lab(each_browser: Browser, site: Site):  # type: ignore[no-untyped-def]
    with visitor(each_browser, site, console_errors=True) as page:  # Firefox tells of eval
        yield LabPage(page).open(site.url).wait_for_python()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_refused(each_lab: LabPage, site: Site, other: Site, name: str) -> None:
    port = other.origin.rpartition(":")[2]
    source = PROGRAMS[name].format(own=site.url, other=other.url, port=port)
    each_lab.run_source(source + OPEN, ending="^Failed")
    assert "OPEN" not in each_lab.output.inner_text().replace("print('OPEN')", "")
    assert [path for path in site.requests + other.requests if "leak" in path] == []


@pytest.mark.console_errors
def test_javascript_from_c_is_refused_too_and_costs_the_interpreter(own_lab: LabPage) -> None:
    own_lab.run_source(
        "import ctypes\nctypes.CDLL(None).emscripten_run_script_int(b'1 + 1')\n",
        ending="^Failed: Python died at line 2 .*unsafe-eval",
    )
    own_lab.run_source("print('next')\n")
    expect(own_lab.output).to_contain_text("next")


def test_a_program_that_forges_its_recording_harms_only_that(own_lab: LabPage) -> None:
    """All that it can reach of the page is the function that sends parts of its own trace."""
    own_lab.run_source(
        "import sys\n"
        "frame = sys._getframe()\n"
        "while frame and 'emit' not in frame.f_locals:\n"
        "    frame = frame.f_back\n"
        "emit = frame.f_locals['emit']\n"
        'emit(\'chunk\', \'{"start": 0, "steps": "forged"}\')\n',
        ending="^Failed: The recording is damaged",
    )
    own_lab.run_source("print('next')\n")
    expect(own_lab.output).to_contain_text("next")


def test_a_program_leaves_nothing_in_the_origins_storage(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as page:
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.run_source(
            "from pathlib import Path\nPath('left.txt').write_text('x')\nprint('done')\n"
        )
        assert page.evaluate("document.cookie") == ""
        assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
        kept = page.evaluate("Object.keys(localStorage)")  # the page's own: one draft of this tab
        assert [re.sub(r"\w+$", "", key) for key in kept] == ["livegrad.draft."]


def test_a_link_runs_nothing_by_itself(page: Page, site: Site) -> None:
    lab = LabPage(page).open(site.url).wait_for_python()
    lab.write("print('from a link')\n")
    lab.share_button.click()
    expect(lab.page.get_by_text("Link copied to the clipboard.")).to_be_visible()
    address = page.url
    page.goto("about:blank")
    lab.open(address).wait_for_python()
    expect(lab.program).to_contain_text("from a link")
    expect(lab.status_saying("^Ready")).to_be_visible()
    expect(lab.output).not_to_contain_text("from a link")
    lab.run()
    expect(lab.output).to_contain_text("from a link")
