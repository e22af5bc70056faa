"""Runs in Pyodide: a part of the engine's benchmark, its numbers as JSON.

The worker of tests/pyodide calls `run_file`; here the file is what in_pyodide.py asks for.
"""

import json
import platform
import sys
from dataclasses import asdict
from typing import Any

sys.path.insert(0, "/home/pyodide/tests/bench")

ONLY_FLAT = ("numpy", "livegrad")
"""Who takes a deep graph apart without recursion: the others take the interpreter down with it."""


def run_file(question: str) -> str:
    """Do what JSON asks for: ``work``, ``peers``, ``rounds``, ``deep_rounds``, ``operations``.

    Returns:
        JSON text: a report, with ``python`` and ``numpy``, their versions.
    """
    _forget_alias()
    import deep
    import numpy as np
    from peers import load_all

    import engine

    asked: dict[str, Any] = json.loads(question)
    work = asked["work"]
    report = engine.Report()
    found, report.notes = load_all(asked["peers"])
    if work == engine.MEMORY:
        report.growth, report.peak = engine.held(found, iterations=50, size=100_000)
    elif work == engine.DEEP:
        for _ in range(asked["deep_rounds"]):
            for name in found:
                if name in ONLY_FLAT:
                    run = deep.run(found[name], asked["operations"])
                    report.deep.setdefault(name, []).append(run)
    else:
        report.seconds = engine.timed(found, asked["rounds"], [work])
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    return json.dumps({**versions, **asdict(report)})


def _forget_alias() -> None:
    """Let `import dezero` find DeZero itself, which stands beside us as a peer here."""
    alias = sys.modules.get("livegrad.dezero")
    if alias is None or sys.modules.get("dezero") is not alias:
        return
    for name in [name for name in sys.modules if name.partition(".")[0] == "dezero"]:
        del sys.modules[name]
    sys.meta_path = [f for f in sys.meta_path if not isinstance(f, alias.DezeroFinder)]
