"""Watch a program's objects live and die: `record` a run, ask the `Trace`."""

from .assertions import expect_alive, expect_dead
from .census import no_growth
from .probe import Limits, Probe, Program, Watched
from .recorder import record
from .trace import Trace, TraceError

__all__ = [
    "Limits",
    "Probe",
    "Program",
    "Trace",
    "TraceError",
    "Watched",
    "expect_alive",
    "expect_dead",
    "no_growth",
    "record",
]
