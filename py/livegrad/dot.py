"""A computational graph as DOT text, for graphviz (www.graphviz.org), and as a picture."""

import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from .core import Function, Variable


def get_dot_graph(output: Variable, verbose: bool = True) -> str:
    """DOT text of all Variables and Functions that `output` was computed from.

    Nodes are numbered as they are found, walking back from `output`: the same graph gives the same
    text. With `verbose`, Variables tell their shape and dtype besides their name.
    """
    return "digraph g {\n" + "".join(line + "\n" for line in _lines(output, verbose)) + "}"


def _lines(output: Variable, verbose: bool) -> Iterator[str]:
    numbers: dict[Any, int] = {}

    def number(node: Any) -> int:
        return numbers.setdefault(node, len(numbers))

    def variable(v: Variable) -> str:
        return f'{number(v)} [label="{_label(v, verbose)}", color=orange, style=filled]'

    yield variable(output)
    waiting: list[Function | None] = [output.creator]
    while waiting:
        f = waiting.pop()
        if f is None or f in numbers:
            continue
        name = type(f).__name__
        yield f'{number(f)} [label="{name}", color=lightblue, style=filled, shape=box]'
        for x in f.inputs:
            if x not in numbers:
                yield variable(x)
            yield f"{numbers[x]} -> {numbers[f]}"
            waiting.append(x.creator)
        for y in f.outputs:
            y = y if isinstance(y, Variable) else y()
            if y is not None:  # a dead sibling: nobody uses it
                if y not in numbers:
                    yield variable(y)
                yield f"{numbers[f]} -> {numbers[y]}"


def _label(v: Variable, verbose: bool) -> str:
    parts = [] if v.name is None else [str(v.name)]
    if verbose and v.data is not None:
        parts.append(f"{np.shape(v.data)} {v.data.dtype}")
    return ": ".join(parts).replace("\\", "\\\\").replace('"', '\\"')


def plot_dot_graph(output: Variable, verbose: bool = True, to_file: Any = "graph.png") -> Any:
    """Draw the graph of `output` into `to_file`, whose ending says the format (png, pdf, svg, dot).

    The picture is made by graphviz's program `dot`. Where there is none, a warning says so and the
    DOT text is written beside, with the ending .dot. In IPython the image is returned, to be shown.

    Raises:
        ValueError: to_file has no ending.
        RuntimeError: `dot` failed; its own words are in the message.
    """
    target = Path(to_file)
    text = get_dot_graph(output, verbose)
    if not target.suffix:
        raise ValueError(f"plot_dot_graph needs a file name with an ending, as {target}.png")
    if target.suffix == ".dot":
        target.write_text(text, encoding="utf-8")
        return None
    program = shutil.which("dot")
    if program is None:
        source = target.with_suffix(".dot")
        source.write_text(text, encoding="utf-8")
        way_out = "install graphviz, or paste the text into any graphviz viewer"
        if sys.platform == "emscripten":  # where nobody can install it, or look into a folder
            way_out = f"paste what print(open({str(source)!r}).read()) shows into a graphviz viewer"
        warnings.warn(
            f"plot_dot_graph found no program `dot` to draw {target.name} with, and wrote the DOT "
            f"text to {source}: {way_out}",
            stacklevel=2,
        )
        return None
    _draw(program, text, target)
    return _image(target)


def _draw(program: str, text: str, target: Path) -> None:
    import subprocess  # here: a browser has none, and never comes so far

    # Arguments as a list and the text through a pipe: no shell reads a file's name.
    drawn = subprocess.run(
        [program, f"-T{target.suffix[1:]}", "-o", str(target)],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    if drawn.returncode:
        raise RuntimeError(
            f"plot_dot_graph: dot could not draw {target}: {drawn.stderr.decode().strip()}"
        )


def _image(target: Path) -> Any:
    """The picture as IPython shows it; None outside IPython, or where it can show no such file."""
    try:
        from IPython import display, get_ipython  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    if get_ipython() is None or target.suffix not in {".png", ".jpg", ".jpeg", ".gif"}:
        return None
    return display.Image(filename=str(target))
