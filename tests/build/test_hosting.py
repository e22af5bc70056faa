"""The hosting guide's figures are those of the site that was built."""

import json
import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "web" / "HOSTING.md"


def stated(row: str) -> list[float]:
    """The numbers in the two columns of a row of the table of costs."""
    (cells,) = re.findall(rf"^\| {re.escape(row)} \|(.*)\|$", GUIDE.read_text("utf-8"), re.M)
    return [float(number) for number in re.findall(r"([\d.]+) [MG]B", cells)]


@pytest.fixture(scope="module")
def about(dist: Path) -> dict[str, dict[str, int]]:
    told = json.loads((dist / "about.json").read_text("utf-8"))
    page, python = told["page"], told["python"]["until the first run"]
    answers = {key: page[key] + python[key] for key in ("compressed", "bytes")}
    return {**told, "until Python answers": answers}


@pytest.mark.parametrize(
    ("row", "part", "unit"),
    [
        ("first visit", "all", 1e6),
        ("of these until Python answers", "until Python answers", 1e6),
        ("first visit after a build in which only the page changed", "page", 1e6),
    ],
)
def test_what_visits_cost(about, row: str, part: str, unit: float) -> None:
    measured = [about[part][key] / unit for key in ("compressed", "bytes")]
    assert stated(row) == pytest.approx(measured, rel=0.08)


def test_what_a_returning_visitor_costs(about) -> None:
    _, compressed, _, whole = stated("returning, over `https`")
    measured = about["returning visitor, at most"]
    assert [compressed, whole] == pytest.approx(
        [measured["compressed"] / 1e3, measured["bytes"] / 1e3], rel=0.08
    )


def test_the_sizes_of_the_text(about) -> None:
    text = GUIDE.read_text("utf-8")
    folder, compressed, whole = re.findall(r"([\d.]+)\sMB", text)[:3]
    assert float(folder) == pytest.approx(about["all"]["bytes"] / 1e6, rel=0.08)
    assert float(compressed) == pytest.approx(about["all"]["compressed"] / 1e6, rel=0.08)
    assert float(whole) == pytest.approx(about["all"]["bytes"] / 1e6, rel=0.08)
