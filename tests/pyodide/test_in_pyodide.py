"""The unit tests of engine and recorder once more, inside Pyodide in a browser.

One item for each test file. They run against numpy and the wheel of livegrad that the built
site ships, in one interpreter, since its start takes seconds; a new one starts if it dies.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from site_server import serve

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("engine", "liveness")
    for path in (ROOT / "tests" / folder).rglob("test_*.py")
)
LIMIT_MS = 15 * 60_000
"""After which a file counts as hanging."""

ASK = """([message, limit]) => new Promise((resolve, reject) => {
  const script = new URL("tests/interpreter.mjs", document.baseURI);
  globalThis.worker ??= new Worker(script, {type: "module"});
  setTimeout(() => reject(new Error("no answer: it hangs")), limit);
  worker.onerror = (event) => reject(new Error(event.message));
  worker.onmessage = ({data}) => data.error ? reject(new Error(data.error)) : resolve(data.json);
  worker.postMessage({id: 1, ...message});
})"""


class Interpreter:
    """Pyodide in a page of the site, started when it is first asked for and after each death."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.running = False

    def run(self, file: str) -> dict[str, Any]:
        """Run a test file; see `inner.run_file`."""
        if not self.running:
            self.page.goto(self.base + "tests/blank.html")
            self._ask(type="start", base=self.base)
            self.running = True
        try:
            return json.loads(self._ask(type="run", file=file))
        except BrowserError as error:
            self.running = False
            return {"counts": {"failed": 1}, "failures": [f"the interpreter died: {error}"]}

    def _ask(self, **message: str) -> str:
        return self.page.evaluate(ASK, [message, LIMIT_MS])


@pytest.fixture(scope="module")
def interpreter(browser: Browser, dist: Path) -> Iterator[Interpreter]:
    extra = {
        "tests/blank.html": b"<!doctype html><title>tests</title><base href='../'>",
        "tests/interpreter.mjs": (HERE / "interpreter.mjs").read_bytes(),
        "tests/pyodide.mjs": (ROOT / "web/node_modules/pyodide/pyodide.mjs").read_bytes(),
        "tests/packages.zip": packages("pytest", "hypothesis"),
        "tests/project.zip": project(),
    }
    with serve(dist, extra=extra) as site:
        page = browser.new_page()
        yield Interpreter(page, site.url)
        page.close()


@pytest.mark.parametrize("file", FILES)
def test_file_in_pyodide(interpreter: Interpreter, file: str) -> None:
    outcome = interpreter.run(file)
    assert not outcome["failures"], "\n\n".join(outcome["failures"])
    assert outcome["counts"]["passed"] or outcome["counts"]["skipped"], outcome


def packages(*names: str) -> bytes:
    """A zip of installed packages and all that they need, as they are installed here."""
    chosen: dict[str, Distribution] = {}
    open_names = list(names)
    while open_names:
        name = canonicalize_name(open_names.pop())
        if name in chosen:
            continue
        chosen[name] = distribution(name)
        for line in chosen[name].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                open_names.append(requirement.name)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for found in chosen.values():
            for file in found.files or ():
                if ".." in file.parts or file.suffix == ".pyc":
                    continue
                if file.suffix in (".so", ".pyd"):
                    raise AssertionError(f"{found.name} is not pure Python: pin one that is")
                archive.write(str(file.locate()), file.as_posix())
    return buffer.getvalue()


def project() -> bytes:
    """A zip of what the tests need of the checkout; livegrad itself comes from its wheel."""
    wanted = [ROOT / "pyproject.toml", ROOT / "tests" / "conftest.py"]
    for folder in ("tests/engine", "tests/liveness", "web/lessons"):
        wanted += [p for p in (ROOT / folder).rglob("*") if p.is_file() and p.suffix != ".pyc"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in wanted:
            archive.write(path, path.relative_to(ROOT).as_posix())
        archive.write(HERE / "inner.py", "inner.py")
    return buffer.getvalue()
