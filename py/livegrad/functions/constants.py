"""Numbers beside a Variable that a program uses over and over, as arrays of shape ().

numpy makes an array of a Python number at every call, which takes a third of the time of a
multiplication of three elements. From the `OFTEN`th time on we give it one that we keep: a quarter
off a long chain of small operations. A short program never gets that far, and so nothing that the
program did not make itself turns up beside its arrays.
"""

import numpy as np

OFTEN = 64
MOST = 256  # numbers that are counted at a time

often: dict[float, np.ndarray] = {}  # float64, not to be used with arrays of another dtype
_times: dict[float, int] = {}


def count(number: float) -> float | np.ndarray:
    """This number was met once more: the number, or its array from now on."""
    times = _times.get(number, 0) + 1
    if times < OFTEN or not number:  # 0.0 and -0.0 are equal, and not the same
        if len(_times) >= MOST:
            _times.clear()
        _times[number] = times
        return number
    array = np.array(number, np.float64)
    array.setflags(write=False)
    if len(often) >= MOST:
        often.clear()
    often[number] = array
    return array


def forget() -> None:
    """Keep no number's array and count anew, as in a fresh interpreter."""
    often.clear()
    _times.clear()
