"""The sandboxed frame itself, against JavaScript that may try everything: no door leads out."""

import json
from pathlib import Path

import pytest
from boxed import exchange_worker
from playwright.sync_api import Browser

from site_server import Site, serve

pytestmark = pytest.mark.page

DOORS = {
    "fetch, own origin": "fetch(OWN + 'leak-fetch')",
    "fetch, other origin": "fetch(OTHER + 'leak-fetch', {mode: 'no-cors'})",
    "fetch, keepalive": "fetch(OTHER + 'leak-keepalive', {keepalive: true, mode: 'no-cors'})",
    "XHR": "xhr(OWN + 'leak-xhr')",
    "XHR, other origin": "xhr(OTHER + 'leak-xhr')",
    "WebSocket": "new Promise((yes, no) => { const s = new WebSocket(SOCKET + 'leak-ws');"
    " s.onopen = yes; s.onerror = () => no(new Error('refused')) })",
    "EventSource": "new Promise((yes, no) => { const s = new EventSource(OTHER + 'leak-es');"
    " s.onopen = yes; s.onerror = () => no(new Error('refused')) })",
    "WebRTC": "new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:9'}]})",
    "WebSocketStream": "new WebSocketStream(SOCKET + 'leak-wss').opened",
    "a beacon": "navigator.sendBeacon(OTHER + 'leak-beacon')",
    "a service worker": "navigator.serviceWorker.register(OWN + 'leak-sw.js')",
    "WebTransport": "new WebTransport(OTHER.replace('http', 'https') + 'leak-wt').ready",
    "importScripts, own origin": "importScripts(OWN + 'leak-script.js')",
    "importScripts, other origin": "importScripts(OTHER + 'leak-script.js')",
    "import": "import(OTHER + 'leak-import.js')",
    "import, data:": "import('data:text/javascript,export default 1')",
    "eval": "eval('1 + 1')",
    "Function": "new Function('return 1')()",
    "IndexedDB": "new Promise((yes, no) => { const r = indexedDB.open('leak');"
    " r.onsuccess = yes; r.onerror = () => no(r.error) })",
    "caches": "caches.open('leak')",
    "OPFS": "navigator.storage.getDirectory()",
    "localStorage": "localStorage.setItem('leak', '1')",
    "cookies": "cookieStore.set('leak', '1')",
    "locks": "navigator.locks.request('leak', () => 1)",
    "a worker in the worker": "inner(`fetch('${OTHER}leak-inner', {mode: 'no-cors'})`)",
    "a worker in the worker, storage": "inner('self.indexedDB.open(\"leak\")')",
    "a font": "new FontFace('leak', `url(${OTHER}leak-font)`).load()",
    "the page": "parent.document.title",
}

WORKER = """
const xhr = (url) => { const x = new XMLHttpRequest(); x.open("GET", url, false); x.send(); };
const inner = (code) => new Promise((yes, no) => {
  const script = `try { Promise.resolve(${code}).then(() => postMessage("open"),
    (e) => postMessage(String(e))) } catch (e) { postMessage(String(e)) }`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  worker.onmessage = ({data}) => (data === "open" ? yes() : no(new Error(data)));
  worker.onerror = () => no(new Error("refused"));
});
onmessage = async () => {
  const found = {origin: self.origin};
  new BroadcastChannel("leak").postMessage("heard");
  for (const [name, code] of Object.entries(DOORS)) {
    const silence = new Promise((yes) => setTimeout(yes, 2000, "silent"));
    try { found[name] = await Promise.race([code().then(() => "open"), silence]); }
    catch (e) { found[name] = e.name; }
  }
  setTimeout(() => { throw new Error(JSON.stringify(found)); });  // what fails here is told outside
};
"""

LISTEN = """() => {
  window.heard = [];
  new BroadcastChannel("leak").onmessage = ({data}) => heard.push(data);
  window.found = new Promise((yes) => addEventListener("message", ({data}) => yes(data)));
}"""


@pytest.fixture(scope="module")
def tried(each_browser: Browser, dist: Path) -> tuple[dict[str, str], list[str], list[str]]:
    """How each door answered, all requests of both servers, what a page of the origin heard."""
    with serve(dist) as site, serve(dist) as other:
        answers, heard = _try(each_browser, site, other)
        return answers, site.requests + other.requests, heard


def _try(browser: Browser, site: Site, other: Site) -> tuple[dict[str, str], list[str]]:
    doors = ", ".join(f"{json.dumps(name)}: async () => {code}" for name, code in DOORS.items())
    places = {
        "OWN": site.url,
        "OTHER": other.url,
        "SOCKET": other.url.replace("http", "ws"),
    }
    names = "".join(f"const {name} = {json.dumps(at)};\n" for name, at in places.items())
    # No `visitor`: what a policy refuses, too, is a request as the browser reports them.
    page = browser.new_page()
    page.add_init_script(f"({LISTEN})()")
    exchange_worker(page, f"{names}const DOORS = {{{doors}}};\n{WORKER}")
    page.goto(site.url)
    words: str = page.evaluate("window.found")
    heard: list[str] = page.evaluate("window.heard")
    page.close()
    return json.loads(words[words.index("{") :]), heard


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_shut(tried: tuple[dict[str, str], list[str], list[str]], door: str) -> None:
    answers, _, _ = tried
    assert answers[door] != "open"


def test_the_box_has_no_origin(tried: tuple[dict[str, str], list[str], list[str]]) -> None:
    assert tried[0]["origin"] == "null"


def test_nothing_got_out(tried: tuple[dict[str, str], list[str], list[str]]) -> None:
    _, requests, heard = tried
    assert any(path.endswith("/") for path in requests)  # the logs do see the page itself
    assert [path for path in requests if "leak" in path] == []
    assert heard == []
