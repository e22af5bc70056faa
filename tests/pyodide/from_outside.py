"""Runs in Pyodide: recordings there are made as the lab makes them."""

import os

from livegrad.liveness import recorder
from livegrad.liveness.outside import Hooks, Outside, OutsideProbe
from livegrad.liveness.samples import Samples


def record_from_outside(outside: Outside) -> None:
    """Have the recorder use the probe outside the interpreter, from here on."""
    hooks = Hooks()
    refused = outside.check(Samples(), id(hooks))
    assert not refused, refused
    recorder.PythonProbe = lambda: OutsideProbe(outside, hooks)  # type: ignore[assignment, misc]
    os.environ["LIVEGRAD_TEST_PROBE"] = "outside"
