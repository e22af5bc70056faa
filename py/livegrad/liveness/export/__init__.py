"""A trace in the formats of other tools.

`dot` and `svg` draw one state; `heapsnapshot` is one state for the memory panel of
Chrome's developer tools; `torch` is every allocation of array memory over the whole
recording, for PyTorch's memory viewer (``python -m torch.cuda._memory_viz``).
"""

import os
from collections.abc import Callable
from typing import Final

from ..analysis import State
from .dot import to_dot
from .heapsnapshot import to_heapsnapshot
from .svg import to_svg
from .torch import to_torch

FORMATS: Final = {
    "dot": "Graphviz draws it (dot -Tsvg)",
    "svg": "any browser shows it",
    "heapsnapshot": "load it in the Memory panel of Chrome's developer tools",
    "torch": "PyTorch shows it: python -m torch.cuda._memory_viz trace_plot FILE -o plot.html",
}
_WRITERS: Final[dict[str, Callable[[State], bytes]]] = {
    "dot": to_dot,
    "svg": to_svg,
    "heapsnapshot": to_heapsnapshot,
    "torch": to_torch,
}


def export(state: State, to: str, path: "str | os.PathLike[str]") -> None:
    """Write a file in one of FORMATS.

    Raises:
        OSError: the file cannot be written.
    """
    content = _WRITERS[to](state)
    with open(path, "wb") as file:
        file.write(content)


__all__ = ["FORMATS", "export", "to_dot", "to_heapsnapshot", "to_svg", "to_torch"]
