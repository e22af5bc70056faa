"""A state as an SVG picture, drawn in columns: who holds stands left of what it holds.

A plain layered drawing in the manner of Sugiyama, Tagawa and Toda (1981): columns by
distance from the places where names live, then a few sweeps that move each box to the mean
height of its neighbours. Graphviz draws better: `dot.py` writes for it.
"""

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ..analysis import State
from .picture import Arrow, Box, picture

_LETTER: Final = 6.6  # mean width in pixels of a letter of 11 pixels
_ROW: Final = 15
_GAP_X: Final = 110
_GAP_Y: Final = 18
_SWEEPS: Final = 8
_FILLS: Final = {
    "place": "#eeeeee",
    "variable": "#fff3bf",
    "function": "#d0ebff",
    "array": "#ffffff",
    "instance": "#f3f0ff",
    "island": "#ffe3e3",
}


def to_svg(state: State) -> bytes:
    """The objects that live at a state and who holds whom; weak references are dashed."""
    boxes, arrows = picture(state)
    columns = _ordered(_columns(boxes, arrows), arrows)
    by_serial = {box.serial: box for box in boxes}
    place: dict[int, tuple[float, float]] = {}
    x, height = float(_GAP_Y), 0.0
    for column in columns:
        y = float(_GAP_Y)
        for serial in column:
            place[serial] = (x, y)
            y += _height(by_serial[serial]) + _GAP_Y
        x += max(_width(by_serial[serial]) for serial in column) + _GAP_X
        height = max(height, y)
    width = max(x, 2.0 * _GAP_Y)  # the last gap is for arrows that go back
    height = max(height, 2 * _GAP_Y)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" font-size="11">',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>',
    ]
    parts += [_arrow(arrow, place, by_serial) for arrow in arrows]
    parts += [_box(box, *place[box.serial]) for box in boxes]
    return "\n".join([*parts, "</svg>", ""]).encode()


def _columns(boxes: list[Box], arrows: list[Arrow]) -> list[list[int]]:
    """Boxes by distance from the places; what no place reaches begins at the second column."""
    below: dict[int, list[int]] = {box.serial: [] for box in boxes}
    for arrow in arrows:
        if not arrow.weak:
            below[arrow.holder].append(arrow.held)
    column: dict[int, int] = {}
    starts = [box.serial for box in boxes if box.look == "place"]
    rest = [box.serial for box in boxes if box.look != "place"]
    for serials, first in ((starts, 0), *(([serial], 1) for serial in rest)):
        todo = [serial for serial in serials if serial not in column]
        column |= dict.fromkeys(todo, first)
        for here in todo:  # grows while it is walked
            for held in below[here]:
                if held not in column:
                    column[held] = column[here] + 1
                    todo.append(held)
    found: list[list[int]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for box in boxes:
        found[column[box.serial]].append(box.serial)
    return [each for each in found if each]


def _ordered(columns: list[list[int]], arrows: list[Arrow]) -> list[list[int]]:
    near: dict[int, list[int]] = {serial: [] for column in columns for serial in column}
    for arrow in arrows:
        near[arrow.holder].append(arrow.held)
        near[arrow.held].append(arrow.holder)
    for _ in range(_SWEEPS):
        height = {
            serial: place / max(len(column) - 1, 1)
            for column in columns
            for place, serial in enumerate(column)
        }
        mean = {
            serial: sum(map(height.__getitem__, others)) / len(others) if others else height[serial]
            for serial, others in near.items()
        }
        columns = [sorted(column, key=mean.__getitem__) for column in columns]
    return columns


def _width(box: Box) -> float:
    return max(map(len, box.lines)) * _LETTER + 16


def _height(box: Box) -> float:
    return len(box.lines) * _ROW + 10


def _box(box: Box, x: float, y: float) -> str:
    dashed = ' stroke-dasharray="4 3"' if box.look == "island" else ""
    radius = 0 if box.look in ("place", "array") else 6
    lines = "".join(
        f'<text x="{x + 8:.1f}" y="{y + 17 + place * _ROW:.1f}">{escape(_printable(line))}</text>'
        for place, line in enumerate(box.lines)
    )
    return (
        f'<g><rect x="{x:.1f}" y="{y:.1f}" width="{_width(box):.1f}" height="{_height(box):.1f}" '
        f'rx="{radius}" fill={quoteattr(_FILLS[box.look])} stroke="#555"{dashed}/>{lines}</g>'
    )


def _arrow(arrow: Arrow, place: dict[int, tuple[float, float]], boxes: dict[int, Box]) -> str:
    (ax, ay), (bx, by) = place[arrow.holder], place[arrow.held]
    ay += _height(boxes[arrow.holder]) / 2
    by += _height(boxes[arrow.held]) / 2
    if bx > ax:
        ax += _width(boxes[arrow.holder])
        middle = (ax + bx) / 2
        curve = f"M{ax:.1f} {ay:.1f}C{middle:.1f} {ay:.1f} {middle:.1f} {by:.1f} {bx:.1f} {by:.1f}"
    else:  # backwards or within a column: around the right
        ax += _width(boxes[arrow.holder])
        bx += _width(boxes[arrow.held])
        middle = max(ax, bx) + _GAP_X / 3
        curve = f"M{ax:.1f} {ay:.1f}C{middle:.1f} {ay:.1f} {middle:.1f} {by:.1f} {bx:.1f} {by:.1f}"
    dashed = ' stroke-dasharray="5 4"' if arrow.weak else ""
    text = escape(_printable(arrow.text))
    return (
        f'<path d="{curve}" fill="none" stroke="#555" marker-end="url(#tip)"{dashed}/>'
        f'<text x="{middle:.1f}" y="{(ay + by) / 2 - 3:.1f}" text-anchor="middle" font-size="9" '
        f'fill="#333" stroke="#fff" stroke-width="3" paint-order="stroke">{text}</text>'
    )


def _printable(text: str) -> str:
    """Without control characters, which XML forbids even escaped."""
    return "".join(letter if letter >= " " else " " for letter in text)
