"""A training run beside many objects, and how much memory its recording takes.

    python tests/bench/training.py bare|recorded HELD EVENTS

Runs in a process of its own, so that the peak of its memory is told by the system. The trace goes
nowhere: a recording holds no more of it than a chunk.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import environment

PROGRAM = """
import livegrad.functions as F
import numpy as np
from livegrad.models import MLP
from livegrad.optimizers import SGD

class Sample:
    x = 0.5

samples = [Sample() for _ in range({held})]
model = MLP((10, 1))
optimizer = SGD(0.2).setup(model)
for i in range({iterations}):
    samples[i % {held}] = Sample()
    x = np.array([[sample.x] for sample in samples[:20]])
    loss = F.mean_squared_error(model(x), np.sin(6 * x))
    model.cleargrads()
    loss.backward()
    optimizer.update()
"""
HELD = 100_000
EVENTS = 1_000_000
EVENTS_OF_ITERATION = 200
"""Fewer than there are, so that the limit of events ends the recording."""


def program(held: int, events: int) -> str:
    """The run's text: so many objects live all the time, and so many events come at least."""
    return PROGRAM.format(held=held, iterations=max(events // EVENTS_OF_ITERATION, 1))


def measure(held: int = HELD, events: int = EVENTS) -> dict[str, dict[str, float]]:
    """The same run, bare and recorded, each in a new process; see `main`."""
    found = {}
    for way in ("bare", "recorded"):
        command = [sys.executable, __file__, way, str(held), str(events)]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        found[way] = json.loads(told.stdout)
    return found


def main(way: str, held: int, events: int) -> dict[str, Any]:
    """Run it here: its seconds and peaks of memory in bytes; of a recording more.

    Returns:
        ``seconds``, ``peak``; of a recording also ``events``, ``lines``, ``births``, ``bytes`` of
        trace, ``limit``, and ``seen``: the peak so far at each chunk.
    """
    environment.prepare()
    source = program(held, events)
    start = time.process_time()
    told: dict[str, Any] = {}
    if way == "bare":
        from liveness import run_bare

        run_bare(source)
    else:
        told = _recorded(source, held, events)
    return {"seconds": time.process_time() - start, "peak": _peak(), **told}


def _recorded(source: str, held: int, events: int) -> dict[str, Any]:
    from livegrad.liveness import Limits
    from livegrad.liveness.recorder import run

    told: dict[str, Any] = {"lines": 0, "births": 0, "bytes": 0, "seen": []}

    def count(part: str, text: str) -> None:
        told["bytes"] += len(text)
        if part == "chunk":
            chunk = json.loads(text)
            told["lines"] += len(chunk.get("steps", {}).get("location", ()))
            told["births"] += len(chunk.get("objects", {}).get("kind", ()))
            told["seen"].append(_peak())

    limits = Limits(steps=events, events=events, objects=20 * held + 10_000, bytes=sys.maxsize)
    end = run(source, "main.py", count, limits=limits)
    if end["traceback"]:
        raise RuntimeError(end["traceback"])
    return {**told, "events": end["event"], "limit": end["limit"]}


def _peak() -> int:
    import resource  # there is none in Pyodide

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    json.dump(main(sys.argv[1], *map(int, sys.argv[2:])), sys.stdout)
