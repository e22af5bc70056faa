"""The exported heap snapshot, opened by the code of Chrome's developer tools themselves."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from livegrad.liveness import analysis, record
from livegrad.liveness.analysis import State
from livegrad.liveness.export import to_heapsnapshot

TOOLS = "devtools://devtools/bundled/entrypoints/heap_snapshot_worker/heap_snapshot_worker.js"
READ = """async ([tools, text]) => {
  const { HeapSnapshot, HeapSnapshotLoader } = await import(tools);
  const loader = new HeapSnapshotLoader.HeapSnapshotLoader({ sendEvent() {} });
  loader.write(text);
  loader.close();
  const channel = new MessageChannel();
  new HeapSnapshot.SecondaryInitManager(channel.port2);
  const heap = await loader.buildSnapshot(channel.port1);
  return Array.from({ length: heap.nodeCount }, (_, i) => {
    const node = heap.createNode(i * heap.nodeFieldCount);
    return [node.name(), node.selfSize(), node.retainedSize()];
  });
}"""
PROGRAM = """
import gc, weakref
import numpy as np
from livegrad import Variable
from livegrad.functions import square
gc.disable()
class Thing:
    pass
x = Variable(np.ones(3))
y = square(square(x))
kept = [square(x), {'k': np.zeros(50)}]
view = np.zeros(1000)[:1]
a = Thing()
a.me = a
a.data = np.zeros(7)
w = weakref.ref(a)
a = None
def f(z):
    return z.data
f(y)
"""


@pytest.fixture
def tools(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    try:
        page.goto(TOOLS)
    except BrowserError as error:
        page.close()
        pytest.skip(f"this browser brings no developer tools: {error.message}")
    yield page
    page.close()


def read(tools: Page, state: State) -> list[list[Any]]:
    text = to_heapsnapshot(state).decode()
    found: list[list[Any]] = tools.evaluate(READ, [TOOLS, text])
    return found


def test_the_tools_see_each_object_with_the_bytes_that_it_keeps(tools: Page) -> None:
    """Their dominator tree is not ours, and says the same."""
    trace = record(PROGRAM)
    assert trace.end["status"] == "finished", trace.end["traceback"]
    state = trace.state(len(trace.steps) - 1)
    labels = state.replay.labels
    found = {name: (own, retained) for name, own, retained in read(tools, state)}
    assert {labels[serial] for serial in state.alive} <= found.keys()
    unreachable = {serial for members in analysis.islands_of(state) for serial in members}
    ours = analysis.retained_by(state)
    assert len(ours) > 15
    for serial, retained in ours.items():
        own = state.replay.nbytes.get(serial, 0)
        if serial not in unreachable:
            assert found[labels[serial]] == (own, retained.nbytes), labels[serial]
    assert found[""] == (0, state.nbytes)
