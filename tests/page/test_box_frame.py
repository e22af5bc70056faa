"""The frame around the worker: no program reaches its document, and if one did it would be shut in.

WebRTC alone would be open there, which no policy forbids; workers have none (test_box_policy.py).
"""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from site_server import Site, serve

pytestmark = pytest.mark.page

DOORS = {
    "another window": "open(OTHER + 'leak-open') || refused()",
    "a beacon": "navigator.sendBeacon(OTHER + 'leak-beacon', 'x') ? silence : refused()",
    "a late fetch": "fetchLater(OTHER + 'leak-late', {activateAfter: 0}) && silence",
    "fetch, keepalive": "fetch(OTHER + 'leak-keepalive', {keepalive: true, mode: 'no-cors'})",
    "a shared worker": "new SharedWorker(url(OWN + 'leak-shared.js')) && silence",
    "a service worker": "navigator.serviceWorker.register(url(OWN + 'leak-sw.js'))",
    "cookies": "document.cookie = 'leak=1', document.cookie || refused()",
    "localStorage": "localStorage.setItem('leak', '1')",
    "a password": "navigator.credentials.get({password: true}).then((it) => it || refused())",
    "a key": "navigator.credentials.get({publicKey: {challenge: new Uint8Array(9)}})",
    "notifications": "Notification.requestPermission().then((it) => it === 'granted' || refused())",
    "the place": "new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))",
    "the camera": "navigator.mediaDevices.getUserMedia({video: true})",
    "the clipboard": "navigator.clipboard.readText()",
    "the page": "parent.document.title",
    "the page's place": "(parent.location = OTHER + 'leak-parent') && silence",
    "the window's place": "(top.location.href = OTHER + 'leak-top') && silence",
    "an inline script": "add('script', {textContent: 'self.leaked = 1'}), self.leaked || refused()",
    "a script": "add('script', {src: url(OTHER + 'leak.js')})",
    "a picture": "add('img', {src: OTHER + 'leak.png'})",
    "a video": "add('video', {src: OTHER + 'leak.mp4', preload: 'auto'})",
    "a frame": "add('iframe', {src: OTHER + 'leak-frame'}) && silence",
    "an object": "add('object', {data: OTHER + 'leak-object'}) && silence",
    "an import of a style": "add('style', {textContent: `@import '${OTHER}leak.css'`}) && silence",
    "a font": "new FontFace('leak', `url(${OTHER}leak-font)`).load()",
    "a form": "add('form', {action: OTHER + 'leak-form'}, (it) => it.submit()) && silence",
    "a link": "add('a', {href: OTHER + 'leak-a', target: '_top'}, (it) => it.click()) && silence",
} | {
    f"a link to {rel}": f"add('link', {{rel: '{rel}', as: 'fetch', href: QUIET}}) && silence"
    for rel in (
        *("dns-prefetch", "preconnect", "prefetch", "preload", "modulepreload"),
        *("stylesheet", "icon", "manifest", "prerender"),
    )
}
"""What each is open by: a value, in place of an error or of silence."""

TRY = """async ([OWN, OTHER, QUIET]) => {
  const silence = new Promise((yes) => setTimeout(yes, 2000, "silent"));
  const url = (text) => globalThis.trustedTypes ? made.createScriptURL(text) : text; // frame.js's
  const refused = () => { throw new Error("refused"); };
  const add = (tag, given, then) => new Promise((yes, no) => {
    const it = Object.assign(document.createElement(tag), given);
    it.onload = it.onloadeddata = yes;
    it.onerror = () => no(new Error("refused"));
    document.documentElement.append(it);
    then?.(it);
  });
  const doors = {DOORS};
  const answers = Object.entries(doors).map(async ([name, door]) => {
    try { return [name, await Promise.race([door().then(() => "open"), silence]) ]; }
    catch (error) { return [name, error.name]; }
  });
  return Object.fromEntries(await Promise.all(answers));
}"""

PLACES = {
    "another origin": "location = OTHER + 'leak-place'",
    "the own origin": "location = OWN + 'leak-place'",
    "a blob": "location = URL.createObjectURL(new Blob([PAGE], {type: 'text/html'}))",
    "data": "location = 'data:text/html,' + PAGE",
    "a refresh": "document.documentElement.append(Object.assign(document.createElement('meta'),"
    " {httpEquiv: 'refresh', content: `0; url=${OTHER}leak-refresh`}))",
}
"""Where the frame would go instead: each from a frame of its own, which it may leave empty."""

GO = """([OWN, OTHER]) => {
  const PAGE = `<script>parent.postMessage('leak', '*')</script>`;
  {PLACE};
}"""

type Tried = tuple[dict[str, str], list[str], int]


@pytest.fixture(scope="module")
def tried(each_browser: Browser, dist: Path) -> Iterator[Tried]:
    """How each door answered, all that asked both servers, who called at the quiet one."""
    with serve(dist) as site, serve(dist) as other, socket.create_server(("127.0.0.1", 0)) as quiet:
        quiet.settimeout(0)
        places = [site.url, other.url, f"http://127.0.0.1:{quiet.getsockname()[1]}/leak"]
        # No `visitor`: what a policy refuses, too, is a request as the browser reports them.
        page = each_browser.new_page()
        page.goto(site.url)
        page.wait_for_selector("iframe", state="attached")
        (frame, *_) = _boxes(page)
        frame.wait_for_load_state()
        doors = ", ".join(f'"{name}": async () => ({code})' for name, code in DOORS.items())
        answers: dict[str, str] = frame.evaluate(TRY.replace("{DOORS}", f"{{{doors}}}"), places)
        answers |= _leave(page, places, site)
        page.close()
        yield answers, site.requests + other.requests, _callers(quiet)


def _boxes(page: Page) -> list[Frame]:
    return [frame for frame in page.frames if frame != page.main_frame]


def _leave(page: Page, places: list[str], site: Site) -> dict[str, str]:
    """Whether frames like the lab's can go elsewhere."""
    page.evaluate(
        """(many) => {
          window.heard = [];
          addEventListener("message", ({data}) => heard.push(data));
          const frame = document.querySelector("iframe");
          for (let n = 0; n < many; n++) document.body.append(frame.cloneNode());
        }""",
        len(PLACES),
    )
    boxes = _boxes(page)[-len(PLACES) :]
    for frame, place in zip(boxes, PLACES.values(), strict=True):
        frame.wait_for_load_state()
        frame.evaluate(GO.replace("{PLACE}", place), places[:2])
    page.evaluate("new Promise((yes) => setTimeout(yes, 1000))")
    assert page.url == site.url
    heard = page.evaluate("window.heard")
    return dict.fromkeys(PLACES, "open" if "leak" in heard else "silent")


def _callers(quiet: socket.socket) -> int:
    try:
        quiet.accept()[0].close()
    except BlockingIOError:
        return 0
    return 1 + _callers(quiet)


@pytest.mark.parametrize("door", [*DOORS, *PLACES])
def test_a_door_is_shut(tried: Tried, door: str) -> None:
    assert tried[0][door] != "open"


def test_nothing_got_out(tried: Tried) -> None:
    _, requests, callers = tried
    assert any(path.endswith("/") for path in requests)  # the logs do see the page itself
    assert [path for path in requests if "leak" in path] == []
    assert callers == 0
