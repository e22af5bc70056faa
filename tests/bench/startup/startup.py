"""How fast Python starts: our snapshot beside Pyodide's own way, in one Chromium in turn.

    python3 build.py bench startup [-- --rounds 4]

Ratios count: both ways run on the same machine in alternating rounds, each in a browser
context of its own (cold), then once more in the same one (warm: what may be kept is kept).
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE.parent), str(HERE)]

import memory_of  # noqa: E402
from table import table  # noqa: E402

from site_server import Site, serve  # noqa: E402
from web.build.about import measure  # noqa: E402
from web.build.browser import find_chromium  # noqa: E402
from web.build.node import find_node  # noqa: E402
from web.build.runtime import PYODIDE, fetch_wheel, wheel_in_lock  # noqa: E402

DIST = ROOT / "dist"
GOALS = {"cold": 0.2, "warm": 0.15}
LIMIT_MS = 120_000
SETTLE_MS = 1500
"""Before each load: the page before is closed, and its memory still being given back."""
SPARE_MS = 6000
"""For a spare to be made, which begins after three seconds."""
STOPS = 3
"""Rounds of Stop and Run at most: each waits for a spare to be made, and they differ little."""
ENDLESS = "n = 0\nwhile True:\n    n += 1\n"

STEPS_COME = r"""() => new Promise((resolve) => {
  const begun = performance.now();
  const look = () => {
    const said = document.querySelector("[role=status]").parentElement.textContent;
    if (/[1-9]\d* steps? so far/.test(said)) resolve(performance.now() - begun);
    else requestAnimationFrame(look);
  };
  const [run] = [...document.querySelectorAll("button")].filter((b) => /^Run/.test(b.innerText));
  const [stop] = [...document.querySelectorAll("button")].filter((b) => /Stop/.test(b.innerText));
  stop.click();
  requestAnimationFrame(() => { run.click(); look(); });
})"""
"""Press Stop, then Run; milliseconds until the next interpreter runs the program."""


def plain_files() -> dict[str, Path]:
    """What Pyodide's documentation says to put on a server."""
    names = ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
    numpy = fetch_wheel(wheel_in_lock(PYODIDE / "pyodide-lock.json", "numpy"))
    return {**{name: PYODIDE / name for name in names}, numpy.name: numpy}


@contextmanager
def served() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as folder:
        node, config = find_node(), HERE / "vite.config.mjs"
        build = ("build", "--config", config)
        env = {"LIVEGRAD_OUT": folder}
        node.run("vite", "bin/vite.js", *build, doing="Bundling the bench", env=env)
        extra = {f"bench/{file.name}": file.read_bytes() for file in Path(folder).iterdir()}
    extra["bench/page.html"] = b"<!doctype html><script type=module src=loader.js></script>"
    extra |= {f"bench/plain/{name}": file.read_bytes() for name, file in plain_files().items()}
    with serve(DIST, extra=extra, keep=True) as site:
        yield site


def load(page: Page, site: Site, way: str) -> dict[str, float]:
    page.goto(f"{site.url}bench/page.html")
    page.wait_for_function("() => 'loadOurs' in globalThis")
    (manifest,) = (DIST / "runtime").glob("manifest-*.json")
    address = f"runtime/{manifest.name}" if way == "ours" else "bench/plain/"
    call = "([name, address]) => globalThis[name](address)"
    took: dict[str, float] = page.evaluate(call, [f"load{way.title()}", site.url + address])
    if way == "ours" and not took["restored"]:
        raise SystemExit("The snapshot did not fit; the page's console says why.")
    return took


def ready(context: BrowserContext, site: Site) -> float:
    """Milliseconds from the navigation to the page's word that Python is ready."""
    page = context.new_page()
    page.wait_for_timeout(SETTLE_MS)
    page.goto(site.url)
    page.get_by_role("status").filter(has_text="Ready").wait_for(timeout=LIMIT_MS)
    took: float = page.evaluate("performance.now()")
    page.close()
    return took


def measure_starts(browser: Browser, site: Site, rounds: int) -> dict[str, list[float]]:
    """Milliseconds by "ours cold", "plain warm", "page cold" …, one number for each round."""
    times: dict[str, list[float]] = {}
    for turn in range(rounds):
        for way in ("ours", "plain") if turn % 2 == 0 else ("plain", "ours"):
            context = browser.new_context()
            for cache in ("cold", "warm"):
                page = context.new_page()
                page.wait_for_timeout(SETTLE_MS)
                took = load(page, site, way)
                page.close()
                times.setdefault(f"{way} {cache}", []).append(took["result"])
                if way == "ours":
                    times.setdefault(f"whole {cache}", []).append(took["whole"])
            context.close()
        context = browser.new_context()
        for cache in ("cold", "warm"):
            times.setdefault(f"page {cache}", []).append(ready(context, site))
        context.close()
    return times


def measure_stop(browser: Browser, site: Site, rounds: int, spare: bool) -> dict[str, float]:
    """Median milliseconds from Stop until the next program runs, and megabytes before it."""
    context = browser.new_context()
    memory = 8 if spare else 1  # gigabytes that the page believes in: a spare needs 4
    context.add_init_script(
        f"Object.defineProperty(navigator, 'deviceMemory', {{get: () => {memory}}})"
    )
    page = context.new_page()
    page.goto(site.url)
    page.get_by_role("status").filter(has_text="Ready").wait_for(timeout=LIMIT_MS)
    page.get_by_role("textbox", name="Program").click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(ENDLESS)
    page.wait_for_timeout(SPARE_MS)
    held = memory_of.renderers()
    page.get_by_role("button", name=re.compile("^Run")).click()
    page.get_by_text(re.compile(r"\d+ steps? so far")).first.wait_for(timeout=LIMIT_MS)
    took = []
    for _ in range(rounds):
        took.append(page.evaluate(STEPS_COME))
        page.wait_for_timeout(SPARE_MS)
    page.get_by_role("button", name="Stop").click()
    context.close()
    return {"ms": statistics.median(took), "MB": held}


def rows_of(times: dict[str, list[float]]) -> list[list[str]]:
    """The table's rows of times; a ratio is the median of the rounds' ratios."""
    rows = []
    for cache, goal in GOALS.items():
        plain = times[f"plain {cache}"]
        for label, name, wanted in (
            (f"numpy result, {cache} cache", "ours", f"{goal:.2f}"),
            (f"all can be imported, {cache} cache", "whole", ""),
            (f"navigation to Ready, {cache} cache", "page", ""),
        ):
            took = times[f"{name} {cache}"]
            beside = [f"{statistics.median(plain):.0f} ms", f"{ratio(took, plain):.2f}"]
            rows.append([label, f"{statistics.median(took):.0f} ms", *beside, wanted])
    return rows


def ratio(ours: list[float], plain: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(ours, plain, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4, metavar="N", help="default 4")
    parser.add_argument("--json", action="store_true", help="print all numbers instead of a table")
    options = parser.parse_args()
    about = json.loads((DIST / "about.json").read_text(encoding="utf-8"))["python"]
    plain = measure(plain_files().values())
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        times = measure_starts(browser, site, options.rounds)
        stops = {
            spare: measure_stop(browser, site, min(options.rounds, STOPS), spare)
            for spare in (True, False)
        }
        browser.close()
    if options.json:
        print(json.dumps({"times": times, "stops": {str(k): v for k, v in stops.items()}}))
        return
    first = about["until the first run"]["compressed"]
    size = f"{first / 1e6:.1f} MB", f"{plain['compressed'] / 1e6:.1f} MB"
    rows = rows_of(times)
    rows.append(
        ["bytes until a first run, gzip", *size, f"{first / plain['compressed']:.2f}", "1.30"]
    )
    rest = about["until all can be imported"]["compressed"]
    rows.append(
        [
            "bytes until all can be imported",
            f"{rest / 1e6:.1f} MB",
            size[1],
            f"{rest / plain['compressed']:.2f}",
            "",
        ]
    )
    for spare, took in stops.items():
        label = "with" if spare else "without"
        rows.append([f"Stop to running again, {label} a spare", f"{took['ms']:.0f} ms", "", "", ""])
        rows.append([f"memory of the page, {label} a spare", f"{took['MB']:.0f} MB", "", "", ""])
    print(table(["", "Livegrad", "Pyodide", "ratio", "goal"], rows))


if __name__ == "__main__":
    main()
