"""Time under a reader's hand: lines, passes, the part that is brushed, runs that part."""

import re

import pytest
from lab_page import LabPage
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.page

PARTS = """import gc
import weakref
import numpy as np
from livegrad import Variable
from livegrad.functions import square

gc.disable()
x = Variable(np.ones(1000))
y = square(x)
seen = weakref.ref(y)
y = None
if seen() is None:
    print("gone")
else:
    print("still here")
    print(gc.collect() > 0)
end = 1
"""

LONG = "total = 0\nfor i in range(150):\n    box = [i]\n    total += i\nend = total\n"


def heading(lab: LabPage) -> Locator:
    """Line and pass, above the sentences about them."""
    return lab.page.locator(".say h2")


def values(lab: LabPage) -> list[str]:
    """What the slider says at each moment, first to last."""
    lab.press("Home")
    said = [lab.slider.get_attribute("aria-valuetext") or ""]
    while True:
        lab.page.keyboard.press("ArrowRight")
        text = lab.slider.get_attribute("aria-valuetext") or ""
        if text == said[-1]:
            return said
        said.append(text)


def test_a_press_on_a_line_goes_to_its_next_run(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.run()
    lab.press("Home")
    number = lab.page.locator(".cm-lineNumbers .cm-gutterElement").filter(
        has_text=re.compile(r"^10$")
    )
    for run in (1, 2, 3):
        number.click()
        expect(heading(lab)).to_contain_text(f"Line 10, pass {run} of 10")


def test_passes_can_be_jumped_to(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.run()
    lab.after_line(10, 2)
    lab.page.keyboard.press("p")
    expect(heading(lab)).to_contain_text("Line 10, pass 3 of 10")
    lab.page.keyboard.press("Shift+P")
    lab.page.keyboard.press("Shift+P")
    expect(heading(lab)).to_contain_text("Line 10, pass 1 of 10")
    lab.timeline.get_by_text("pass 7").click()
    expect(heading(lab)).to_contain_text("Line 8, pass 7 of 11")


def test_buttons_lead_to_lines_deaths_and_collections(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.run()
    lab.press("Home")

    def press(name: str) -> None:
        lab.page.get_by_role("button", name=name).click()

    press("Next line")
    lab.expect_step(2)
    press("Previous line")
    lab.expect_step(1)
    expect(lab.page.get_by_role("button", name="Previous line")).to_be_disabled()
    for run in (2, 3):  # the first graph falls when the second one takes its name
        press("Next death")
        expect(heading(lab)).to_contain_text(f"Line 10, pass {run} of 10")
        expect(lab.graph.get_by_text("† 11 died")).to_be_visible()
    press("Next collection")
    expect(heading(lab)).to_contain_text("Line 11")
    for name in ("Next line", "Next death", "Next collection"):
        expect(lab.page.get_by_role("button", name=name)).to_be_disabled()


TWO_COLLECTIONS = """import gc

class Thing:
    pass

a = Thing()
gc.collect()
a.own = a
a = None
gc.collect()
end = 1
"""


def test_keys_lead_to_deaths_and_collections_both_ways(lab: LabPage) -> None:
    lab.run_source(TWO_COLLECTIONS)
    lab.press("Home")
    for key, line in (("g", 7), ("g", 10), ("Shift+G", 7), ("d", 10), ("Shift+G", 7), ("End", 11)):
        lab.page.keyboard.press(key)
        lab.expect_line(line)
    lab.page.keyboard.press("Shift+D")
    lab.expect_line(10)
    assert lab.only(type="Thing").cause.startswith("collector")


def test_a_mouse_drags_the_slider_and_the_present_line(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.run()
    _, of, _ = lab.position()
    mouse = lab.page.mouse

    def drag(thing: Locator, down: float) -> None:
        """From the right to the middle: there already, before the button is let go."""
        box = thing.bounding_box()
        assert box
        y = box["y"] + down
        mouse.move(box["x"] + box["width"] * 0.9, y)
        mouse.down()
        for share in (0.8, 0.7, 0.6, 0.5):
            mouse.move(box["x"] + box["width"] * share, y)
        steps = "|".join(str(step) for step in range(of * 3 // 8, of * 5 // 8))
        middle = re.compile(rf"^step ({steps}) of")
        expect(lab.slider).to_have_attribute("aria-valuetext", middle)
        mouse.up()

    drag(lab.slider, 11)
    lab.press("End")
    drag(lab.timeline, 60)  # whose lines are as wide as the work that they do


def test_the_editor_and_the_timeline_tell_what_lines_did(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.run()
    lab.go_to_step(17)
    costs = lab.page.locator(".cm-cost span:visible")
    assert costs.all_inner_texts() == ["+80", "+240", "\N{MINUS SIGN}320"]
    lab.go_to_step(6)  # nothing has been executed there yet
    expect(costs).to_have_count(0)
    cells = lab.timeline.locator(".lnum").all_text_contents()
    assert cells[:6] == ["1", "3", "4", "5", "7", "8"]
    assert {"9", "10"} <= set(cells)
    # Nine graphs fell, and the collection at the end found nothing: its sign is hollow, with 0.
    assert lab.timeline.locator(".dk").all_text_contents() == ["†11"] * 9 + ["0"]
    expect(lab.timeline.locator(".gc")).to_have_count(1)
    expect(lab.timeline.locator(".gc.hit")).to_have_count(0)
    lab.choose_outputs("Strong")
    lab.run()
    expect(lab.timeline.locator(".dk")).to_have_text("†99")
    expect(lab.timeline.locator(".gc.hit")).to_have_count(1)


def test_within_a_line_everything_follows(lab: LabPage) -> None:
    """The 640 kB of row 8 lie in the middle of a line."""
    lab.choose("memory stay flat")
    lab.run()
    lab.after_line(10, 4)
    for _ in range(30):
        lab.page.keyboard.press("Shift+ArrowLeft")
        lab.page.evaluate("() => new Promise(requestAnimationFrame)")
        if "640 kB live" in lab.page.locator(".read").inner_text():
            break
    expect(lab.page.locator(".read")).to_contain_text("640 kB live")
    expect(lab.page.locator(".pos")).to_contain_text("Inside line 10")
    expect(lab.page.locator(".cm-now")).to_contain_text("y = square")
    expect(lab.slider).to_have_attribute("aria-valuetext", re.compile(r"line 10$"))
    expect(lab.page.locator(".say")).to_contain_text("640 kB")
    for _ in range(30):  # forwards again, to the line's end
        lab.page.keyboard.press("Shift+ArrowRight")
        lab.page.evaluate("() => new Promise(requestAnimationFrame)")
        if "After line 10" in lab.page.locator(".pos").inner_text():
            break
    expect(lab.page.locator(".pos")).to_contain_text("After line 10, pass 4 of 10")


def test_the_timeline_tells_the_numbers_under_the_pointer(lab: LabPage) -> None:
    lab.choose("memory stay flat")
    lab.run()
    box = lab.timeline.bounding_box()
    assert box
    lab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    told = lab.timeline.locator(".pointer")
    expect(told).to_contain_text(re.compile(r"line \d+, step \d+"))
    expect(told).to_contain_text(re.compile(r"\d+ kB, \d+ objects"))
    lab.page.mouse.move(box["x"], box["y"] - 200)
    expect(told).to_have_count(0)


SHOWN = """() => {
  const [part, whole] = ["part", "ground"].map(
    name => document.querySelector(`.brush .${name}`).width.baseVal.value);
  return part / whole;
}"""


def wait_for_part(lab: LabPage, share: float) -> None:
    """Wait until the timeline shows so much of the whole recording."""
    lab.page.wait_for_function(f"share => Math.abs(({SHOWN})() - share) < 0.02", arg=share)


def test_a_long_recording_is_brushed(lab: LabPage) -> None:
    lab.run_source(LONG)
    cells = lab.timeline.locator(".cellL")
    whole = cells.first.bounding_box()
    assert whole
    brush = lab.timeline.locator(".brush .ground").bounding_box()
    assert brush
    y = brush["y"] + brush["height"] / 2
    lab.page.mouse.move(brush["x"] + brush["width"] * 0.4, y)
    lab.page.mouse.down()
    lab.page.mouse.move(brush["x"] + brush["width"] * 0.45, y, steps=4)
    lab.page.mouse.up()
    wait_for_part(lab, 0.05)
    part = cells.first.bounding_box()
    assert part
    assert part["width"] > 4 * whole["width"]
    # A press on what is shown goes to a moment in that part, and keys take the part along.
    box = lab.timeline.bounding_box()
    assert box
    lab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 60)
    step, of, _ = lab.position()
    assert 0.38 * of < step < 0.47 * of
    lab.press("Home")
    expect(lab.timeline.locator("path.now")).to_have_count(1)
    for share in (0.1, 0.2, 0.4, 0.8, 1, 1):
        lab.timeline.get_by_role("button", name="Smaller").click()
        wait_for_part(lab, share)
    again = cells.first.bounding_box()
    assert again
    assert again["width"] == pytest.approx(whole["width"], abs=0.5)


def test_a_double_click_on_the_brush_shows_the_whole_again(lab: LabPage) -> None:
    lab.run_source(LONG)
    wait_for_part(lab, 1)
    for share in (0.5, 0.25):
        lab.timeline.get_by_role("button", name="Larger").click()
        wait_for_part(lab, share)
    lab.timeline.locator(".brush").dblclick()
    wait_for_part(lab, 1)


def test_the_part_that_is_shown_is_dragged_and_turned_larger_by_a_wheel(lab: LabPage) -> None:
    lab.run_source(LONG)
    figure, whole = (
        thing.bounding_box() for thing in (lab.timeline, lab.timeline.locator(".brush .ground"))
    )
    assert figure
    assert whole
    mouse, middle = lab.page.mouse, whole["y"] + whole["height"] / 2

    def drag(start: float, end: float) -> None:
        mouse.move(whole["x"] + whole["width"] * start, middle)
        mouse.down()
        mouse.move(whole["x"] + whole["width"] * end, middle, steps=3)
        mouse.up()

    drag(0.999, 0.5)  # its right end
    wait_for_part(lab, 0.5)
    drag(0.25, 0.5)  # as a whole: it is as long as before, elsewhere
    part = lab.timeline.locator(".brush .part")
    left = whole["x"] + whole["width"] / 4
    wait_for_part(lab, 0.5)
    box = part.bounding_box()
    assert box
    assert box["x"] == pytest.approx(left, abs=12)
    mouse.move(figure["x"] + figure["width"] / 2, figure["y"] + 60)
    lab.page.keyboard.down("Control")
    mouse.wheel(0, -139)  # 200 ln 2
    lab.page.keyboard.up("Control")
    wait_for_part(lab, 0.25)
    assert lab.page.evaluate("visualViewport.scale") == 1


def test_two_runs_that_part_have_one_axis(lab: LabPage) -> None:
    lab.choose_outputs("Compare")
    lab.run_source(PARTS)
    said = values(lab)
    lines = [int(text.rsplit(" ", 1)[1]) for text in said]
    # Lines 13 (weak) and 15, 16 (strong) are each executed by one of the two.
    assert [line for line in lines if line >= 12] == [12, 13, 15, 16, 17]
    assert said[-1] == f"step {len(said)} of {len(said)}, line 17"
    lab.after_line(13)
    weak = lab.page.get_by_role("region", name="Graph: Weak outputs")
    strong = lab.page.get_by_role("region", name="Graph: Strong outputs")
    expect(strong.get_by_text("did not run this line")).to_be_visible()
    expect(weak.get_by_text("did not run this line")).to_have_count(0)
    lab.after_line(15)
    expect(weak.get_by_text("did not run this line")).to_be_visible()
    expect(strong.get_by_text(re.compile("unreachable island"))).to_be_visible()
    # What no name reaches is hatched, under the strong curve alone.
    expect(lab.timeline.get_by_text("8 kB no name can reach")).to_be_visible()
    hatched = lab.timeline.locator(".lost")
    expect(hatched).to_have_count(1)
    lab.press("End")
    expect(weak.get_by_text("did not run this line")).to_have_count(0)
    expect(lab.timeline.get_by_text("here they part")).to_be_visible()


def test_the_switch_keeps_the_moment_and_what_is_chosen(lab: LabPage) -> None:
    """Back from Compare, one run after the other stands where the reader was."""
    lab.choose_outputs("Compare")
    lab.run_source(PARTS)
    lab.after_line(12)
    for outputs in ("Strong", "Weak", "Compare", "Strong"):
        lab.choose_outputs(outputs)
        lab.expect_line(12)
    node = lab.graph.get_by_role("button", name=re.compile("Variable#1, ")).first
    node.click()
    lab.choose_outputs("Weak")
    expect(lab.inspector).to_contain_text("Variable#1")
    lab.expect_line(12)
