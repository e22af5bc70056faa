"""The arrows of the design, read from the imports: none points the wrong way, none goes round.

The engine knows nothing of the recorder, the recorder nothing of the page, the views nothing of
the worker (design: views → replay ← runtime ← lab → liveness → adapters → engine).
"""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "py" / "livegrad"
WEB = ROOT / "web" / "src"

pytestmark = pytest.mark.skipif(not PACKAGE.is_dir(), reason="reads the checkout")


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def python_imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Modules that a file imports, absolute, and whether only inside a function."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package.pop()
    tree = ast.parse(path.read_text("utf-8"))
    top = set(map(id, tree.body))
    typing_only: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            typing_only.update(id(child) for child in ast.walk(node))
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        late = id(node) not in top
        if isinstance(node, ast.Import):
            yield from ((alias.name, late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = stem.replace(".", "/") + "/" + alias.name
                whole = (PACKAGE.parent / f"{inner}.py").exists() or (
                    PACKAGE.parent / inner / "__init__.py"
                ).exists()
                yield (f"{stem}.{alias.name}" if whole else stem), late


def files(part: str) -> list[Path]:
    return sorted(PACKAGE.glob(part))


ENGINE = [p for p in files("**/*.py") if "liveness" not in p.parts and p.name != "lab.py"]
RECORDER = files("liveness/**/*.py")


def test_the_engine_imports_only_numpy_and_the_standard_library():
    import sys

    for path in ENGINE:
        for name, late in python_imports(path):
            top = name.split(".")[0]
            # Image files need Pillow: imported where asked for, never with the package.
            assert top in sys.stdlib_module_names | {"numpy", "livegrad"} or late, (path, name)


def test_the_engine_knows_nothing_of_the_recorder():
    for path in ENGINE:
        for name, _ in python_imports(path):
            assert not name.startswith(("livegrad.liveness", "livegrad.lab")), (path, name)


def test_the_recorder_meets_the_engine_only_in_the_adapter():
    for path in RECORDER:
        for name, _ in python_imports(path):
            if name.startswith("livegrad") and not name.startswith("livegrad.liveness"):
                assert "adapter" in path.name, (path, name)


def test_only_the_lab_knows_of_a_browser():
    for path in files("**/*.py"):
        for name, _ in python_imports(path):
            if name.split(".")[0] in {"js", "pyodide", "pyodide_js", "_pyodide"}:
                assert path.name == "lab.py", (path, name)


def test_no_python_module_imports_itself_in_a_circle():
    names = {module_name(path) for path in files("**/*.py")}
    graph = {
        module_name(path): {
            name
            for name, late in python_imports(path)
            if not late and name in names and name != module_name(path)
        }
        for path in files("**/*.py")
    }
    acyclic(graph)


def script_imports(path: Path) -> Iterator[str]:
    """Scripts that a script imports for their values (types cost nothing and bind nothing)."""
    pattern = r"""^(?:import|export)\s+(?!type\b)[^;]*?["'](\.[^"'?]*)["'];?$"""
    for found in re.findall(pattern, path.read_text("utf-8"), re.MULTILINE):
        target = (path.parent / found).resolve()
        for candidate in (target, *(target.with_name(target.name + e) for e in (".ts", ".tsx"))):
            if candidate.is_file() and candidate.suffix in {".ts", ".tsx"}:
                yield candidate.relative_to(WEB).as_posix()


def scripts() -> dict[str, set[str]]:
    found = [*WEB.rglob("*.ts"), *WEB.rglob("*.tsx")]
    return {
        path.relative_to(WEB).as_posix(): set(script_imports(path))
        for path in found
        if not path.name.endswith((".test.ts", ".d.ts"))
    }


def test_views_import_neither_each_other_nor_the_runtime():
    for path, imports in scripts().items():
        if path.startswith("views/"):
            for name in imports:
                assert not name.startswith("runtime/"), (path, name)
                own = path.split("/")[1].removesuffix(".tsx").removesuffix(".ts")
                other = name.split("/")[1].removesuffix(".tsx").removesuffix(".ts")
                assert not name.startswith("views/") or own == other, (path, name)


def test_trace_runtime_and_probe_know_nothing_of_the_page():
    for path, imports in scripts().items():
        if path.startswith(("trace/", "runtime/", "probe/")):
            for name in imports:
                own = path.split("/")[0] + "/"
                # The worker alone knows who looks into the interpreter that it runs.
                other = "probe/" if path == "runtime/worker.ts" else own
                assert name.startswith((own, other)), (path, name)


def test_the_analysis_knows_only_the_trace():
    for path, imports in scripts().items():
        if path.startswith("analysis/"):
            for name in imports:
                assert name.startswith(("analysis/", "trace/")), (path, name)


def test_no_script_imports_itself_in_a_circle():
    acyclic(scripts())


def acyclic(graph: dict[str, set[str]]) -> None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
