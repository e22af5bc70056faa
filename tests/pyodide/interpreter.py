"""The page's interpreter in a page of the tests, with pytest or the benchmark in it."""

import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any, Literal

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from site_server import Site, serve

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from web.build.node import find_node  # noqa: E402

LIMIT_MS = 15 * 60_000
"""After which a file counts as hanging."""

ASK = """([message, limit]) => new Promise((resolve, reject) => {
  const script = new URL("tests/worker.js", document.baseURI);
  globalThis.worker ??= new Worker(script, {type: "module"});
  setTimeout(() => reject(new Error("no answer: it hangs")), limit);
  worker.onerror = (event) => reject(new Error(event.message));
  worker.onmessage = ({data}) => data.error ? reject(new Error(data.error)) : resolve(data.json);
  worker.postMessage({id: 1, ...message});
})"""

type Way = Literal["short", "long"]
type ProbeName = Literal["outside", "python"]


class Interpreter:
    """Started when it is first asked for and after each death."""

    def __init__(
        self, page: Page, base: str, manifest: str, way: Way, probe: ProbeName = "outside"
    ) -> None:
        self.page = page
        self.base = base
        self.manifest = manifest
        self.way = way
        self.probe = probe
        self.running = False

    def start(self) -> dict[str, Any]:
        """Its versions, whether it came from the snapshot, and a number of `random`."""
        self.page.goto(self.base + "tests/blank.html")
        self.running = True
        ask = {"manifest": self.manifest, "tests": self.base + "tests/", "way": self.way}
        ask["probe"] = self.probe
        told: dict[str, Any] = json.loads(self._ask(type="start", **ask))
        return told

    def run(self, file: str) -> dict[str, Any]:
        """Run a test file; see `inner.run_file`."""
        if not self.running:
            self.start()
        try:
            told: dict[str, Any] = json.loads(self._ask(type="run", file=file))
        except BrowserError as error:
            self.running = False
            return {"counts": {"failed": 1}, "failures": [f"the interpreter died: {error}"]}
        return told

    def compare(self, what: Literal["printed", "looked"], seed: int) -> Any:
        """Run a program made at random; see compare.ts."""
        if not self.running:
            self.start()
        return json.loads(self._ask(type="compare", what=what, seed=str(seed)))

    def measure(self, what: Literal["curve", "growth"], question: dict[str, Any]) -> Any:
        """What recording costs; see measure.ts."""
        if not self.running:
            self.start()
        return json.loads(self._ask(type="measure", what=what, question=json.dumps(question)))

    def _ask(self, **message: str) -> str:
        answer: str = self.page.evaluate(ASK, [message, LIMIT_MS])
        return answer


@contextmanager
def served(
    dist: Path, packages: bytes, project: bytes, *, isolated: bool = False
) -> Iterator[Site]:
    """The built site, with the tests' worker and what it unpacks beside it.

    Args:
        packages: a zip for site-packages.
        project: a zip for the home folder; its `inner.py` has the `run_file` that is called,
            and `record_from_outside` if it records.
        isolated: the browser's clock is to be fine, 5 instead of 100 microseconds.
    """
    with tempfile.TemporaryDirectory() as folder:
        find_node().run(
            "vite",
            "bin/vite.js",
            *("build", "--config", HERE / "vite.config.mjs"),
            doing="Bundling the tests' worker",
            env={"LIVEGRAD_OUT": folder},
        )
        scripts = {f"tests/{script.name}": script.read_bytes() for script in Path(folder).iterdir()}
    extra = {
        "tests/blank.html": b"<!doctype html><title>tests</title><base href='../'>",
        "tests/packages.zip": packages,
        "tests/project.zip": project,
        **scripts,
    }
    with serve(dist, extra=extra, isolated=isolated) as site:
        yield site


def manifest_of(dist: Path, site: Site) -> str:
    """The address of the list of the runtime's files."""
    (manifest,) = (dist / "runtime").glob("manifest-*.json")
    return f"{site.url}runtime/{manifest.name}"


def packages(*names: str, places: list[str] | None = None) -> bytes:
    """A zip of installed packages and all that they need but numpy, which the site has.

    Args:
        places: the site-packages to take them from; by default those of this Python.
    """
    chosen: dict[str, Distribution] = {}
    open_names = list(names)
    while open_names:
        name = canonicalize_name(open_names.pop())
        if name in chosen or name == "numpy":
            continue
        chosen[name] = next(iter(Distribution.discover(name=name, path=places or sys.path)))
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
    wanted = [ROOT / "pyproject.toml", ROOT / "tests" / "conftest.py", HERE / "test_numpy.py"]
    for folder in ("tests/engine", "tests/liveness", "web/lessons"):
        wanted += [p for p in (ROOT / folder).rglob("*") if p.is_file() and p.suffix != ".pyc"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in wanted:
            archive.write(path, path.relative_to(ROOT).as_posix())
        for name in ("inner.py", "from_outside.py"):
            archive.write(HERE / name, name)
    return buffer.getvalue()
