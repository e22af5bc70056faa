"""What stayed between two steps, by the line that made it: the leak report."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from ..trace import Trace, TraceError
from .states import SHOWN, Replay, State, replay, state


@dataclass(frozen=True, slots=True)
class Growth:
    """Objects of shown kinds that a line made between two steps and that live at the second.

    Attributes:
        line: of the program; None where that is not known.
        runs: how many runs of the line have left something.
        serials: of the objects.
        types: how many of each class, the most frequent first.
        nbytes: of array memory that they own.
        piles: whether run after run leaves something: more than one has, and not only the first
            (which sets up what stays) and the last (whose results are still in use).
    """

    line: int | None
    runs: int
    serials: list[int]
    types: dict[str, int]
    nbytes: int
    piles: bool = False


@dataclass(frozen=True, slots=True)
class Pinned:
    """Memory of which only parts are in use.

    Attributes:
        owner: serial of the array that owns it, and that no one holds but views of it.
        views: serials of those.
        nbytes: that it has.
        used: bytes that the largest view reads.
    """

    owner: int
    views: list[int]
    nbytes: int
    used: int


def growth_between(trace: Trace, first: int, last: int) -> list[Growth]:
    """What was born after the end of one step and lives at the end of another.

    Args:
        first: a step counted from 0; -1 for the beginning of the program.
        last: a later step.

    Returns:
        The lines that made it, those that left most bytes and most objects first.

    Raises:
        TraceError: there is no such step, or the second is before the first.
    """
    index = replay(trace)
    if first > last:
        raise TraceError(f"Step {first} is after step {last}: give the earlier one first.")
    now = state(trace, last)
    since = 0 if first == -1 else state(trace, first).event
    stacks = trace.column("objects", "stack")
    groups: dict[int | None, list[int]] = {}
    for serial in now.alive:
        if index.born[serial] > since and index.kinds[serial] in SHOWN:
            groups.setdefault(index.line(stacks[serial]), []).append(serial)
    steps = _steps_by_line(index, first, last)
    found = []
    for line, serials in groups.items():
        runs = steps.get(line, [])
        # A run is known by its end: what a line makes while it calls is born in inner steps.
        left = {bisect_left(runs, index.step(index.born[serial])) for serial in serials}
        ran = max(len(runs), max(left) + 1)
        found.append(
            Growth(
                line,
                len(left),
                serials,
                _tally(index.types[serial] for serial in serials),
                sum(index.nbytes.get(serial, 0) for serial in serials),
                len(left) > 1 and (ran == 2 or bool(left - {0, ran - 1})),
            )
        )
    return sorted(found, key=lambda each: (-each.nbytes, -len(each.serials), each.line or 0))


def _steps_by_line(index: Replay, first: int, last: int) -> dict[int | None, list[int]]:
    """Steps after the first one up to the last one, by the line that they executed."""
    found: dict[int | None, list[int]] = {}
    locations = index.trace.column("steps", "location")
    for step in range(first + 1, last + 1):
        found.setdefault(index.own_line(locations[step]), []).append(step)
    return found


def _tally(names: Iterable[str]) -> dict[str, int]:
    counts = Counter(names)
    return {name: counts[name] for name in sorted(counts, key=lambda name: (-counts[name], name))}


def leaks_between(trace: Trace, first: int, last: int) -> list[Growth]:
    """The growth of lines that pile up: run after run has left something.

    What a loop makes anew and lets go each time leaves one run's objects, and those are no
    leak; what it piles up leaves those of every run.
    """
    return [each for each in growth_between(trace, first, last) if each.piles]


def pinned(now: State) -> list[Pinned]:
    """Arrays that live through small views only: at most half of the memory is read."""
    index = now.replay
    found = []
    for owner in now.alive:
        if not index.nbytes.get(owner):
            continue
        edges = [edge for edge in now.edges(owner) if index.strengths[edge] != "weak"]
        views = [index.holders[edge] for edge in edges]
        if (
            not edges
            or any(
                index.names[e] != "base" or index.kinds[v] != "array"
                for e, v in zip(edges, views, strict=True)
            )
            or now.counts(owner)[2]
        ):
            continue
        elements = prod(index.shapes[owner])
        itemsize = index.nbytes[owner] // max(elements, 1)
        used = max(prod(index.shapes[view]) for view in views) * itemsize
        if 2 * used <= index.nbytes[owner]:
            found.append(Pinned(owner, views, index.nbytes[owner], used))
    return sorted(found, key=lambda each: (-each.nbytes, each.owner))
