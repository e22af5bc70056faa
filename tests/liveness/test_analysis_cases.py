"""Questions that walk the references of a trace, with answers that every reader must give.

A case in `cases/analysis/` has a trace, or names one of `cases/`, and asks: ``why`` (the ways
from the roots as holder, name, held and line; the sentence; the cure), ``retained`` (objects and
bytes by label), ``cut`` (references by holder and name, or by row), ``dies`` (what falls with an
object), ``if_weak`` (label, step and cause of each earlier death), ``islands``, ``pinned`` (owner,
views, bytes, bytes in use), ``growth`` (line, runs, classes, bytes and whether it piles up,
between two steps; -1 is the beginning), ``next_birth`` and ``next_death`` (of an event). Steps
are counted from 0.

Some are made by hand; `write_cases.py` generates the others.
"""

import json
from pathlib import Path

import pytest

from livegrad.liveness import Trace, analysis

FOLDER = Path(__file__).parent / "cases"
CASES = sorted((FOLDER / "analysis").glob("*.json"))
ASKS = {
    "why",
    "retained",
    "cut",
    "dies",
    "if_weak",
    "islands",
    "pinned",
    "growth",
    "next_birth",
    "next_death",
}


def answer(trace, question):
    replay = analysis.replay(trace)
    labels = replay.labels
    match question["ask"]:
        case "growth":
            found = analysis.growth_between(trace, question["first"], question["last"])
            return [[each.line, each.runs, each.types, each.nbytes, each.piles] for each in found]
        case "next_birth":
            return analysis.next_birth(trace, question["event"])
        case "next_death":
            return analysis.next_death(trace, question["event"])
        case "if_weak":
            (edge,) = edges_of(replay, question["edge"])
            falls = analysis.if_weak(trace, edge)
            return sorted([labels[fall.serial], fall.step, fall.cause] for fall in falls)
    state = trace.state(question["step"])
    match question["ask"]:
        case "why":
            return why(state, labels.index(question["object"]))
        case "retained":
            return {
                labels[serial]: [each.objects, each.nbytes]
                for serial, each in analysis.retained_by(state).items()
                if replay.kinds[serial] in analysis.SHOWN
            }
        case "cut":
            edges = [e for pair in question["edges"] for e in edges_of(replay, pair, state.event)]
            return told(labels, analysis.cut(state, edges))
        case "dies":
            return told(labels, analysis.loss_of(state, labels.index(question["object"])))
        case "pinned":
            return [
                [labels[each.owner], [labels[view] for view in each.views], each.nbytes, each.used]
                for each in analysis.pinned(state)
            ]
        case "islands":
            return [[labels[o] for o in island] for island in analysis.islands_of(state)]
    raise ValueError(f"unknown question {question['ask']!r}")


def told(labels, loss):
    return {
        "by_count": [labels[serial] for serial in loss.by_count],
        "by_collector": [labels[serial] for serial in loss.by_collector],
        "nbytes": loss.nbytes,
    }


def edges_of(replay, pair, event=None):
    """References by label of the holder and name, at an event or ever; or the row itself."""
    if isinstance(pair, int):
        return [pair]
    holder, name = pair
    return [
        edge
        for edge, known in enumerate(replay.names)
        if known == name
        and replay.labels[replay.holders[edge]] == holder
        and (event is None or replay.holds_at(edge, event))
    ]


def why(state, serial):
    ways = analysis.retentions(state, serial)
    labels = state.replay.labels
    return {
        "sentence": analysis.why(state, serial),
        "ways": [
            [
                [labels[hold.holder.serial], hold.name, labels[hold.held.serial], hold.line]
                for hold in way.holds
            ]
            for way in ways
        ],
        "cures": [[cure.rule, cure.text] for cure in map(analysis.cure, ways)],
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case(path):
    case = json.loads(path.read_text(encoding="utf-8"))
    of = json.loads((FOLDER / case["of"]).read_text(encoding="utf-8")) if "of" in case else case
    trace = Trace(of["trace"])
    for question in case["questions"]:
        assert answer(trace, question) == question["answer"], question


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_dies_with_an_object_is_what_it_retains(path):
    """Two ways to the same number: dominators, and taking the object away."""
    case = json.loads(path.read_text(encoding="utf-8"))
    of = json.loads((FOLDER / case["of"]).read_text(encoding="utf-8")) if "of" in case else case
    trace = Trace(of["trace"])
    state = trace.state(len(trace.steps) - 1)
    for serial, retained in analysis.retained_by(state).items():
        if state.replay.kinds[serial] in analysis.SHOWN:
            loss = analysis.loss_of(state, serial)
            fallen = {*loss.by_count, *loss.by_collector} - set(islanders(state))
            assert (len(fallen), loss.nbytes) == (retained.objects, retained.nbytes)


def islanders(state):
    return [serial for island in analysis.islands_of(state) for serial in island]


def test_there_are_cases_of_every_question():
    asked = {q["ask"] for path in CASES for q in json.loads(path.read_text())["questions"]}
    assert asked == ASKS
