"""When something is born or dies next: where a reader wants to go."""

from ..trace import Trace
from .states import SHOWN, replay


def next_birth(trace: Trace, event: int) -> int | None:
    """The first event after this one at which an object of a shown kind is born."""
    index = replay(trace)
    found = zip(index.born, index.kinds, strict=True)
    return min((born for born, kind in found if born > event and kind in SHOWN), default=None)


def next_death(trace: Trace, event: int) -> int | None:
    """The first event after this one at which an object of a shown kind dies."""
    index = replay(trace)
    died = (row[0] for serial, row in index.death.items() if index.kinds[serial] in SHOWN)
    return min((each for each in died if each > event), default=None)
