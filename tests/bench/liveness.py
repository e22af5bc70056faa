"""The recorder beside its peers: row 8 of the truth table, and the cost of a line as heaps grow.

    python tests/bench/liveness.py [--rounds 7] [--only peers,gallery,curve,trace,training] [--json]

All that is compared runs in one process, in alternating rounds (rounds.py). Python Tutor's tracer
is in no registry: its stand-in (tutor.py) does what that does at each step, and no more.
"""

import argparse
import contextlib
import gzip
import importlib.util
import io
import json
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from types import ModuleType
from typing import Any

import environment
import training

LESSONS = Path(__file__).parents[2] / "web" / "lessons"
CURVE = (100, 1_000, 10_000, 100_000)
US, TUTOR = "livegrad", "Python Tutor's (stand-in)"
LINES = 60
"""Executed lines that the curve measures at each number of live objects."""


def row_8() -> str:
    """The program of the truth table's row 8."""
    (folder,) = LESSONS.glob("08-*")
    return (folder / "program.py").read_text(encoding="utf-8")


def run_bare(source: str) -> None:
    """Run a program as the recorder runs it, without the recorder."""
    before = sys.modules["__main__"]
    module = sys.modules["__main__"] = ModuleType("__main__")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "main.py", "exec", dont_inherit=True), module.__dict__)
    finally:
        sys.modules["__main__"] = before


def peers(source: str) -> dict[str, Callable[[], object]]:
    """Ways to watch a program, by name; "bare" is to run it unwatched."""
    from tutor import trace as tutor

    from livegrad.liveness import record

    found: dict[str, Callable[[], object]] = {
        "bare": lambda: run_bare(source),
        US: lambda: record(source),
        TUTOR: lambda: tutor(source),
        "tracemalloc, 25 frames": lambda: _with_tracemalloc(source),
    }
    if importlib.util.find_spec("memray"):
        found["memray, Python allocators"] = lambda: _with_memray(source)
    return found


def gallery(rounds_: int) -> dict[str, dict[str, Any]]:
    """For each program of the gallery its lines, and the microseconds that watching one adds.

    What it takes to watch a program of one line is not counted as that of its lines.
    """
    import rounds
    from gallery import GALLERY
    from tutor import trace as tutor

    from livegrad.liveness import record

    found: dict[str, dict[str, Any]] = {}
    for name, source in GALLERY.items():
        trace = record(source)
        if trace.end["status"] != "finished" or trace.end["limit"]:
            raise RuntimeError(f"{name} was not recorded: {trace.end}")
        bare, *watched = (partial(run, source) for run in (run_bare, record, tutor))
        empty = (partial(run, "pass\n") for run in (run_bare, record, tutor))
        steps = dict(enumerate([bare, *watched, *empty]))
        seconds = rounds.alternate({str(n): step for n, step in steps.items()}, rounds_)
        cost = [median(each) for each in seconds.values()]
        lines = len(trace.steps)
        run, us, them = (1e6 * (cost[n] - cost[n + 3]) / lines for n in range(3))
        found[name] = {"lines": lines, US: us - run, TUTOR: them - run}
    return found


def _with_tracemalloc(source: str) -> None:
    tracemalloc.start(25)
    try:
        run_bare(source)
        tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()


def _with_memray(source: str) -> None:
    import memray

    with (
        tempfile.TemporaryDirectory() as folder,
        memray.Tracker(Path(folder) / "out.bin", trace_python_allocators=True),
    ):
        run_bare(source)


def curve(alive: int, lines: int = LINES) -> list[float]:
    """Seconds of the recorder at each line of a small loop, with so many objects alive."""
    from livegrad.liveness import Limits, record
    from livegrad.liveness.native import PythonProbe

    class Timed(PythonProbe):
        def _look(self, *args: Any, **options: Any) -> None:
            start = time.process_time()
            super()._look(*args, **options)
            seconds.append(time.process_time() - start)

    seconds: list[float] = []
    source = (
        "class Thing:\n    pass\n"
        f"kept = [Thing() for _ in range({alive})]\n"
        f"for i in range({lines // 2}):\n    thing = Thing()\n    kept[i] = thing\n"
    )
    trace = record(source, probe=Timed(), limits=Limits(objects=10 * alive + 1_000))
    if trace.end["limit"] or trace.end["traceback"]:
        raise RuntimeError(f"the curve's program was not recorded: {trace.end}")
    return seconds[-lines:]


def sizes(source: str) -> dict[str, float]:
    """Bytes of trace per event, as JSON text and by gzip."""
    from livegrad.liveness import record

    trace = record(source)
    text = json.dumps(trace.data, separators=(",", ":")).encode()
    events = max(trace.end["event"], 1)
    return {
        "events": events,
        "lines": len(trace.steps),
        "raw": len(text) / events,
        "gzip": len(gzip.compress(text)) / events,
    }


def report(rounds_: int, only: set[str]) -> dict[str, Any]:
    """All that was measured."""
    import rounds

    found: dict[str, Any] = {}
    source = row_8()
    if "peers" in only:
        found["peers"] = rounds.alternate(peers(source), rounds_)
    if "gallery" in only:
        found["gallery"] = gallery(rounds_)
    if "curve" in only:
        curve(100)
        found["curve"] = {alive: curve(alive) for alive in CURVE}
    if "training" in only:  # takes minutes
        found["training"] = training.measure()
    if "trace" in only:
        found["trace"] = {path.parent.name: sizes(path.read_text("utf-8")) for path in _programs()}
    return found


def _programs() -> list[Path]:
    return sorted(LESSONS.glob("0*/program.py"))


def show(found: dict[str, Any]) -> None:
    from rounds import ratios
    from table import duration, number, table

    if "peers" in found:
        bare = found["peers"]["bare"]
        rows = []
        for name, seconds in found["peers"].items():
            spread = ratios(seconds, bare)
            limits = f"{number(spread.least)} to {number(spread.greatest)}"
            rows.append([name, duration(median(seconds)), number(spread.median), limits])
        print(table(["row 8", "a run", "of bare", "range"], rows), end="\n\n")
    if "gallery" in found:
        print(_table_of(found["gallery"]), end="\n\n")
    if "curve" in found:
        rows = [
            [f"{int(alive):,}", duration(median(each)), duration(quantiles(each, n=10)[-1])]
            for alive, each in found["curve"].items()
        ]
        print(table(["objects alive", "a line", "p90"], rows), end="\n\n")
    if "training" in found:
        print(_told_of(found["training"]), end="\n\n")
    if "trace" in found:
        rows = [
            [name, *(number(each[key]) for key in ("lines", "events", "raw", "gzip"))]
            for name, each in found["trace"].items()
        ]
        print(table(["trace", "lines", "events", "bytes an event", "gzip"], rows))


def _table_of(programs: dict[str, dict[str, Any]]) -> str:
    from table import number, table

    rows = [
        [name, str(each["lines"]), *(number(value) for value in (each[US], each[TUTOR]))]
        for name, each in programs.items()
    ]
    ratios = [each[US] / each[TUTOR] for each in programs.values()]
    for row, ratio in zip(rows, ratios, strict=True):
        row.append(number(ratio))
    rows.append(["median", "", "", "", number(median(ratios))])
    return table(["gallery: µs a line", "lines", US, TUTOR, "ratio"], rows)


def _told_of(ways: dict[str, dict[str, Any]]) -> str:
    from table import number

    bare, told = ways["bare"], ways["recorded"]
    seen = told["seen"]
    peaks = [f"{each['peak'] / 1e6:,.0f}" for each in (bare, told)]
    return (
        f"training: {told['births']:,} objects, {told['events']:,} events, {told['lines']:,} lines "
        f"in {number(told['seconds'])} s, bare in {number(bare['seconds'])} s\n"
        f"peak of memory: bare {peaks[0]} MB, recorded {peaks[1]} MB; after a half of the chunks "
        f"{seen[len(seen) // 2] / 1e6:,.0f} MB; the trace is {told['bytes'] / 1e6:,.0f} MB"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="peers,gallery,curve,trace")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    environment.prepare()
    found = report(options.rounds, set(options.only.split(",")))
    if options.json:
        json.dump(found, sys.stdout, indent=1)
    else:
        show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
