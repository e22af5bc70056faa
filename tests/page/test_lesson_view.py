"""Lessons on the page: their texts, their edits, and questions that the recording answers."""

import json
import re
from pathlib import Path

import pytest
from lab_page import LabPage
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.page

LESSONS = Path(__file__).parents[2] / "web" / "lessons"
FOLDERS = sorted(folder.name for folder in LESSONS.glob("*-*"))

# What the recording must say to each question, in the words of its choice.
ANSWERS = {
    "01-counts": ["3", "nothing, it stays"],
    "02-lifetime": ["line 11", "reference count"],
    "03-chain": ["line 12", "a"],
    "04-cycle": ["3", "2", "the collector"],
    "05-weakref": ["1", "line 9"],
    "06-strong-outputs": ["outputs[0] of Square#1", "the collector"],
    "07-weak-outputs": ["1", "reference count", "0"],
    "08-loop": ["320 kB", "640 kB", None],
    "09-generations": ["line 12", "y"],
    "10-collector": ["2", "line 23"],
    "11-deep": ["3000", "line 11"],
    "12-losses": ["losses[0]", "480 kB"],
    "13-recurrent": ["1.28 MB", "nothing, it stays"],
    "14-create-graph": ["13", "the collector"],
    "15-own-output": ["y of Exp#1", "3"],
    "16-closure": ["480 kB", "nothing, it stays"],
    "17-traceback": ["line 17", "160 kB"],
    "18-cache": ["240 kB", "nothing, it stays"],
    "19-view": ["2.4 MB", "base of ndarray#2"],
    "20-sibling": ["line 12", None],
    "21-underscore": ["_", "line 9"],
    "22-training": ["19.5 kB", "loss"],
}


def questions(lab: LabPage) -> list[Locator]:
    return lab.page.get_by_role("group", name=re.compile(r"^Check yourself")).all()


def choices(question: Locator) -> list[str]:
    """Words of the question that explain themselves are buttons too, but are not chosen."""
    return question.locator("button[aria-pressed]").all_inner_texts()


def choose(question: Locator, choice: str) -> None:
    question.get_by_role("button", name=choice, exact=True).click()


def source(folder: str) -> str:
    return (LESSONS / folder / "program.py").read_text("utf-8")


def asked(folder: str) -> list[dict[str, object]]:
    data = json.loads((LESSONS / folder / "lesson.json").read_text("utf-8"))
    questions: list[dict[str, object]] = data["questions"]
    return questions


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_recording_answers_every_question(lab: LabPage, folder: str) -> None:
    lab.choose(rf"^{int(folder[:2])}\b")
    lab.run()
    assert len(ANSWERS[folder]) == len(asked(folder)) == len(questions(lab))
    for question, answer in zip(questions(lab), ANSWERS[folder], strict=True):
        for choice in choices(question):
            choose(question, choice)
            if answer is None:
                expect(question).to_contain_text("choose Strong and press Run")
            elif choice == answer:
                expect(question).to_contain_text("Yes, by your recording")
            else:
                expect(question).to_contain_text("Your recording says otherwise")


def test_questions_about_strong_outputs_are_judged_by_that_recording(lab: LabPage) -> None:
    lab.choose(r"^8\b")
    lab.choose_outputs("Compare")
    lab.run()
    weak, _, strong = questions(lab)
    choose(weak, "320 kB")
    expect(weak).to_contain_text("Yes, by your recording: after line 10, pass 3, 320 kB are alive")
    choose(strong, "11")
    expect(strong).to_contain_text("Your recording says otherwise")
    choose(strong, "22")
    expect(strong).to_contain_text("22 objects are out of reach")


def test_a_guess_before_the_run_is_judged_by_the_run(lab: LabPage) -> None:
    lab.choose(r"^2\b")
    question = questions(lab)[0]
    choose(question, "line 10")
    expect(question).to_contain_text("Press Run: your recording will answer.")
    lab.run()
    expect(question).to_contain_text("Your recording says otherwise: a died in line 11.")
    question.get_by_role("button", name="Show it").click()
    lab.expect_line(11)
    expect(lab.inspector).to_contain_text("Thing")


def test_a_changed_program_is_judged_by_its_own_recording(lab: LabPage) -> None:
    lab.choose(r"^2\b")
    lab.run()
    question = questions(lab)[0]
    choose(question, "line 11")
    expect(question).to_contain_text("Yes, by your recording")
    lab.page.get_by_role("button", name="Change the program").click()
    expect(lab.program).to_contain_text("kept = [a]")
    expect(question).to_contain_text("Run it again")
    lab.run()
    expect(question).to_contain_text("a is alive at the end.")
    lab.write("b = 1\n")
    lab.run()
    expect(question).to_contain_text("In this recording there is no such object")
    expect(lab.page.get_by_text("These lines are no longer in the program.")).to_be_visible()


def test_an_edit_is_made_and_taken_back_and_undone(lab: LabPage) -> None:
    lab.choose(r"^12\b")
    lab.page.get_by_role("button", name="Change the program").first.click()
    expect(lab.program).to_contain_text("losses.append(float(loss.data))")
    lab.page.get_by_role("button", name="Change it back").click()
    expect(lab.program).not_to_contain_text("float")
    lab.page.get_by_role("button", name="Change the program").first.click()
    lab.run()
    lab.expect_live_bytes(80_000)
    lab.program.click()
    lab.page.keyboard.press("ControlOrMeta+Z")
    expect(lab.program).not_to_contain_text("float")


def test_moments_of_the_text_are_reached(lab: LabPage) -> None:
    lab.choose(r"^22\b")
    lab.run()
    for text in ("pass 1", "pass 5"):
        lab.page.get_by_role("region", name="Lesson").get_by_role("button", name=text).click()
        lab.expect_line(16)
        lab.expect_live_bytes(19_456)


def test_lessons_are_listed_and_turned_like_pages_in_both_languages(lab: LabPage) -> None:
    lab.choose(r"^9\b")
    lesson = lab.page.get_by_role("region", name="Lesson")
    lesson.get_by_role("button", name="Next lesson").click()
    expect(lesson.get_by_role("heading", name="The collector's generations")).to_be_visible()
    lesson.get_by_role("button", name="Lessons", exact=True).click()
    lesson.get_by_role("button", name="From birth to death").click()
    expect(lab.program).to_contain_text("class Thing")
    lab.page.get_by_role("button", name="한국어").click()
    korean = lab.page.get_by_role("region", name="학습", exact=True)
    expect(korean.get_by_role("heading", name="생성에서 소멸까지")).to_be_visible()
    expect(korean.get_by_role("group").first).to_contain_text("이름 a의 객체는 몇 행에서")
    lab.page.get_by_role("button", name="EN", exact=True).click()
    lesson.get_by_role("button", name="Close the lesson").click()
    expect(lesson.get_by_role("heading", name="From birth to death")).to_be_hidden()
    lesson.get_by_role("button", name="About this example").click()
    expect(lesson.get_by_role("heading", name="From birth to death")).to_be_visible()


@pytest.mark.parametrize("height", [900, 768])
def test_the_output_beside_a_lesson_shows_whole_lines(lab: LabPage, height: int) -> None:
    lab.page.set_viewport_size({"width": 1440, "height": height})
    lab.choose("memory stay flat")
    lab.run()
    log = lab.page.get_by_role("log", name="Output")
    seen = log.evaluate("log => [log.clientHeight, parseFloat(getComputedStyle(log).lineHeight)]")
    below = log.evaluate("log => parseFloat(getComputedStyle(log).paddingBottom)")
    lines = (seen[0] - below) / seen[1]
    assert lines >= 2
    assert abs(lines - round(lines)) < 0.1
    lab.page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize("height", [900, 768])
def test_what_went_wrong_is_seen_beside_a_lesson(lab: LabPage, height: int) -> None:
    lab.page.set_viewport_size({"width": 1440, "height": height})
    lab.choose("memory stay flat")
    raising = "def fail(n):\n    return fail(n - 1) if n else [][0]\n\n\nprint('before')\nfail(4)\n"
    lab.run_source(raising, ending="^Failed: IndexError")
    expect(lab.output.get_by_text("IndexError: list index out of range")).to_be_in_viewport()
    lab.page.set_viewport_size({"width": 1440, "height": 900})
