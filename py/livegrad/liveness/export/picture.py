"""What a drawing of a state shows: boxes and arrows, before any format.

Containers and weak references are walked through, as everywhere: an arrow says
``inputs[0]`` and leads from the Function to the Variable.
"""

from dataclasses import dataclass
from typing import Final, Literal

from ..analysis import FOLDED, PLACES, State

type Look = Literal["place", "variable", "function", "array", "instance", "island"]

_LOOKS: Final[dict[str, Look]] = {
    "variable": "variable",
    "parameter": "variable",
    "function": "function",
    "array": "array",
}


@dataclass(frozen=True, slots=True)
class Box:
    """An object: its serial, the lines of text in it, and how it looks."""

    serial: int
    lines: tuple[str, ...]
    look: Look


@dataclass(frozen=True, slots=True)
class Arrow:
    """A reference between two boxes."""

    holder: int
    held: int
    text: str
    weak: bool


def picture(state: State) -> tuple[list[Box], list[Arrow]]:
    """Boxes in order of birth, and arrows between them; borrowed references are left out."""
    replay = state.replay
    lost = {serial for members in state.islands for serial in members}
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    for serial in state.alive:
        kind = replay.kinds[serial]
        if kind in FOLDED:
            continue
        look: Look = _LOOKS.get(kind, "instance")
        if serial in lost:
            look = "island"
        elif kind in PLACES:
            look = "place"
        boxes.append(Box(serial, _lines(state, serial), look))
        for each in state.holders(serial):
            if each.strength != "borrowed" and replay.kinds[each.holder] not in FOLDED:
                arrows.append(Arrow(each.holder, serial, each.path, each.strength == "weak"))
    return boxes, arrows


def _lines(state: State, serial: int) -> tuple[str, ...]:
    replay = state.replay
    if replay.kinds[serial] in PLACES:
        return (replay.types[serial],)
    count, weak, unexplained = state.counts(serial)
    second = f"references {count}"
    if weak:
        second += f", weak {weak}"
    if unexplained > 0:
        second += f", unexplained {unexplained}"
    lines = [replay.labels[serial], second]
    shape = replay.shapes.get(serial)
    if shape is not None:
        lines.append(f"shape {tuple(shape)}, {replay.nbytes.get(serial, 0):,} bytes")
    return tuple(lines)
