"""The benchmark of liveness.py in the page's interpreter, in headless Chromium.

    python3 build.py bench --pyodide liveness [-- --only gallery,training --json]

The probe that stands outside the interpreter records, as in the lab. The cost of a line is the
time from one line to the next, so that all the recorder does between them is in it, and the line.
"""

import argparse
import io
import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "pyodide"), str(TESTS / "bench")]

import in_pyodide  # noqa: E402
import training  # noqa: E402
from interpreter import Interpreter, packages  # noqa: E402
from table import number, table  # noqa: E402

import liveness  # noqa: E402

PARTS = ("peers", "gallery", "curve", "trace", "training")
CURVE = (100, 200, 1_000, 10_000, 100_000)
LINES = 600
"""Lines measured at each number of live objects."""

GOALS = {200: 40.0, 10_000: 150.0}
"""Microseconds of a line in the median, by the number of live objects."""

WITHIN = 5
"""The slowest tenth may cost so many times the median's goal."""


def alive(count: int, lines: int = LINES) -> str:
    """The program of liveness.curve: a small loop, with so many objects alive."""
    return (
        "class Thing:\n    pass\n"
        f"kept = [Thing() for _ in range({count})]\n"
        f"for i in range({lines // 2}):\n    thing = Thing()\n    kept[i % 100] = thing\n"
    )


def growth(
    interpreter: Interpreter, held: int = training.HELD, events: int = training.EVENTS
) -> dict[str, Any]:
    """Record a training run until it has so many events; see measure.ts."""
    source = training.program(held, events)
    limits = {"steps": events, "events": events, "objects": 20 * held + 10_000}
    every = max(events // 5_000, 1)
    told: dict[str, Any] = interpreter.measure(
        "growth", {"source": source, "every": every, "limits": limits}
    )
    return told


def report(interpreter: Interpreter, only: Sequence[str], rounds: int) -> dict[str, Any]:
    """All that was measured."""
    found: dict[str, Any] = {}

    def run(**question: object) -> Any:
        told = interpreter.run(json.dumps(question))
        if "failures" in told:
            raise in_pyodide.Failed("; ".join(told["failures"]))
        found.update(python=told["python"], numpy=told["numpy"])
        return told["told"]

    for part in only:
        print(f"{part} …", file=sys.stderr, flush=True)
        if part == "peers":
            found[part] = run(work=part, source=liveness.row_8(), rounds=rounds)
        elif part == "gallery":
            found[part] = run(work=part, rounds=rounds)
        elif part == "trace":
            found[part] = {
                path.parent.name: run(work=part, source=path.read_text("utf-8"))
                for path in sorted(liveness.LESSONS.glob("*/program.py"))
            }
        elif part == "curve":
            ask = {"lines": LINES}
            interpreter.measure("curve", {**ask, "source": alive(100)})  # warm
            found[part] = {
                count: interpreter.measure("curve", {**ask, "source": alive(count)})
                for count in CURVE
            }
        else:
            found[part] = growth(interpreter)
    return found


def shown(found: dict[str, Any]) -> str:
    """Tables of what was measured, with the goals beside it."""
    parts = []
    if "curve" in found:
        parts.append(
            table(
                ["objects alive", "a line, µs", "p90", "goal", "p90's"],
                [line_of(int(count), each) for count, each in found["curve"].items()],
            )
        )
    if "training" in found:
        told = found["training"]
        text = (
            f"training: {told['births']:,} objects, {told['events']:,} events, "
            f"{told['lines']:,} lines in {number(told['seconds'])} s; {told['chunks']} chunks, "
            f"{number(told['bytes'] / told['events'])} bytes an event\n{told['limit']}\n"
        )
        rows = [
            [f"{row['events']:,}", *(f"{row[key]:,}" for key in SEEN)]
            for row in thinned(told["seen"])
        ]
        parts.append(text + table(["events", *SEEN], rows))
    return "\n\n".join(parts)


SEEN = ("memory", "nodes", "regions", "bytes", "names", "rest", "written")


def line_of(count: int, microseconds: Sequence[float]) -> list[str]:
    goal = GOALS.get(count)
    middle, high = median(microseconds), quantiles(microseconds, n=10)[-1]
    verdict = ["", ""]
    if goal is not None:
        verdict = ["met" if middle <= goal else "NOT MET"]
        verdict.append("met" if high <= WITHIN * goal else "NOT MET")
        verdict = [f"{goal:g}: {verdict[0]}", f"{WITHIN * goal:g}: {verdict[1]}"]
    return [f"{count:,}", number(middle), number(high), *verdict]


def thinned(rows: list[dict[str, float]], most: int = 8) -> list[dict[str, float]]:
    """A few of the rows, the last among them."""
    step = max(1, -(-len(rows) // most))
    return rows[::-1][::step][::-1]


def project() -> bytes:
    """A zip of the bench and the lessons' programs, for the home folder."""
    here = Path(__file__).parent
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in here.glob("*.py"):
            archive.write(path, f"tests/bench/{path.name}")
        archive.write(here / "watching.py", "inner.py")
        archive.write(TESTS / "pyodide" / "from_outside.py", "from_outside.py")
    return buffer.getvalue()


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    only = options.only.split(",")
    if unknown := set(only) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    with in_pyodide.started(packages(), project(), isolated=True) as interpreter:
        found = report(interpreter, only, options.rounds)
    if options.json:
        json.dump(found, sys.stdout, indent=1)
        print()
    else:
        print("Pyodide in Chromium\n")
        liveness.show({key: found[key] for key in ("peers", "gallery", "trace") if key in found})
        print(shown(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
