"""Timing in alternating rounds, and what is said about the numbers.

Things to compare run one after the other, round after round, so that a machine which is slow for
a while is slow for all of them. A ratio is therefore taken within a round, and what is reported
is the median over the rounds with the least and the greatest. Seconds are those that the process
spent on a core: what is measured here waits for nothing, and waiting for a core is not its doing.
"""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

SAMPLE = 0.02
"""Seconds that one timing lasts at least: far above the clock's resolution."""


@dataclass(frozen=True)
class Spread:
    """A median with its range."""

    median: float
    least: float
    greatest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Raises ValueError where there are no values."""
        if not values:
            raise ValueError("a spread of no values: measure at least one round")
        return cls(median(values), min(values), max(values))


def ratios(numerators: Sequence[float], denominators: Sequence[float]) -> Spread:
    """The ratio of two series, taken round by round.

    Raises ValueError where they are not of the same rounds.
    """
    return Spread.of([a / b for a, b in zip(numerators, denominators, strict=True)])


def alternate(
    steps: Mapping[str, Callable[[], object]], rounds: int, sample: float = SAMPLE
) -> dict[str, list[float]]:
    """Seconds of one call of each step, in each round.

    The order turns by one place from round to round, so that nobody always follows the same
    neighbour. The collector stays on, as in a user's program; it runs before each timing, so that
    nobody pays for what another left behind.
    """
    repeats = {name: _repeats(step, sample) for name, step in steps.items()}
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    names = list(steps)
    for turn in range(rounds):
        at = turn % len(names)
        for name in names[at:] + names[:at]:
            gc.collect()
            seconds[name].append(_time(steps[name], repeats[name]))
    return seconds


def _repeats(step: Callable[[], object], sample: float) -> int:
    """How many calls last as long as a sample, not counting the first, which may set things up."""
    step()
    repeats = 1
    while (each := _time(step, repeats)) * repeats < sample:
        repeats = max(2 * repeats, int(1.2 * sample / max(each, 1e-9)))
    return repeats


def _time(step: Callable[[], object], repeats: int) -> float:
    """Seconds of one call, the mean of `repeats` calls."""
    calls = range(repeats)
    start = time.process_time()
    for _ in calls:
        step()
    return (time.process_time() - start) / repeats
