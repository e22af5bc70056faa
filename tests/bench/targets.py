"""The targets that the engine was given, and what was measured beside each."""

from collections.abc import Callable
from dataclasses import dataclass

from peers import OURS, REFERENCE


@dataclass(frozen=True)
class Target:
    """A bound on one number.

    Attributes:
        figure: the key of the number, see `engine.figures`.
        bound: the number must not exceed it, or, if `at_least`, not fall short of it.
    """

    figure: str
    title: str
    bound: float
    at_least: bool = False

    def met(self, value: float) -> bool:
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"


def slower(workload: str, bound: float) -> Target:
    """Our time may be so many times that of hand-written NumPy."""
    return Target(f"{workload}: {OURS} / {REFERENCE}", f"{workload}: time over NumPy's", bound)


def faster(workload: str, peer: str, bound: float) -> Target:
    """A peer's time must be so many times ours."""
    title = f"{workload}: times as fast as {peer}"
    return Target(f"{workload}: {peer} / {OURS}", title, bound, at_least=True)


TARGETS = (
    slower("chain", 1.9),
    faster("chain", "torch", 3),
    faster("chain", "dezero", 9),
    faster("chain", "autograd", 5),
    faster("chain", "mygrad", 4),
    slower("squares", 1),
    faster("squares", "torch", 4),
    faster("squares", "dezero", 4),
    faster("squares", "autograd", 4),
    faster("squares", "mygrad", 2.2),
    slower("mlp", 1.25),
    faster("mlp", "torch", 1.8),
    slower("deep", 2.5),
    faster("deep", "torch", 4),
    Target(f"deep: memory {OURS} / torch", "deep: memory over torch's", 0.5),
    Target(f"growth: {OURS}", "growth: bytes in 200 iterations", 0),
    Target(f"peak mul: {OURS}", "peak mul: arrays over the 50 kept", 2),
    Target(f"peak square: {OURS}", "peak square: arrays over the 50 kept", 2),
    Target(f"peak tanh: {OURS}", "peak tanh: arrays over the 50 kept", 2),
)


def judged(figures: dict[str, float], show: Callable[[float], str]) -> list[list[str]]:
    """Rows of a table: title, target, measured, verdict."""
    rows = []
    for target in TARGETS:
        if target.figure in figures:
            value = figures[target.figure]
            verdict = "met" if target.met(value) else "NOT MET"
            rows.append([target.title, str(target), show(value), verdict])
        else:
            rows.append([target.title, str(target), "", "not measured"])
    return rows
