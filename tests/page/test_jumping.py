"""Jumping to and fro for long leaves nothing behind in the page: things are counted, not bytes.

What is compared is the same view before and after so many jumps that even one thing kept by
each would show. (The heap grows by what the browser compiles, and that ends.)
"""

import pytest
from lab_page import LabPage
from playwright.sync_api import CDPSession

pytestmark = pytest.mark.page

JUMPS = 150

JUMP = """async jumps => {
  const slider = document.querySelector("input.scrub");
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  const go = async step => {
    set.call(slider, step);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
  };
  for (let i = 0; i < jumps; i++) await go(1 + (29 * i) % Number(slider.max));
  await go(slider.max);
}"""


def things(lab: LabPage, devtools: CDPSession) -> dict[str, int]:
    """What is alive after a collection, when all has followed: nodes, listeners, objects, lists."""
    lab.page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    found = {}
    for name in ("Object", "Array", "Function", "Map"):
        prototype = devtools.send("Runtime.evaluate", {"expression": f"{name}.prototype"})
        asked = {"prototypeObjectId": prototype["result"]["objectId"], "objectGroup": "counted"}
        instances = devtools.send("Runtime.queryObjects", asked)["objects"]["objectId"]
        length = {
            "objectId": instances,
            "functionDeclaration": "function () { return this.length; }",
        }
        found[name] = devtools.send("Runtime.callFunctionOn", length)["result"]["value"]
        devtools.send("Runtime.releaseObjectGroup", {"objectGroup": "counted"})
        devtools.send("Runtime.releaseObject", {"objectId": prototype["result"]["objectId"]})
    devtools.send("HeapProfiler.collectGarbage")
    counters = devtools.send("Memory.getDOMCounters")
    return found | {"nodes": counters["nodes"], "listeners": counters["jsEventListeners"]}


@pytest.mark.parametrize("outputs", ["Weak", "Compare"])
def test_jumps_leave_nothing_behind(own_lab: LabPage, outputs: str) -> None:
    lab = own_lab
    lab.choose("memory stay flat")
    lab.choose_outputs(outputs)
    lab.run()
    devtools = lab.page.context.new_cdp_session(lab.page)
    lab.page.evaluate(JUMP, JUMPS)
    before = things(lab, devtools)
    lab.page.evaluate(JUMP, JUMPS)
    after = things(lab, devtools)
    kept = {name: after[name] - before[name] for name in before}
    assert max(kept.values()) < JUMPS, f"{JUMPS} jumps have left behind: {kept}"
