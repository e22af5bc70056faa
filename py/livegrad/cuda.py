"""DeZero's names for choosing between NumPy and CuPy. Livegrad computes with NumPy only.

They exist so that programs written for both keep running: `gpu_enable` is False, and what would
need a GPU raises RuntimeError with one sentence.
"""

from types import ModuleType
from typing import Any, NoReturn

import numpy as np

from .core import Variable

gpu_enable = False


def refuse_gpu(what: str) -> NoReturn:
    """Raise RuntimeError: `what` needs a GPU."""
    raise RuntimeError(
        f"{what} needs a GPU and CuPy, and Livegrad computes with NumPy only: "
        f"leave it out, or ask `cuda.gpu_enable` first."
    )


def get_array_module(x: Any) -> ModuleType:
    """The module that computes with `x`, a Variable or an array: always numpy."""
    return np


def as_numpy(x: Any) -> np.ndarray:
    """The array of `x`: a Variable's data, an array itself, or a number as a 0-d array."""
    return np.asarray(x.data if isinstance(x, Variable) else x)


def as_cupy(x: Any) -> NoReturn:
    """Raises RuntimeError: there is no GPU here."""
    refuse_gpu("as_cupy")
