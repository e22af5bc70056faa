"""A worker that lies: what it sends may be a wrong recording, and nothing else."""

import json

import pytest
from boxed import FORGER, exchange_worker
from lab_page import LabPage
from playwright.sync_api import Page, expect

from site_server import Site

pytestmark = [pytest.mark.page, pytest.mark.console_errors]

HTML = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
HEADER = {
    "python": "3.14.2",
    "numpy": "2.4.3",
    "platform": "emscripten",
    "probe": "python",
    "outputs": "weak",
    "main": HTML,
}
CHUNK = {
    "start": 0,
    "strings": [HTML, "x = 1"],
    "files": {"name": [0], "text": [1]},
    "locations": {"file": [0], "function": [0], "line": [1]},
    "stacks": {"location": [0], "parent": [-1]},
    "objects": {
        "event": [1, 0],
        "kind": ["module", "instance"],
        "type": [0, 0],
        "stack": [-1, 0],
    },
    "attributes": {"event": [1], "object": [1], "name": [0], "value": [HTML]},
    "edges": {"event": [1], "holder": [0], "held": [1], "name": [0], "strength": ["strong"]},
    "counts": {"event": [1], "object": [1], "count": [1], "weak": [0], "unexplained": [0]},
    "output": {"event": [1], "stream": ["stdout"], "text": [HTML]},
    "steps": {"location": [0], "depth": [0], "last": [4]},
}
END = {
    "status": "failed",
    "event": 4,
    "message": f"{HTML}: {HTML}",
    "traceback": HTML,
    "line": 1,
    "limit": HTML,
}


def forge(page: Page, site: Site, body: str) -> LabPage:
    """Open the page over a worker that answers Run with this, and press Run."""
    exchange_worker(page, f"{FORGER}\nfunction forge(send, port, head) {{ {body} }}")
    lab = LabPage(page).open(site.url).wait_for_python()
    lab.run_button.click()
    return lab


def trace(part: str, value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f"send({{type: 'trace', part: '{part}', json: {json.dumps(text)}}});"


def test_markup_in_a_recording_is_text(page: Page, site: Site) -> None:
    parts = trace("header", HEADER) + trace("chunk", CHUNK) + trace("end", END)
    lab = forge(page, site, parts + "send({type: 'done', worn: null, open: true, early: false});")
    expect(lab.status_saying("^Failed")).to_be_visible()
    expect(lab.output).to_contain_text(HTML)
    assert HTML in lab.objects()[0].type
    page.keyboard.press("Escape")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, #app script").count() == 0


def test_prototypes_in_json_pollute_nothing(page: Page, site: Site) -> None:
    polluted = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, '
    header = polluted + json.dumps(HEADER)[1:]
    chunk = polluted + json.dumps({**CHUNK, "strings": ["__proto__", "constructor"]})[1:]
    end = polluted + json.dumps({**END, "message": "__proto__: constructor"})[1:]
    parts = trace("header", header) + trace("chunk", chunk) + trace("end", end)
    lab = forge(page, site, parts + "send({type: 'done', worn: null, open: true, early: false});")
    expect(lab.status_saying("^Failed: __proto__")).to_be_visible()
    assert page.evaluate("[{}.polluted, [].polluted, (() => 1).polluted]") == [None] * 3


@pytest.mark.parametrize(
    "chunk",
    [
        {"start": 0, "objects": {"event": [1], "kind": ["instance"], "type": [9], "stack": [-1]}},
        {"start": 0, "edges": {"event": [1], "holder": [1e9], "held": [0], "name": [0]}},
        {"start": -1},
        {"start": 0, "strings": 7, "objects": "all"},
    ],
)
def test_a_recording_of_the_wrong_shape_ends_as_damaged(
    page: Page, site: Site, chunk: object
) -> None:
    lab = forge(
        page,
        site,
        trace("chunk", chunk)
        + trace("end", END)
        + "send({type: 'done', worn: null, open: true, early: false});",
    )
    expect(lab.status_saying("^Failed: The recording is damaged")).to_be_visible()


@pytest.mark.parametrize(
    "message",
    [
        "null",
        "{...head, type: 'trace', part: 'chunk', json: {toString: 1}}",
        "{...head, type: 'navigate', to: 'https://example.org'}",
        "{...head, type: 'fault', fault: {code: 'fetch', file: 'x', status: 1}}",
        "new Error('?')",
        "{...head, type: 'trace', part: 'chunk', get json() { return {length: 1} }}",
        "Object.create({...head, type: 'done', worn: null, open: true, early: false})",
    ],
)
def test_what_is_no_message_of_ours_ends_the_worker(page: Page, site: Site, message: str) -> None:
    lab = forge(page, site, f"port.postMessage({message})")
    expect(lab.status_saying("^Failed: the program sent messages that are not")).to_be_visible()
    expect(lab.run_button).to_be_enabled()


def test_a_flood_of_messages_is_cut_off(page: Page, site: Site) -> None:
    empty = trace("chunk", {"start": 0})
    lab = forge(page, site, f"for (;;) {{ {empty} }}")
    expect(lab.status_saying("^Failed: the program sent more than")).to_be_visible()
    expect(lab.run_button).to_be_enabled()


def test_a_message_that_is_too_long_is_cut_off(page: Page, site: Site) -> None:
    lab = forge(page, site, "send({type: 'trace', part: 'chunk', json: 'x'.repeat(2e7)})")
    expect(lab.status_saying("^Failed: the program sent more than")).to_be_visible()


def test_messages_to_the_page_itself_are_not_heard(page: Page, site: Site) -> None:
    """A page that embeds the lab, or an extension, posts what it likes."""
    lab = LabPage(page).open(site.url).wait_for_python()
    page.evaluate(
        """() => {
          for (const data of ["died", {v: 4, id: 1, type: "fault"}, {type: "run"}, null])
            window.postMessage(data, "*");
        }"""
    )
    lab.run_source("print('undisturbed')\n")
    expect(lab.output).to_contain_text("undisturbed")
