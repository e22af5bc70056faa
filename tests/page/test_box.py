"""Programs that try to get out of the lab, as a stranger's link could bring them."""

import json
import re
from pathlib import Path

import pytest
from boxed import begin_worker
from lab_page import LabPage
from playwright.sync_api import Browser, Page, expect

from site_server import Site, serve
from visitor import visitor

pytestmark = pytest.mark.page

DOORS = {
    "JavaScript through pyodide": "from pyodide.code import run_js\nrun_js('1 + 1')",
    "eval": "import js\njs.eval('1 + 1')",
    "Function": "import js\njs.Object.constructor('return 1')()",
    "the function of a function of Pyodide's": "import pyodide_js\n"
    "pyodide_js._api.initializeNodeSockFS.constructor('return 1')()",
    "a timer of text": "import js\njs.setTimeout('fetch(1)', 0)",
    "fetch": "import js\njs.fetch('{other}leak-fetch')",
    "fetch, by sys.modules": "import sys, js\nsys.modules['js'].self.fetch('{other}leak-self')",
    "fetch, by Pyodide's settings": "import pyodide_js\n"
    "pyodide_js._api.config.jsglobals.fetch('{other}leak-globals')",
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
    "a worker in the worker, by C": "import pyodide_js\n"
    "pyodide_js._module._emscripten_create_worker(0)",
    "IndexedDB": "import js\njs.indexedDB.open('leak')",
    "IndexedDB, by Emscripten": "import pyodide_js\npyodide_js._module.IDBFS.indexedDB()",
    "caches": "import js\njs.caches.open('leak')",
    "OPFS": "import js\njs.navigator.storage.getDirectory()",
    "BroadcastChannel": "import js\njs.BroadcastChannel.new('leak').postMessage('heard')",
    "localStorage": "import js\njs.localStorage.getItem('livegrad.source')",
    "cookies": "import js\njs.document.cookie",
    "the page": "import js\njs.parent.document.title",
    "messages to the frame": "import js\njs.postMessage('leak')",
    "the end of the worker": "import js\njs.close()",
    "loadPackage": "import pyodide_js\npyodide_js.loadPackage('{other}leak.whl').syncify()",
    "micropip": "import micropip",
    "a library from afar": "import ctypes\nctypes.CDLL('{other}leak.so')",
    "a library that is not there": "import ctypes\nctypes.CDLL('libleak.so')",
} | {
    f"js.{name}": f"import js\njs.{name}"
    for name in (
        *("SharedWorker", "EventSource", "WebTransport", "XMLHttpRequest", "Request", "Response"),
        *("Notification", "navigator", "location", "origin", "top", "opener", "open"),
        *("URL", "Blob", "FileReader", "FontFace", "Image", "OffscreenCanvas", "ImageDecoder"),
        *(
            "MessageChannel",
            "MessagePort",
            "Worker",
            "onmessage",
            "addEventListener",
            "cookieStore",
        ),
    )
}
"""What a program tries, each on its own."""

TRYING = """
import json
for name, source in {doors!r}.items():
    try:
        exec(source, {{}})
    except BaseException as error:
        print(json.dumps([name, type(error).__name__]))
    else:
        print(json.dumps([name, 'OPEN']))
"""

type Tried = tuple[dict[str, str], list[str]]


@pytest.fixture(scope="module")
def tried(each_browser: Browser, dist: Path) -> Tried:
    """How each door answered one program, and all requests of both servers."""
    with (
        serve(dist) as site,
        serve(dist) as other,
        visitor(each_browser, site, console_errors=True) as page,  # Firefox tells of eval
    ):
        places = {"own": site.url, "other": other.url, "port": other.origin.rpartition(":")[2]}
        doors = {name: source.format(**places) for name, source in DOORS.items()}
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.run_source(TRYING.format(doors=doors))
        said = [line for line in lab.output.inner_text().splitlines() if line.startswith("[")]
        return dict(json.loads(line) for line in said), site.requests + other.requests


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_shut(tried: Tried, door: str) -> None:
    assert tried[0][door] != "OPEN"


def test_nothing_got_out(tried: Tried) -> None:
    _, requests = tried
    assert any(path.endswith("/") for path in requests)  # the logs do see the page itself
    assert [path for path in requests if "leak" in path] == []


TAKEN = """
const taken = new Map();
for (let at = self; at; at = Object.getPrototypeOf(at))
  for (const name of Object.getOwnPropertyNames(at)) {
    const { value } = Object.getOwnPropertyDescriptor(at, name);
    for (const one of [value, value?.prototype]) if (Object(one) === one) taken.set(one, name);
  }
Math.forgotten = [fetch]; // to see that it would be found
Math.search = (pyodide) => {
  for (const [one, name] of taken) if (name in globalThis) taken.delete(one);
  const seen = new Set(), todo = [globalThis, pyodide];
  while (todo.length) {
    const at = todo.pop();
    if (Object(at) !== at || seen.has(at)) continue;
    seen.add(at);
    // Of Python's own objects and of memory there is nothing to follow.
    if (ArrayBuffer.isView(at) || pyodide._api.isPyProxy(at)) continue;
    todo.push(Object.getPrototypeOf(at));
    for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(at)))
      todo.push(value, get, set);
  }
  const found = [...seen].map((one) => taken.get(one)).filter(Boolean);
  return `${seen.size} objects: ${JSON.stringify([...new Set(found)].sort())}`;
};
"""
"""Before the worker's script: remembers what a browser gives, and can look for it afterwards."""


def test_nothing_that_was_taken_away_is_found_through_pyodide(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as page:
        begin_worker(page, TAKEN)
        lab = LabPage(page).open(site.url).wait_for_python()
        lab.run_source("import js, pyodide_js\nprint(js.Math.search(pyodide_js))\n")
        found = re.compile(r'^\d{5} objects: \["fetch"\]')
        expect(lab.output).to_contain_text(found)


def test_what_asks_later_gets_nothing_either(browser: Browser, dist: Path) -> None:
    """Emscripten's own downloads, which fail when the program has gone on."""
    with serve(dist) as site, serve(dist) as other:
        page = browser.new_page()  # no `visitor`: they fail where nobody catches it
        lab = LabPage(page).open(site.url).wait_for_python()
        for ask in (
            "ctypes.CDLL(None).emscripten_async_wget(b'{other}leak-wget', b'x', 0, 0)",
            "ctypes.CDLL(None).emscripten_async_load_script(b'{other}leak-script.js', 0, 0)",
            "pyodide_js.FS.createPreloadedFile('/', 'x', '{other}leak-file', True, False)",
            "pyodide_js._api.loadDynlib('{other}leak.so')",
        ):
            source = f"import ctypes, pyodide_js\n{ask.format(other=other.url)}\n"
            lab.run_source(source, ending="^(Finished|Failed)")
        lab.run_source("print('next')\n")
        expect(lab.output).to_contain_text("next")
        page.close()
        assert [path for path in site.requests + other.requests if "leak" in path] == []


DEADLY = {
    "JavaScript from C": (
        "import ctypes\nctypes.CDLL(None).emscripten_run_script_int(b'1 + 1')\n",
        "unsafe-eval",
    ),
    "a file from afar": (
        "import pyodide_js\n"
        "pyodide_js.FS.createLazyFile('/', 'x', '/leak-lazy', True, False), open('/x').read()\n",
        "",
    ),
}


@pytest.mark.console_errors
@pytest.mark.parametrize("name", DEADLY)
def test_some_doors_cost_the_interpreter(own_lab: LabPage, site: Site, name: str) -> None:
    source, words = DEADLY[name]
    own_lab.run_source(source, ending=f"^Failed: Python died at line 2 .*{words}")
    own_lab.run_source("print('next')\n")
    expect(own_lab.output).to_contain_text("next")
    assert [path for path in site.requests if "leak" in path] == []


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
