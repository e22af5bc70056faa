"""The reference counts as the trace has them: written where an object has others than before."""

from collections.abc import Iterable

from .picture import Node
from .writer import Writer


class Counts:
    """Writes counts.

    Args:
        writer: of the trace.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._dying: dict[Node, None] = {}

    def update(self, nodes: Iterable[Node], *, ends: bool) -> None:
        """Write the counts of these nodes, where they are others.

        Args:
            nodes: in the trace.
            ends: a line has ended.
        """
        for node in nodes:
            if node.serial < 0 or node.gone:
                continue
            if node.trace_kind == "frame" or node.cls == "type":
                continue  # held by the interpreter in ways that nothing tells
            if node.dying:  # cannot be counted
                self._dying[node] = None
            else:
                self._tell(node, node.count, node.unexplained)
        if ends:
            # A line within the callbacks of its weak references: it is not dead before they end.
            for node in self._dying:
                if node.dying and not (node.gone or node.degree or node.named or node.claimed):
                    self._tell(node, 0, 0)
            self._dying.clear()

    def _tell(self, node: Node, count: int, unexplained: int) -> None:
        told = (count, node.weak, unexplained)
        if node.told != told:
            node.told = told
            self._writer.count(node.serial, *told)
