"""What runs in Pyodide gives the numbers that it was asked for; here it runs in a process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
import livegrad.dezero
import inside
print(inside.run_file(sys.argv[2]))
assert "dezero" not in sys.modules, "the alias would stand in for the peer"
"""


def ask(work):
    question = {
        "work": work,
        "peers": ["numpy", "livegrad"],
        "rounds": 1,
        "deep_rounds": 2,
        "operations": 10,
    }
    command = [sys.executable, "-c", PROGRAM, Path(__file__).parent, json.dumps(question)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("work", ["squares", "deep"])
def test_a_part_of_the_bench(work):
    told = ask(work)
    assert told["python"] == sys.version.split()[0]
    assert told["notes"] == []
    if work == "deep":
        assert [len(told["deep"][name]) for name in ("numpy", "livegrad")] == [2, 2]
        assert told["deep"]["livegrad"][0]["added"] is None
    else:
        assert told["seconds"]["squares"].keys() == {"numpy", "livegrad"}
        assert all(seconds > 0 for (seconds,) in told["seconds"]["squares"].values())
