"""The commands, as a shell runs them."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "emscripten", reason="a browser has no processes to start"
)


@pytest.fixture
def shell(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture
def liveness(shell):
    return lambda *arguments: shell("-m", "livegrad.liveness", *arguments)


def write(tmp_path, source, name="prog.py"):
    (tmp_path / name).write_text(source, encoding="utf-8")
    return name


PROGRAM = """import sys
class Thing:
    pass
a = Thing()
print('hello', sys.argv[1:])
print('wrong', file=sys.stderr)
a = None
kept = Thing()
"""


def test_record_and_objects(tmp_path, liveness, shell):
    program = write(tmp_path, PROGRAM)
    done = liveness("record", program, "-o", "t.json", "one", "--two")
    bare = shell(program, "one", "--two")
    assert (done.stdout, done.stderr, done.returncode) == (bare.stdout, bare.stderr, 0)
    listed = json.loads(liveness("objects", "t.json", "--json").stdout)
    assert listed == [
        {"name": "a", "label": "Thing#1", "kind": "instance", "type": "Thing", "nbytes": 0}
        | {"born_line": 4, "died_line": 7, "cause": "refcount"},
        {"name": "kept", "label": "Thing#2", "kind": "instance", "type": "Thing", "nbytes": 0}
        | {"born_line": 8, "died_line": None, "cause": None},
    ]
    every = json.loads(liveness("objects", "t.json", "--json", "--all").stdout)
    assert {"<module>", "<class Thing>"} <= {each["type"] for each in every}
    table = liveness("objects", "t.json").stdout.splitlines()
    assert table[0].split() == ["object", "name", "bytes", "born", "died", "cause"]
    assert table[1].endswith("line 7  the name `a` was rebound or deleted")
    assert table[2].split() == ["Thing#2", "kept", "line", "8", "alive"]


def test_options_before_and_behind(tmp_path, liveness):
    program = write(tmp_path, "import sys\nprint(sys.argv[1:])\n")
    assert liveness("record", "-o", "a.json", program, "x").stdout == "['x']\n"
    done = liveness("record", program, "--outputs", "strong", "-o", "b.json", "--", "-o", "c")
    assert done.stdout == "['-o', 'c']\n"
    assert json.loads((tmp_path / "a.json").read_text())["header"]["outputs"] == "weak"
    assert json.loads((tmp_path / "b.json").read_text())["header"]["outputs"] == "strong"


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nsys.exit(7)\n",
        "import sys\nsys.exit('in words')\n",
        "def f():\n    return 1 / 0\nf()\n",
        "x = = 1\n",
        "class T:\n    def __del__(self):\n        print('bye')\na = T()\nb = lambda: a\n",
    ],
)
def test_a_program_ends_as_without_the_recorder(tmp_path, liveness, shell, source):
    program = write(tmp_path, source)
    done, bare = liveness("record", program), shell(program)
    assert (done.returncode, done.stdout) == (bare.returncode, bare.stdout)
    # Python tells the whole path of a program that it cannot compile, and we the one given.
    assert done.stderr.replace(str(tmp_path) + "/", "") == bare.stderr.replace(
        str(tmp_path) + "/", ""
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("record", "missing.py"), "cannot read the program missing.py: No such file"),
        (("objects", "missing.json"), "missing.json: It cannot be read: No such file"),
        (("objects", "prog.py"), "prog.py: This is not a Livegrad trace"),
        (("record", "prog.py", "-o", "no/such/folder"), "cannot write the trace to no/such/folder"),
    ],
)
def test_errors_are_one_sentence(tmp_path, liveness, arguments, words):
    write(tmp_path, "a = 1\n")
    done = liveness(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_limit_is_told_and_the_program_goes_on(tmp_path, liveness):
    program = write(tmp_path, "for i in range(50):\n    a = [i]\nprint('end')\n")
    done = liveness("record", program, "--max-steps", "10", "-o", "t.json")
    assert (done.stdout, done.returncode) == ("end\n", 0)
    assert "its limit of 10 executed lines was reached" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "limit of 10" in json.loads((tmp_path / "t.json").read_text())["end"]["limit"]
    wrong = liveness("record", "--max-bytes", "few", program)
    assert wrong.returncode == 2
    assert "argument --max-bytes: 'few' is no whole number from 1 on" in wrong.stderr


def test_a_program_that_ends_its_process(tmp_path, liveness):
    """Not even then is the file of another format: what is missing is said."""
    program = write(tmp_path, "import os\na = [1]\nos._exit(3)\n")
    assert liveness("record", program, "-o", "t.json").returncode == 3
    told = liveness("objects", "t.json")
    assert told.returncode == 2
    assert "t.json: The trace breaks off" in told.stderr


@pytest.fixture
def on_terminal(tmp_path):
    """Runs a command with standard error on a terminal: what it prints, what the terminal shows."""
    pty = pytest.importorskip("pty")

    def run(*arguments):
        screen, terminal = pty.openpty()
        done = subprocess.run(
            [sys.executable, "-m", "livegrad.liveness", *arguments],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=terminal,
            text=True,
            check=True,
        )
        os.close(terminal)
        shown = os.read(screen, 100_000).decode()
        os.close(screen)
        return done.stdout, shown.split("\r\x1b[K")

    return run


def test_progress_on_a_terminal(tmp_path, on_terminal):
    """It is wiped out before anything else is written, and at the end."""
    program = write(
        tmp_path, "import time\nfor i in range(9):\n    time.sleep(0.2)\n    print(i)\n"
    )
    printed, shown = on_terminal("record", program, "-o", "t.json")
    assert printed.split() == list("012345678")
    assert "recording: 0.0 MB of trace" in shown
    assert shown[-1].startswith("t.json: ")
    assert " events, " in shown[-1]


@pytest.mark.parametrize(
    ("command", "stage"),
    [
        (["why", "t.json", "--object", "kept"], "looking for what holds kept"),
        (["leaks", "t.json"], "looking for lines that left objects behind"),
        (["export", "t.json", "--to", "dot", "-o", "t.dot"], "making t.dot"),
        (["objects", "t.json"], "indexing "),
    ],
)
def test_progress_of_questions(tmp_path, liveness, on_terminal, command, stage):
    liveness("record", write(tmp_path, PROGRAM), "-o", "t.json")
    printed, shown = on_terminal(*command)
    assert printed
    assert shown[0] == shown[-1] == ""
    assert shown[1] == "reading t.json: 0.0 MB"
    assert any(each.startswith(stage) for each in shown)
    quiet = liveness(*command)
    assert (quiet.stdout, quiet.stderr) == (printed, "")
