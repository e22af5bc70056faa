"""The benchmark of engine.py in the page's interpreter, in headless Chromium.

    python3 build.py bench --pyodide engine [-- --only chain --rounds 5 --json]

Peers are those that are pure Python. A deep graph is built by hand-written NumPy and by us only.
The clock is the browser's, which is coarse: a timing lasts long enough for it.
"""

import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "pyodide"), str(TESTS / "bench")]

from interpreter import Interpreter, manifest_of, packages, served  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

import engine  # noqa: E402

PURE = ("autograd", "dezero", "mygrad")
OPERATIONS = 100_000


class Failed(Exception):
    """The interpreter gave no numbers."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print, like `engine.main`; the first argument is the peers' site-packages."""
    from deep import Deep
    from peers import REFERENCE

    place, *rest = arguments
    options = engine.asked(rest, 7, OPERATIONS, but=["torch"])
    question = {
        "peers": options.peers,
        "rounds": options.rounds,
        "deep_rounds": options.deep_rounds,
        "operations": options.operations,
    }
    report = engine.Report()
    versions: dict[str, str] = {}
    with started(packages(*PURE, places=[place]), _project()) as interpreter:
        for work in options.only:
            print(f"{work} …", file=sys.stderr, flush=True)
            told = interpreter.run(json.dumps({**question, "work": work}))
            if "failures" in told:
                report.notes += [f"{work}: {failure}" for failure in told["failures"]]
                continue
            versions = {name: told[name] for name in ("python", "numpy")}
            report.seconds |= told["seconds"]
            report.growth |= told["growth"]
            report.peak |= told["peak"]
            for name, runs in told["deep"].items():
                report.deep[name] = [Deep(**run) for run in runs]
            report.notes += [note for note in told["notes"] if note not in report.notes]
    if not versions:
        raise Failed("; ".join(report.notes))
    if options.json:
        json.dump(
            {**versions, **asdict(report), "figures": engine.figures(report)}, sys.stdout, indent=1
        )
        print()
    else:
        print("Python {python}, NumPy {numpy}, Pyodide in Chromium\n".format(**versions))
        taking = {name for series in report.seconds.values() for name in series}
        names = [name for name in options.peers if name in taking or name == REFERENCE]
        print(engine.shown(report, names, judge=False))
    return 0


@contextmanager
def started(packed: bytes, project: bytes, *, isolated: bool = False) -> Iterator[Interpreter]:
    """The built site's interpreter in Chromium, with these zips in it; see `interpreter.served`."""
    dist = Path(os.environ.get("LIVEGRAD_DIST", TESTS.parent / "dist"))
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with (
        served(dist, packed, project, isolated=isolated) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("LIVEGRAD_CHROMIUM"),
            args=["--no-sandbox"] if as_root else [],  # Chromium refuses its sandbox to root
        )
        yield Interpreter(browser.new_page(), site.url, manifest_of(dist, site), "short")
        browser.close()


def _project() -> bytes:
    """A zip of the bench, for the home folder."""
    here = Path(__file__).parent
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in here.rglob("*.py"):
            archive.write(path, f"tests/bench/{path.relative_to(here).as_posix()}")
        archive.write(here / "inside.py", "inner.py")
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
