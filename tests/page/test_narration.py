"""What is told of a line is so, whatever the line is."""

import re

import pytest
from lab_page import LabPage
from playwright.sync_api import expect

pytestmark = pytest.mark.page

PROGRAM = """import numpy as np
a = -np.arange(100.0)
class Thing:
    pass
def things():
    one = Thing()
    yield one
    yield 2
g = things()
x = next(g)
next(g)
"""


def test_bytes_that_came_and_went_are_told_apart_and_a_generator_binds_nothing_anew(
    lab: LabPage,
) -> None:
    lab.run_source(PROGRAM)
    said = lab.page.locator(".say p")

    def expect_said(line: int, time: int, text: str) -> None:
        lab.after_line(line, time)
        expect(said).to_contain_text(text, use_inner_text=True)

    expect_said(2, 1, "1 object was born, 800 B; 1 object, 800 B, lived only within this line.")
    expect_said(7, 1, "things hands Thing#1 to its caller.")
    expect_said(10, 1, "x was bound to Thing#1.")
    lab.after_line(7, 2)
    expect(said).not_to_contain_text("was bound")
    with lab.in_korean():
        lab.page.get_by_role("slider").press("Home")
        lab.page.keyboard.press("ArrowRight")
        told = "객체 1개가 생성되었습니다(800 B). 객체 1개(800 B)는 이 행 안에서만 살았습니다."
        expect(said).to_contain_text(told, use_inner_text=True)


ODD = """import weakref
class Thing:
    def __init__(self, value=None):
        self.value = value
class Failure(Exception):
    pass
def produce():
    one = Thing()
    yield one
    yield 2
maker = produce()
next(maker)
next(maker)
maker = None
kept = []
def keep(thing, twice=False):
    kept.append(thing)
    return thing
keep(Thing())
def share(thing):
    def inner():
        return thing
    return inner
inner = share(kept.pop())
inner = None
def fail(thing):
    raise Failure(thing)
try:
    fail(Thing())
except Failure as failure:
    seen = weakref.ref(failure.args[0])
seen = None
if (found := Thing(3)) is not None:
    one = two = found
one, *rest = [Thing(4), Thing(5)]
del rest[:], found
match two:
    case Thing(value=3) as hit:
        two.value = hit = two
seen = weakref.ref(one)
keep(seen)
seen = None
del one, two
while hit:
    raise ValueError(hit)
"""

TOLD = [
    (2, "The body of the class Thing runs here, once."),
    (2, "The class Thing is complete."),
    (4, "__init__ was called: self is the new Thing#1."),
    (9, "produce hands Thing#1 to its caller."),
    (12, "produce waits and keeps what is local to it."),
    (14, "produce returned and let go of what was local to it. 1 object lost its last holder"),
    (17, "keep was called: thing is Thing#2. Thing#2 is now held by kept[0] in <module>."),
    (18, "keep hands Thing#2 to its caller."),
    (21, "thing, which an inner function uses too, was bound to Thing#2."),
    (25, "1 object lost its last holder and died."),
    (27, "fail was called: thing is Thing#3. Failure#1 was raised."),
    (29, "Failure#1 was raised; its traceback keeps the frames it passed, with their locals."),
    (33, "found was bound to Thing#4. The reference count of Thing#4 went from 2 to 1."),
    (34, "one was bound to Thing#4. two was bound to Thing#4."),
    (35, "one moved from Thing#4 to Thing#5. Thing#6 is now held by rest[0] in <module>."),
    (36, "found let go of Thing#4. Thing#6 is no longer held by rest[0] in <module>."),
    (39, "Thing#4 is now held by value of Thing#4."),
    (40, "seen now refers to Thing#5 weakly."),
    (17, "keep was called: thing is a weak reference to Thing#5."),
    (42, "seen no longer refers to Thing#5."),
    (43, "one let go of Thing#5. two let go of Thing#4."),
    (44, "The loop checked whether to go on; nothing that is watched was born or died."),
    (45, "It raised ValueError. The program ends here; its recording stays usable."),
]

OWN = set(re.findall(r"[a-zA-Z_]+", ODD)) | {"traceback", "module"}
"""Words that are the program's own, or Python's, in any language."""


def all_told(lab: LabPage) -> list[tuple[int, str]]:
    """The line of each step, and what is told of it."""
    said = lab.page.locator(".say p")
    _, of, _ = lab.go_home()
    told = []
    for step in range(1, of + 1):
        lab.expect_step(step)
        told.append((lab.position()[2], said.inner_text()))
        lab.page.keyboard.press("ArrowRight")
    return told


def test_odd_lines_are_told_truly_in_both_languages(lab: LabPage) -> None:
    lab.run_source(ODD, ending="^Failed: ValueError")
    told = all_told(lab)
    missing = [
        (line, text)
        for line, text in TOLD
        if not any(at == line and text in said for at, said in told)
    ]
    assert not missing, told
    with lab.in_korean():
        slider = lab.page.get_by_role("slider", name="단계")
        slider.press("Home")
        for _ in told:
            said = lab.page.locator(".say p").inner_text()
            assert re.search("[가-힣]", said), said
            words = set(re.findall(r"[a-zA-Z_]+", said))
            assert words <= OWN, words - OWN
            slider.press("ArrowRight")
