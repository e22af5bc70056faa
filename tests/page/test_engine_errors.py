"""What the engine's exceptions say is told in Korean too: every sentence, and on the page."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab_page import LabPage
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "py" / "livegrad"
KOREAN: dict[str, str] = json.loads(
    (ROOT / "web" / "src" / "i18n" / "engine.ko.json").read_text("utf-8")
)
GAP = re.compile(r"\{\d+\}")
# The recorder's are told by the page's own sentences; the other two meet no program.
OTHERS = {"lab.py", "early.py"}
PYTHONS = "module {0} has no attribute {1}"


def text_of(node: ast.expr) -> str | None:
    """A literal, its gaps numbered."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    text, gaps = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += part.value
        else:
            text += f"{{{gaps}}}"
            gaps += 1
    return text


def sentences(path: Path) -> Iterator[str | None]:
    """Of its exceptions, and those that an exception's sentence ends in."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            if re.search(r"Error$|^type\(error\)$", ast.unparse(node.func)):
                yield text_of(node.args[0])
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if {ast.unparse(name) for name in targets} & {"fits", "_TAKE_THE_ITEM"}:
                yield text_of(node.value)


def said() -> set[str]:
    engine = (
        p for p in PACKAGE.rglob("*.py") if "liveness" not in p.parts and p.name not in OTHERS
    )
    notes = PACKAGE / "liveness" / "failure.py"
    return {text for path in (*engine, notes) for text in sentences(path) if text} - {PYTHONS}


def test_every_sentence_of_the_engine_has_its_korean_one() -> None:
    assert said() - KOREAN.keys() == set()
    assert KOREAN.keys() - said() == set()


@pytest.mark.parametrize("english", KOREAN)
def test_a_korean_sentence_loses_nothing_and_minds_its_particles(english: str) -> None:
    korean = KOREAN[english]
    assert sorted(GAP.findall(korean)) == sorted(GAP.findall(english))
    # What fills a gap ends in any sound: no particle that depends on it follows.
    assert not re.search(r"\}(은|는|이|가|을|를|과|와|으로|로|이나|나)(?![가-힣])", korean)
    assert korean.endswith((".", "{1}", "{2}", "))"))


RAISING = "import numpy as np\nfrom livegrad import Variable\nVariable(np.ones(3)) + np.ones(4)\n"


@pytest.mark.page
def test_an_error_of_the_engine_is_told_in_the_pages_language(lab: LabPage) -> None:
    english = "Add can not take shape (3,) and (4,): they do not broadcast"
    korean = (
        "ValueError: Add 연산에 넘길 수 없는 형상입니다: (3,), (4,). 브로드캐스트할 수 없습니다."
    )
    lab.run_source(RAISING, ending=f"^Failed: ValueError: {re.escape(english)}")
    expect(lab.output).to_contain_text(english)
    console = lab.page.get_by_role("textbox", name="Console")
    console.fill("Variable([1.0])")
    console.press("Enter")
    with lab.in_korean():
        expect(lab.page.get_by_role("status").filter(has_text=f"실패: {korean}")).to_be_visible()
        log = lab.page.get_by_role("log", name="출력")
        expect(log).to_contain_text(english)
        expect(log.get_by_text("뜻. Add 연산에 넘길 수 없는 형상입니다")).to_be_visible()
        said = "Variable에는 NumPy 배열을 담아야 하는데 받은 것의 타입은 list입니다."
        expect(lab.page.get_by_text(said)).to_be_visible()
    expect(lab.output).not_to_contain_text("브로드캐스트")


@pytest.mark.page
def test_words_of_python_stay_pythons(lab: LabPage) -> None:
    lab.run_source("{}['key']\n", ending="^Failed: KeyError: 'key'")
    with lab.in_korean():
        log = lab.page.get_by_role("log", name="출력")
        expect(log).to_contain_text("KeyError: 'key'")
        assert log.inner_text().count("KeyError") == 1
