"""A state in DOT, the language of Graphviz: https://graphviz.org/doc/info/lang.html"""

from typing import Final

from ..analysis import State
from .picture import picture

_STYLES: Final = {
    "place": 'shape=box, style=filled, fillcolor="#eeeeee"',
    "variable": 'shape=box, style="rounded,filled", fillcolor="#fff3bf"',
    "function": 'shape=box, style="rounded,filled", fillcolor="#d0ebff"',
    "array": 'shape=box, style=filled, fillcolor="#ffffff"',
    "instance": 'shape=box, style="rounded,filled", fillcolor="#f3f0ff"',
    "island": 'shape=box, style="rounded,filled,dashed", fillcolor="#ffe3e3"',
}


def to_dot(state: State) -> bytes:
    """The objects that live at a state and who holds whom; weak references are dashed."""
    boxes, arrows = picture(state)
    lines = ["digraph heap {", "  rankdir=LR;", '  node [fontname="sans-serif", fontsize=11];']
    lines.append('  edge [fontname="sans-serif", fontsize=9];')
    for box in boxes:
        text = "\\n".join(map(escaped, box.lines))
        lines.append(f'  o{box.serial} [label="{text}", {_STYLES[box.look]}];')
    for arrow in arrows:
        style = ", style=dashed, constraint=false" if arrow.weak else ""
        lines.append(f'  o{arrow.holder} -> o{arrow.held} [label="{escaped(arrow.text)}"{style}];')
    return "\n".join([*lines, "}", ""]).encode()


def escaped(text: str) -> str:
    """Text inside a quoted DOT string, where a backslash begins an escape of Graphviz's own."""
    for before, after in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", ""), ("\0", "")):
        text = text.replace(before, after)
    return text
