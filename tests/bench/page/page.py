"""How fast the page is, against what it has to do: `python3 build.py bench page [-- --rounds 5]`.

What a step or a task costs is the processor's time in the page's main thread, as the browser
itself measures it: that the machine has other work does not count. From a step's is taken what
the measuring costs: that of a key that does nothing. A step's picture is drawn in one frame, and
what explains it in the next: of both the longer one must be shorter than a frame.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import re
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(p) for p in (ROOT, ROOT / "tests", ROOT / "tests" / "page", HERE.parent, HERE)]

import long_trace  # noqa: E402
from lab_page import LabPage  # noqa: E402
from table import number, table  # noqa: E402

from site_server import Site, serve  # noqa: E402

DIST = ROOT / "dist"
GOALS = {"frame": 16.7, "task": 100.0, "script": 150_000}
"""Milliseconds of a frame and of the longest task; bytes of JavaScript, compressed."""

OF_PYTHON = r"runtime/|_virtual_box-|inflater-"
"""Scripts of Pyodide, of the worker that runs it and of the one that unpacks it."""

SIZES = (100, 1_000, 10_000)
LONG = 100_000
STEPS = 20
SPARE = 8000
"""Milliseconds after which the second interpreter is there."""
CATEGORIES = ["toplevel", "blink.user_timing"]
"""Of what is traced: no more, for with some the browser counts all its boxes at each layout."""

PICTURE = r"""() => new Promise((resolve) => {
  const [run] = [...document.querySelectorAll("button")].filter((b) => /^Run/.test(b.innerText));
  for (const node of document.querySelectorAll("svg.g .node")) node.remove();
  const begun = performance.now();
  run.click();
  const look = () => {
    if (document.querySelector("svg.g .node")) resolve(performance.now() - begun);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
"""Milliseconds from the press of Run to the frame that has an object."""

SCRIPTS = """() => {
  const [{ startTime: painted }] = performance.getEntriesByName("first-contentful-paint");
  const scripts = performance.getEntriesByType("resource").filter((e) => /\\.js$/.test(e.name));
  return [painted, scripts.filter((e) => e.responseEnd < painted).map((e) => e.name)];
}"""

STEP_MARK, FRAME_MARK = "step", "frame"
STEP = f"() => performance.mark('{STEP_MARK}')"
MARK_FRAMES = f"""() => requestAnimationFrame(function mark() {{
  performance.mark("{FRAME_MARK}");
  requestAnimationFrame(mark);
}})"""
DRAWN = """async () => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  await new Promise((next) => setTimeout(next));
}"""
"""Ends when what was asked for is on the screen, and what follows it too."""

JUMP = """(place) => {
  const slider = document.querySelector("input.scrub");
  slider.value = String(1 + Math.round(place * (slider.max - 1)));
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""
SCRUB = f"""async (places) => {{
  for (const place of places) {{
    ({JUMP})(place);
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  }}
}}"""

NOTHING = "a key that does nothing"
"""What the measuring itself costs; it is no part of a step."""

WAYS: dict[str, Callable[[Page, int], None]] = {
    NOTHING: lambda page, _: page.keyboard.press("Shift"),
    "back": lambda page, _: page.keyboard.press("ArrowLeft"),
    "forward": lambda page, _: page.keyboard.press("ArrowRight"),
    "anywhere": lambda page, i: page.evaluate(JUMP, (37 * i % 101) / 101),
}


@dataclass
class Row:
    what: str
    value: str
    goal: str = ""
    met: bool | None = None

    def cells(self) -> list[str]:
        return [
            self.what,
            self.value,
            self.goal,
            "" if self.met is None else "yes" if self.met else "NO",
        ]


def bare_seconds(lab: LabPage, source: str) -> float:
    """Time of a program in the page's worker without a look at its lines."""
    lab.write(
        "import time\n"
        f"code = compile({source!r}, 'bare', 'exec')\n"
        "begun = time.perf_counter()\n"
        "exec(code, {})\n"
        "print('bare', time.perf_counter() - begun)\n"
    )
    lab.run()
    found = re.search(r"bare ([\d.e-]+)", lab.output.inner_text())
    assert found
    return float(found[1])


def first_picture(page: Page, site: Site, rounds: int) -> list[Row]:
    lab = LabPage(page).open(site.url).wait_for_python()
    lab.choose("memory stay flat")
    source = next((ROOT / "web" / "lessons").glob("*08-loop/program.py")).read_text("utf-8")
    pictures, bares = [], []
    for _ in range(rounds):
        bares.append(1000 * bare_seconds(lab, source))
        lab.write(source)
        pictures.append(page.evaluate(PICTURE))
        lab.page.wait_for_function(
            "() => /^Finished/.test(document.querySelector('.ready').innerText)"
        )
    picture, bare = statistics.median(pictures), statistics.median(bares)
    return [
        Row("row 8: bare run in the worker", f"{number(bare)} ms"),
        Row("row 8: Run to first picture", f"{number(picture)} ms ({picture / bare:.1f} times)"),
    ]


def open_trace(page: Page, path: Path) -> int:
    """Open the file as a reader does; returns its events once its graph is drawn."""
    recording = json.loads(path.read_text(encoding="utf-8"))
    steps = sum(len(chunk["steps"]["last"]) for chunk in recording["chunks"] if "steps" in chunk)
    page.get_by_role("button", name="Share").click()
    page.locator("input[type=file]").set_input_files(path)
    page.wait_for_function(
        "(steps) => document.querySelector('input.scrub').max == steps"
        " && document.querySelector('svg.g .node')",
        arg=steps,
        timeout=300_000,
    )
    return recording["end"]["event"]


@dataclass
class Task:
    """Of the page's main thread: when it began and ended in µs, and its processor time in ms."""

    begun: float
    ended: float
    ms: float


@dataclass
class Trace:
    """What the page's main thread did, and when steps began and frames were made."""

    tasks: list[Task]
    steps: list[float]
    frames: list[float]

    @property
    def longest(self) -> float:
        return max(task.ms for task in self.tasks)

    def frames_of_steps(self) -> list[list[float]]:
        """Milliseconds of each frame of each step: the task that makes a frame is its last."""
        found = []
        for begun, after in itertools.pairwise(self.steps):
            frames = [0.0]
            for task in self.tasks:
                if begun <= task.begun < after:
                    frames[-1] += task.ms
                    if any(task.begun <= frame <= task.ended for frame in self.frames):
                        frames.append(0.0)
            found.append(frames)
        return found


def traced(browser: Browser) -> Trace:
    """What has run since tracing began."""
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    main = {
        (e["pid"], e["tid"])
        for e in events
        if e.get("name") == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        Task(e["ts"], e["ts"] + e.get("dur", 0), e.get("tdur", e.get("dur", 0)) / 1000)
        for e in events
        if e.get("ph") == "X" and "RunTask" in e["name"] and (e["pid"], e["tid"]) in main
    ]

    def marks(name: str) -> list[float]:
        return sorted(
            e["ts"] for e in events if e.get("name") == name and "user_timing" in e.get("cat", "")
        )

    return Trace(sorted(tasks, key=lambda task: task.begun), marks(STEP_MARK), marks(FRAME_MARK))


@dataclass
class Cost:
    """Milliseconds of a step: of the longest of its frames, and of all."""

    frame: float
    whole: float


def cost_of(frames: list[list[float]], share: float) -> Cost:
    """What that share of the steps does not exceed."""

    def at(costs: list[float]) -> float:
        return sorted(costs)[int(share * len(costs))]

    return Cost(at([max(step) for step in frames]), at([sum(step) for step in frames]))


def steps(browser: Browser, site: Site, folder: Path) -> list[Row]:
    rows = []
    for size in SIZES:
        path = folder / f"{size}.json"
        path.write_text(long_trace.trace(size, keep_all=True), encoding="utf-8")
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        LabPage(page).open(site.url).wait_for_python()
        open_trace(page, path)
        page.wait_for_timeout(SPARE)
        page.locator("input.scrub").focus()
        page.evaluate(MARK_FRAMES)
        own = Cost(0, 0)
        for way, go in WAYS.items():
            page.wait_for_timeout(500)
            browser.start_tracing(page=page, categories=CATEGORIES)
            for i in range(STEPS):
                page.evaluate(STEP)
                go(page, i)
                page.evaluate(DRAWN)
            page.evaluate(STEP)
            frames = traced(browser).frames_of_steps()
            middle, most = cost_of(frames, 0.5), cost_of(frames, 0.9)
            if way == NOTHING:
                own = middle
                continue
            frame, slow = middle.frame - own.frame, most.frame - own.frame
            whole, whole_slow = middle.whole - own.whole, most.whole - own.whole
            rows += [
                Row(
                    f"a step {way}, {size:,} objects alive: its longest frame",
                    f"{number(frame)} ms, p90 {number(slow)} ms",
                    f"< {GOALS['frame']} ms",
                    slow < GOALS["frame"],
                ),
                Row("    all its frames", f"{number(whole)} ms, p90 {number(whole_slow)} ms"),
            ]
        page.close()
    return rows


def long_tasks(browser: Browser, site: Site, folder: Path) -> list[Row]:
    path = folder / "long.json"
    path.write_text(long_trace.trace(LONG), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(site.url)
    page.wait_for_timeout(3000)
    browser.start_tracing(page=page, categories=CATEGORIES)
    events = open_trace(page, path)
    page.wait_for_timeout(1000)
    opening = traced(browser).longest
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.evaluate(SCRUB, [(37 * i % 101) / 101 for i in range(60)])
    page.wait_for_timeout(1000)
    scrubbing = traced(browser).longest
    page.close()
    name = f"{LONG:,} objects, {events:,} events"

    def row(what: str, ms: float) -> Row:
        shown = f"{number(ms)} ms"
        return Row(
            f"{name}: longest task {what}", shown, f"< {GOALS['task']:.0f} ms", ms < GOALS["task"]
        )

    return [row("opening", opening), row("scrubbing", scrubbing)]


def scripts(page: Page, site: Site) -> list[Row]:
    page.goto(site.url)
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    painted, names = page.evaluate(SCRIPTS)
    base = urlparse(site.url).path
    files = [DIST / urlparse(name).path.removeprefix(base) for name in names]
    sizes = {file: len(gzip.compress(file.read_bytes(), 9)) for file in files}
    # What Python starts from is fetched at the same time, but no paint waits for it.
    python = sum(size for file, size in sizes.items() if re.search(OF_PYTHON, str(file)))
    own = sum(sizes.values()) - python
    return [
        Row("first paint", f"{number(painted)} ms"),
        Row(
            "JavaScript of the page before it, gzip",
            f"{own / 1000:.1f} kB",
            f"< {GOALS['script'] / 1000:.0f} kB",
            own < GOALS["script"],
        ),
        Row("JavaScript of Python meanwhile, gzip", f"{python / 1000:.1f} kB"),
    ]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=5, help="of row 8 (default 5)")
    options.add_argument("--only", choices=["picture", "steps", "long", "scripts"])
    chosen = options.parse_args()
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    rows: list[Row] = []
    with (
        serve(DIST) as site,
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
    ):
        browser = playwright.chromium.launch(
            executable_path=os.environ["LIVEGRAD_CHROMIUM"],
            args=["--no-sandbox"] if as_root else [],
        )
        works = {
            "scripts": lambda: scripts(browser.new_page(), site),
            "picture": lambda: first_picture(browser.new_page(), site, chosen.rounds),
            "steps": lambda: steps(browser, site, Path(folder)),
            "long": lambda: long_tasks(browser, site, Path(folder)),
        }
        for name, work in works.items():
            if chosen.only in (None, name):
                rows += work()
        browser.close()
    print(table(("what", "measured", "goal", "met"), [row.cells() for row in rows]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
