"""The commands that ask a trace: `why`, `leaks`, `export`."""

import json

import pytest

from livegrad.liveness import record
from livegrad.liveness.__main__ import main

SOURCE = """import numpy as np
from livegrad import Variable
from livegrad.functions import square
x = Variable(np.array(2.0))
losses = []
for i in range(3):
    loss = square(x)
    losses.append(loss)
    y = None
loss = None
huge = np.zeros(100_000)
tiny = huge[:1]
huge = None
class Thing:
    pass
a = Thing()
a.me = a
a = None
"""


@pytest.fixture
def run(tmp_path, capsys):
    """Runs a command on the trace; what it printed."""
    path = tmp_path / "t.json"
    record(SOURCE).dump(path)

    def run(command, *arguments):
        assert main([command, str(path), *arguments]) == 0
        return capsys.readouterr().out

    return run


def complaint(capsys, *arguments):
    with pytest.raises(SystemExit) as exit:
        main(list(arguments))
    assert exit.value.code == 2
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    return text


def test_why(run):
    assert run("why", "--object", "loss", "--line", "8") == (
        "`Variable#4` (`loss`) is alive because `loss` (line 7) holds it; `loss` is a global.\n"
        "And `Variable#4` (`loss`) is alive because `losses[2]` (line 8) holds it; `losses` is a "
        "global.\n"
        "To let it die: `del loss`.\n"
        "To let it die: append `float(loss.data)` instead of the Variable.\n"
        "That frees 4 objects, and 8 bytes of arrays.\n"
    )
    assert run("why", "--object", "Variable#2").endswith(
        "holds it; `losses` is a global.\n"
        "To let it die: append `float(loss.data)` instead of the Variable.\n"
        "That frees 4 objects, and 8 bytes of arrays.\n"
    )


def test_why_of_the_dead_and_the_lost(run):
    assert run("why", "--object", "a").startswith(
        "`Thing#1` is alive although nothing reaches it: it holds itself, by `me` of `Thing#1`"
    )
    assert run("why", "--object", "Thing#1", "--line", "4").startswith(
        "`Thing#1` is not born yet at this step"
    )


def test_why_as_json(run):
    answer = json.loads(run("why", "--object", "tiny", "--json"))
    assert answer["object"] == "ndarray#6"
    assert [way["holds"] for way in answer["ways"]] == [
        [{"holder": "<module>", "name": "tiny", "held": "ndarray#6", "line": 12}]
    ]
    assert answer["ways"][0]["cure"] == {"rule": "drop", "text": "`del tiny`"}


def test_a_name_is_what_it_stands_for_at_the_line(run):
    assert json.loads(run("why", "--object", "loss", "--step", "8", "--json"))["object"] == (
        "Variable#2"
    )
    assert json.loads(run("why", "--object", "loss", "--json"))["object"] == "Variable#4"


def test_leaks(run):
    told = run("leaks")
    assert told.startswith(
        "line 7: 3 runs left 9 objects (3 Square, 3 Variable, 3 ndarray), 24 bytes\n"
        "  `Variable#2` (`loss`) is alive because `losses[0]` (line 8) holds it; `losses` is a "
        "global.\n"
        "  To let it die: append `float(loss.data)` instead of the Variable.\n"
    )
    assert "unreachable: 1 object, left to the collector: Thing#1\n" in told
    assert (
        "pinned: ndarray#5 has 800,000 bytes, of which its views (ndarray#6) read 8 at most" in told
    )
    every = json.loads(run("leaks", "--all", "--json"))
    assert [each["line"] for each in every["lines"]] == [11, 7, 4, 12, 16]
    assert every["islands"] == [["Thing#1"]]
    assert every["pinned"][0]["used"] == 8


def test_no_leaks(tmp_path, capsys):
    record("a = 1\n").dump(tmp_path / "t.json")
    assert main(["leaks", str(tmp_path / "t.json")]) == 0
    assert capsys.readouterr().out == (
        "No line left objects of more than one run, and nothing is out of reach.\n"
    )


@pytest.mark.parametrize("to", ["dot", "svg", "heapsnapshot", "torch"])
def test_export(run, tmp_path, to):
    told = run("export", "--to", to, "-o", str(tmp_path / "out"), "--line", "8")
    assert told.startswith(f"{tmp_path / 'out'}: ")
    assert (tmp_path / "out").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("why", "--object", "lossy"), "name or label 'lossy' at this step: give one of loss"),
        (("why", "--object", "x", "--line", "99"), "Line 99 was not executed: give one that was"),
        (("why", "--object", "x", "--step", "999"), "steps and none with number 999"),
        (("leaks", "--from-step", "9", "--to-step", "2"), "Step 9 is after step 2"),
        (("export", "--to", "dot", "-o", "no/such/folder"), "Cannot write to no/such/folder: No"),
    ],
)
def test_errors_are_one_sentence(tmp_path, capsys, arguments, words):
    path = tmp_path / "t.json"
    record(SOURCE).dump(path)
    assert words in complaint(capsys, arguments[0], str(path), *arguments[1:])


def test_a_trace_that_is_not_there(capsys):
    assert "missing.json: It cannot be read: No such file" in complaint(
        capsys, "leaks", "missing.json"
    )
