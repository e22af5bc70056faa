"""Islands: objects alive that no root reaches, found from what has changed.

The collector's own rule: an object with more references than other objects explain is held
from outside, and so is all that it reaches. What becomes unreachable has lost a reference, or
has lost all who held it; so the search goes backwards from what was touched, until it meets
something held from outside. If it meets nothing such, all that it met is an island.
References out of an array are from outside, since the collector does not see them.
"""

from collections.abc import Iterable

from .picture import Node
from .writer import Writer


class Islands:
    """Writes islands that form and that are no longer."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._of: dict[Node, frozenset[Node]] = {}
        self._rows: dict[frozenset[Node], int] = {}

    def sink(self, node: Node) -> None:
        """The island that the node belongs to, if any, ends with it."""
        members = self._of.get(node)
        if members is not None:
            self._end(members)

    def settle(self, touched: Iterable[Node]) -> None:
        """Write what is different, after these nodes were touched."""
        before: set[frozenset[Node]] = set()
        apart: dict[Node, None] = {}
        reached: set[Node] = set()
        todo = list(touched)
        for node in todo:  # grows while it is walked
            todo += self._reopen(node, before)
            if node.gone or node.dying or node.serial < 0 or node in apart or node in reached:
                continue
            met = _cut_off(node, reached)
            if met is None:
                reached.add(node)
                continue
            apart |= met
            for each in met:
                todo += self._reopen(each, before)
                todo += [held for _, held in each.refs if held not in apart]
        found = set(_groups(apart))
        for members in [members for members in before if members not in found]:
            self._end(members)
        for members in sorted(found - self._rows.keys(), key=_first):
            self._rows[members] = self._writer.island(sorted([each.serial for each in members]))
            for each in members:
                self._of[each] = members

    def _reopen(self, node: Node, before: set[frozenset[Node]]) -> frozenset[Node]:
        """The island of a node, to be settled anew; empty if it has none or that is done."""
        island = self._of.get(node)
        if island is None or island in before:
            return frozenset()
        before.add(island)
        return island

    def _end(self, members: frozenset[Node]) -> None:
        self._writer.sinking(self._rows.pop(members))
        for member in members:
            self._of.pop(member, None)


def _cut_off(node: Node, reached: set[Node]) -> dict[Node, None] | None:
    """The node and all that leads to it, if nothing of that is held from outside; else None."""
    met = {node: None}
    todo = [node]
    while todo:
        here = todo.pop()
        if here.dying or here.roots or here in reached or here.count > _explained(here):
            return None
        for holder in here.holders:
            if holder not in met:
                met[holder] = None
                todo.append(holder)
    return met


def _explained(node: Node) -> int:
    """References to the node that the collector sees."""
    seen = node.degree
    for holder, number in node.holders.items():
        if holder.kind == "array":
            bases = [name for name, held in holder.refs if held is node and name == "base"]
            seen += len(bases) - number
    return seen


def _groups(members: dict[Node, None]) -> list[frozenset[Node]]:
    near: dict[Node, list[Node]] = {node: [] for node in members}
    for node in members:
        for _, held in node.refs:
            if held in near:
                near[node].append(held)
                near[held].append(node)
    groups: list[frozenset[Node]] = []
    seen: set[Node] = set()
    for node in members:
        if node in seen:
            continue
        seen.add(node)
        group = [node]
        for here in group:  # grows while it is walked
            for other in near[here]:
                if other not in seen:
                    seen.add(other)
                    group.append(other)
        groups.append(frozenset(group))
    return groups


def _first(members: frozenset[Node]) -> int:
    return min([each.serial for each in members])
