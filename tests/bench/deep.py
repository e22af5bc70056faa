"""A very deep graph, built, differentiated and dropped, in a process of its own.

Run by engine.py as `python deep.py PEER OPERATIONS`; prints one line of JSON. A process of its own
because the memory that a process got from the system it seldom gives back, and because a peer
that recurses may not come back at all.
"""

import gc
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

OPERATIONS = 1_000_000
TIMEOUT = 900
"""Seconds after which a peer is given up."""


@dataclass(frozen=True)
class Deep:
    """What one peer needed.

    Attributes:
        operations: how many it did.
        build, differentiate, drop: seconds on a core.
        added: bytes of resident memory at the peak, over what was resident before; None where
            the system does not tell.
    """

    operations: int
    build: float
    differentiate: float
    drop: float
    added: int | None

    @property
    def seconds(self) -> float:
        return self.build + self.differentiate + self.drop


class Died(Exception):
    """The process of a peer ended without a result."""


def measure(name: str, operations: int = OPERATIONS) -> Deep:
    """Start a process for this peer and wait for its result.

    Raises:
        Died: it crashed, failed, or took longer than TIMEOUT.
    """
    command = [sys.executable, __file__, name, str(operations)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        raise Died(f"gave no result of {operations:,} operations within {TIMEOUT} s") from None
    if done.returncode < 0:
        raise Died(f"was killed by signal {-done.returncode} at {operations:,} operations")
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise Died(f"failed at {operations:,} operations: {reason}")
    return Deep(**json.loads(done.stdout))


def _resident(field: str) -> int:
    """Bytes resident now (VmRSS) or at most since `_reset` (VmHWM); Linux says so in KiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"this system does not say {field}: measure on Linux")


def _reset() -> None:
    """Forget the peak so far, which an import may have caused."""
    Path("/proc/self/clear_refs").write_text("5")


def _run(name: str, operations: int) -> Deep:
    import numpy as np
    import peers

    peer = peers.load(name)
    for step in peer.deep(np.zeros(3), 100):  # whatever is made at the first use is made now
        step()
    gc.collect()
    gc.freeze()
    _reset()
    before = _resident("VmRSS")
    spent = run(peer, operations)
    return replace(spent, added=_resident("VmHWM") - before)


def run(peer: Any, operations: int) -> Deep:
    """The work itself, in this process."""
    import numpy as np

    build, differentiate = peer.deep(np.array([0.1, -0.2, 0.3]), operations)
    start = time.process_time()
    build()
    built = time.process_time()
    gradient = differentiate()
    differentiated = time.process_time()
    del build, differentiate
    gc.collect()  # a graph that only the collector can free is dropped here
    dropped = time.process_time()
    if not np.isfinite(gradient).all():
        raise RuntimeError("the gradient is not finite")
    return Deep(
        operations,
        built - start,
        differentiated - built,
        dropped - differentiated,
        None,
    )


if __name__ == "__main__":
    from environment import prepare

    prepare()
    print(json.dumps(asdict(_run(sys.argv[1], int(sys.argv[2])))))
    sys.stdout.flush()
    os._exit(0)  # what is left need not be taken apart object by object
