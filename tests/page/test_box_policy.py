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
    "a service worker": "navigator.serviceWorker.register(url(OWN + 'leak-sw.js'))",
    "WebTransport": "new WebTransport(OTHER.replace('http', 'https') + 'leak-wt').ready",
    "importScripts, own origin": "importScripts(url(OWN + 'leak-script.js'))",
    "importScripts, other origin": "importScripts(url(OTHER + 'leak-script.js'))",
    "import": "import(OTHER + 'leak-import.js')",
    "import, data:": "import('data:text/javascript,export default 1')",
    "eval": "eval(trusted.createScript('1 + 1'))",
    "Function": "new Function('return 1')()",
    "IndexedDB": "new Promise((yes, no) => { const r = indexedDB.open('leak');"
    " r.onsuccess = yes; r.onerror = () => no(r.error) })",
    "caches": "caches.open('leak')",
    "OPFS": "navigator.storage.getDirectory()",
    "localStorage": "localStorage.setItem('leak', '1')",
    "cookies": "cookieStore.set('leak', '1')",
    "locks": "navigator.locks.request('leak', () => 1)",
    "a worker in the worker": "inner(`fetch('${OTHER}leak-inner', {mode: 'no-cors'})`)",
    "a shared worker": "new SharedWorker(url(URL.createObjectURL(new Blob(['1']))))",
    "a data: worker": "listen(new Worker(url('data:text/javascript,postMessage(`open`)')))",
    "a module worker": "listen(new Worker(url(OWN + 'leak-module.js'), {type: 'module'}))",
    "a worker in a worker in the worker": "inner(`new Promise((yes, no) => {"
    " const it = new Worker(url('${OTHER}leak-nested.js'));"
    " it.onmessage = yes; it.onerror = no })`)",
    "the place": "inner(`(self.location = '${OTHER}leak-location', Promise.reject('stayed'))`)",
    "shared memory": "new SharedArrayBuffer(8)",
    "shared memory, by WebAssembly, with a worker": "new Promise((yes, no) => {"
    " const {buffer} = new WebAssembly.Memory({initial: 1, maximum: 1, shared: true});"
    " const it = own('onmessage = () => postMessage(1)');"
    " it.onmessage = yes; it.onmessageerror = no; it.postMessage(buffer) })",
    "a text for a timer": "new Promise((yes, no) => {"
    " setTimeout(trusted.createScript('self.leaked = 1'));"
    " setTimeout(() => self.leaked ? yes() : no(new Error('refused')), 100) })",
    "importScripts, data:": "importScripts(url('data:text/javascript,1'))",
    "notifications": "new Notification('leak').onshow ?? Promise.reject(new Error('refused'))",
    "a granted permission": "navigator.permissions.query({name: 'notifications'})"
    ".then(({state}) => state === 'granted' || Promise.reject(new Error(state)))",
    "USB": "navigator.usb.getDevices()",
    "a serial port": "navigator.serial.getPorts()",
    "push": "registration.pushManager",
    "a worker in the worker, storage": "inner('self.indexedDB.open(\"leak\")')",
    "a font": "new FontFace('leak', `url(${OTHER}leak-font)`).load()",
    "the page": "parent.document.title",
}

TRUSTED = """
const trust = {createScriptURL: (it) => it, createScript: (it) => it};
const trusted = globalThis.trustedTypes?.createPolicy("livegrad-worker", trust) ?? trust;
const url = trusted.createScriptURL.bind(trusted);
"""
"""The one policy that the page's own lets be made: what it trusts must be refused all the same."""

WORKER = """
const xhr = (url) => { const x = new XMLHttpRequest(); x.open("GET", url, false); x.send(); };
const own = (script) => new Worker(url(URL.createObjectURL(new Blob([script]))));
const listen = (worker) => new Promise((yes, no) => {
  worker.onmessage = ({data}) => (data === "open" ? yes() : no(new Error(data)));
  worker.onerror = (event) => { event.preventDefault(); no(new Error("refused")); };
});
const inner = (code) => {
  const script = `${TRUSTED} try { Promise.resolve(${code}).then(() => postMessage("open"),
    (e) => postMessage(String(e))) } catch (e) { postMessage(String(e)) }`;
  return listen(own(script));
};
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


ANSWER = 'Promise.race([found, new Promise((yes) => setTimeout(yes, 15000, ""))])'
VISITS = 5
"""In Firefox a worker at times stands still for good where its own workers are refused."""


@pytest.fixture(scope="module")
def tried(each_browser: Browser, dist: Path) -> tuple[dict[str, str], list[str], list[str]]:
    """How each door answered, all requests of both servers, what a page of the origin heard."""
    with serve(dist) as site, serve(dist) as other:
        answers, heard = _try(each_browser, site, other)
        return answers, site.requests + other.requests, heard


def _try(browser: Browser, site: Site, other: Site) -> tuple[dict[str, str], list[str]]:
    doors = ", ".join(f"{json.dumps(name)}: async () => ({code})" for name, code in DOORS.items())
    places = {
        "OWN": site.url,
        "OTHER": other.url,
        "SOCKET": other.url.replace("http", "ws"),
    }
    names = "".join(f"const {name} = {json.dumps(at)};\n" for name, at in places.items())
    # No `visitor`: what a policy refuses, too, is a request as the browser reports them.
    trusted = f"{TRUSTED}const TRUSTED = {json.dumps(TRUSTED)};\n"
    for _ in range(VISITS):
        page = browser.new_page()
        page.add_init_script(f"({LISTEN})()")
        exchange_worker(page, f"{trusted}{names}const DOORS = {{{doors}}};\n{WORKER}")
        page.goto(site.url)
        words: str = page.evaluate(ANSWER)
        heard: list[str] = page.evaluate("window.heard")
        page.close()
        if words:
            return json.loads(words[words.index("{") :]), heard
    pytest.fail(f"the worker has answered at none of {VISITS} visits")


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


SINKS = {
    "markup": "document.body.innerHTML = '<b>leak</b>'",
    "a written document": "document.write('<b>leak</b>')",
    "a frame's document": "document.createElement('iframe').srcdoc = '<b>leak</b>'",
    "an inline script": "document.createElement('script').text = 'leak'",
    "a script from elsewhere": "document.createElement('script').src = 'https://other.invalid/leak'",
    "a worker from elsewhere": "new Worker('data:text/javascript,1')",
    "another policy": "trustedTypes.createPolicy('leak', {})",
    "a policy like the frame's": "trustedTypes.createPolicy('livegrad-frame', {})",
}


def test_the_page_itself_makes_neither_markup_nor_scripts_of_text(
    browser: Browser, site: Site
) -> None:
    page = browser.new_page()
    page.goto(site.url)
    page.wait_for_selector("iframe", state="attached")  # its own policies are made
    for name, code in SINKS.items():
        refused = f"() => {{ try {{ {code}; return 'open' }} catch (e) {{ return e.name }} }}"
        assert page.evaluate(refused) == "TypeError", name
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    page.close()
