"""What is told of a line is so: what came and went in it is apart from what stayed."""

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
