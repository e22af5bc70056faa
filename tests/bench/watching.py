"""Runs in Pyodide: the parts of the recorder's benchmark that are Python, their numbers as JSON.

The worker of tests/pyodide calls `run_file`; here the file is what recorder_in_pyodide.py asks for.
"""

import contextlib
import json
import platform
import sys
from typing import Any

sys.path.insert(0, "/home/pyodide/tests/bench")

with contextlib.suppress(ImportError):  # beside it in Pyodide alone
    from from_outside import record_from_outside

    __all__ = ["record_from_outside", "run_file"]


def run_file(question: str) -> str:
    """Do what JSON asks for: ``work``, and what that needs of ``source`` and ``rounds``.

    Returns:
        JSON text: ``told``, what that part of liveness.py tells, and ``python`` and ``numpy``,
        their versions.
    """
    import numpy as np
    import rounds

    import liveness

    asked: dict[str, Any] = json.loads(question)
    told: object
    if asked["work"] == "peers":
        told = rounds.alternate(liveness.peers(asked["source"]), asked["rounds"])
    elif asked["work"] == "gallery":
        told = liveness.gallery(asked["rounds"])
    else:
        told = liveness.sizes(asked["source"])
    return json.dumps({"python": platform.python_version(), "numpy": np.__version__, "told": told})
