"""What must be so before NumPy is imported: one thread, and the package of this checkout."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "py"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def prepare() -> None:
    """Set it.

    Raises RuntimeError where NumPy was imported before, with as many threads as it likes.
    """
    if "numpy" in sys.modules and any(os.environ.get(name) != "1" for name in THREADS[:2]):
        raise RuntimeError("call prepare() before NumPy is imported, else it takes every core")
    for name in THREADS:
        os.environ[name] = "1"
    if PACKAGE.is_dir():
        sys.path.insert(0, str(PACKAGE))
