"""Take the pictures of the README from the built page: `python3 build.py gallery`.

Each is a real recording, made in Chromium as a reader makes it.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "page")]

from lab_page import LabPage  # noqa: E402

from site_server import serve  # noqa: E402

FOLDER = ROOT / "web" / "gallery"


@dataclass(frozen=True)
class Picture:
    name: str
    example: str
    line: int
    time: int = 1  # which of the line's executions; -1 is the last
    outputs: str = "Weak"
    width: int = 1440
    height: int = 900
    dark: bool = False
    korean: bool = False
    chosen: str = ""  # an object for the inspector


PICTURES = (
    Picture("loop-light-en", "memory stay flat", line=10, time=4, chosen="Variable#13"),
    Picture("compare-dark-ko", "memory stay flat", line=10, time=6, outputs="Compare",
            dark=True, korean=True),
    Picture("island-light-en", "cycle that counts", line=16, chosen="Thing#2"),
    Picture("loop-phone-en", "memory stay flat", line=10, time=4, width=390, height=844),
)  # fmt: skip


def take(browser: Browser, url: str, picture: Picture) -> None:
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        device_scale_factor=2,
        reduced_motion="reduce",
    )
    lab = LabPage(page).open(url)
    lab.choose(picture.example)
    lab.choose_outputs(picture.outputs)
    lab.run()
    lab.after_line(picture.line, picture.time)
    if picture.chosen:
        lab.inspect(picture.chosen)
    if picture.korean:
        page.get_by_role("button", name="한국어").click()
    page.locator(":focus").evaluate_all("focused => focused.forEach(e => e.blur())")
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    page.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with serve(ROOT / "dist") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["LIVEGRAD_CHROMIUM"],
            args=["--no-sandbox"] if as_root else [],
        )
        for picture in PICTURES:
            take(browser, site.url, picture)
            print(FOLDER.relative_to(ROOT) / f"{picture.name}.png")


if __name__ == "__main__":
    main()
