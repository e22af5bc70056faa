"""The lab as a person finds it: everything by its accessible name (design, section 8)."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

START_MS = 60_000
"""Python may take so long to load on a busy machine; a limit, never a duration that is tested."""

PATIENCE_S = 15
expect.set_options(timeout=PATIENCE_S * 1000)

FOLLOWED = """async () => {
  const frame = () => new Promise(done => { requestAnimationFrame(done); setTimeout(done, 100); });
  await frame();
  await frame();
  await new Promise(done => setTimeout(done));
}"""
"""Ends when what explains a step has followed its picture; a hidden tab makes no frames."""

SCROLLED_THROUGH = """async table => {
  const pane = table.closest(".tabled, .sr");
  const found = new Map();
  const frame = () => new Promise(requestAnimationFrame);
  for (let top = 0; ; top += Math.max(pane.clientHeight, 100)) {
    pane.scrollTop = top;
    await frame();
    await frame();
    for (const row of [...table.tBodies].flatMap(body => [...body.rows])) {
      const cells = [...row.cells].map(cell => cell.textContent.trim());
      found.set(cells.join("|"), cells);
    }
    if (top >= pane.scrollHeight) return [...found.values()];
  }
}"""
UNITS = {"B": 1, "kB": 1_000, "MB": 1_000_000}


UNTIL = """async ([arg, patience]) => {
  const holds = TRUTH;
  const end = performance.now() + patience;
  for (; !(await holds(arg)) && performance.now() < end; )
    await new Promise((yes) => setTimeout(yes, 20));
  return holds(arg);
}"""


def wait_until(page: Page, truth: str, arg: object = None) -> None:
    """Wait until an asynchronous function says true: `wait_for_function` minds no promise."""
    patience = 2 * PATIENCE_S * 1000
    assert page.evaluate(UNTIL.replace("TRUTH", truth), [arg, patience]), truth


DROP = """([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    for (const type of ["dragover", "drop"]) {
        const target = document.querySelector("main");
        target.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true,
                                                  cancelable: true}));
    }
}"""


@dataclass(frozen=True)
class Row:
    """A row of the table Objects at the present step; what the page leaves empty is None."""

    name: str
    type: str
    state: str
    count: int
    weak: int
    nbytes: int
    born: int | None
    died: int | None
    cause: str


class LabPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.program = page.get_by_role("textbox", name="Program")
        self.example = page.get_by_role("combobox", name="Example")
        self.run_button = page.get_by_role("button", name=re.compile("^Run"))
        self.stop_button = page.get_by_role("button", name="Stop")
        self.share_button = page.get_by_role("button", name="Share")
        self.outputs = page.get_by_role("radiogroup", name="Outputs")
        self.slider = page.get_by_role("slider", name="Step")
        self.output = page.get_by_role("log", name="Output")
        self.table = page.get_by_role("table", name="Objects")
        self.graph = page.get_by_role("region", name="Graph")
        self.timeline = page.get_by_role("figure", name="Timeline")
        self.inspector = page.get_by_role("region", name="Inspector")
        self.status = page.get_by_role("status")

    def open(self, url: str) -> "LabPage":
        self.page.goto(url)
        return self

    def wait_for_python(self) -> "LabPage":
        expect(self.status_saying("Ready")).to_be_visible(timeout=START_MS)
        return self

    def status_saying(self, text: str) -> Locator:
        return self.status.filter(has_text=re.compile(text))

    def write(self, source: str) -> None:
        """Replace the program's text, as one who deletes all and pastes.

        Text typed over coloured text would be given its colour as a style attribute by the
        browser itself, which the page's policy refuses with a word in the console.
        """
        self.program.click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(source)

    def drop(self, name: str, text: str) -> None:
        """Drop a file on the page."""
        self.page.evaluate(DROP, [name, text])

    def run(self, ending: str = r"^Finished") -> None:
        """Press Run and wait until the status says how the run ended."""
        expect(self.run_button).to_be_enabled()
        self.run_button.click()
        expect(self.status_saying(ending)).to_be_visible(timeout=START_MS)

    def run_source(self, source: str, ending: str = r"^Finished") -> None:
        self.write(source)
        self.run(ending)

    def choose(self, title: str | re.Pattern[str]) -> None:
        """Choose the example with this title."""
        options = self.example.get_by_role("option")
        expect(options.first).to_be_attached()
        titles = [t.strip() for t in options.all_inner_texts()]
        found = [t for t in titles if re.search(title, t)]
        assert len(found) == 1, f"{title!r} names {found} of {titles}"
        self.example.select_option(index=titles.index(found[0]))

    def choose_outputs(self, name: str) -> None:
        """Weak, Strong or Compare, with the keyboard: the radio itself may be drawn over."""
        self.outputs.get_by_role("radio", name=name, exact=True).check(force=True)

    @contextmanager
    def in_korean(self) -> Iterator[None]:
        """The page is Korean within the block: its names are others there."""
        self.page.get_by_role("button", name="한국어").click()
        try:
            yield
        finally:
            self.page.get_by_role("button", name="EN", exact=True).click()

    # Steps

    def position(self) -> tuple[int, int, int]:
        """Step, number of steps and line, from the slider's value text."""
        text = self.slider.get_attribute("aria-valuetext") or ""
        match = re.fullmatch(r"step (\d+) of (\d+), line (\d+)", text)
        assert match, f"the slider says {text!r}"
        step, of, line = map(int, match.groups())
        return step, of, line

    def expect_step(self, step: int) -> None:
        """Wait until this step is shown."""
        expect(self.slider).to_have_attribute("aria-valuetext", re.compile(rf"^step {step} of"))
        self.page.evaluate(FOLLOWED)

    def expect_line(self, line: int) -> None:
        """Wait until a step of this line is shown."""
        expect(self.slider).to_have_attribute("aria-valuetext", re.compile(rf", line {line}$"))
        self.page.evaluate(FOLLOWED)

    def press(self, key: str) -> None:
        self.slider.focus()
        self.page.keyboard.press(key)
        self.page.evaluate(FOLLOWED)

    def go_to_step(self, step: int) -> None:
        """Move the slider with the keyboard, from the nearer end."""
        _, of, _ = self.position()
        back = of - step < step - 1
        self.press("End" if back else "Home")
        for _ in range(of - step if back else step - 1):
            self.page.keyboard.press("ArrowLeft" if back else "ArrowRight")
        self.expect_step(step)

    def lines(self) -> list[int]:
        """The line of each step, first to last."""
        _, of, line = self.go_home()
        lines = [line]
        for step in range(2, of + 1):
            self.page.keyboard.press("ArrowRight")
            expect(self.slider).to_have_attribute("aria-valuetext", re.compile(rf"^step {step} of"))
            lines.append(self.position()[2])
        return lines

    def go_home(self) -> tuple[int, int, int]:
        self.press("Home")
        self.expect_step(1)
        return self.position()

    def after_line(self, line: int, time: int = 1) -> None:
        """Go to the end of a line's n-th execution; -1 is the last."""
        steps = [n for n, at in enumerate(self.lines(), 1) if at == line]
        self.go_to_step(steps[time - 1 if time > 0 else time])

    # What is shown

    def objects(self, **wanted: object) -> list[Row]:
        """Rows of the table at the present step whose columns have these values."""
        expect(self.table).to_have_attribute("aria-busy", "false")
        heads = self._heads()
        cells = self.table.evaluate(
            "table => [...table.tBodies].flatMap(b => [...b.rows])"
            ".map(row => [...row.cells].map(cell => cell.textContent.trim()))"
        )
        rows = [_row(dict(zip(heads, row, strict=True))) for row in cells]
        return [r for r in rows if all(getattr(r, k) == v for k, v in wanted.items())]

    def _heads(self) -> list[str]:
        """Of the columns; an explanation that a resting pointer has opened is none of them."""
        buttons = self.table.get_by_role("columnheader").get_by_role("button")
        return [head.strip().lower() for head in buttons.all_text_contents()]

    def only(self, **wanted: object) -> Row:
        """The one row with these values."""
        rows = self.objects(**wanted)
        assert len(rows) == 1, f"{wanted}: {rows or self.objects()}"
        return rows[0]

    def inspect(self, label: str) -> Locator:
        """Choose an object in the graph by its name or label; the inspector then tells of it."""
        node = re.compile(rf"(^|, ){re.escape(label)}, (alive|unreachable|dead)")
        self.graph.get_by_role("button", name=node).first.click()
        return self.inspector

    def expect_live_bytes(self, nbytes: int, when: str = "") -> None:
        """Wait until the table's rows have so many: it follows the step a little later."""
        end = time.monotonic() + PATIENCE_S
        while (found := self._live_bytes()) != nbytes and time.monotonic() < end:
            pass
        assert found == nbytes, when

    def _live_bytes(self) -> int:
        """Of all rows: a long table draws only those that are seen, so it is scrolled through."""
        heads = self._heads()
        cells = self.table.evaluate(SCROLLED_THROUGH)
        rows = [_row(dict(zip(heads, row, strict=True))) for row in cells]
        return sum(row.nbytes for row in rows if row.state != "dead")


def _row(cells: dict[str, str]) -> Row:
    def number(text: str) -> int | None:
        digits = re.sub(r"[^\d]", "", text)
        return int(digits) if digits else None

    return Row(
        name=cells["name"],
        type=cells["type"],
        state=cells["state"],
        count=number(cells["reference count"]) or 0,
        weak=number(cells["weak references"]) or 0,
        nbytes=_bytes(cells["bytes"]),
        born=number(cells["born line"]),
        died=number(cells["died line"]),
        cause=cells["cause"],
    )


def _bytes(text: str) -> int:
    """Read "80 kB", "80,000", "8 B" or nothing."""
    match = re.match(r"([\d.,]+)\s*([kM]?B)?", text)
    return round(float(match[1].replace(",", "")) * UNITS[match[2] or "B"]) if match else 0
