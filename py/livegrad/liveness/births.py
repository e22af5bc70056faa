"""In which order the new objects of a step were born."""

import gc
from typing import Any

from .picture import Node

type _Age = tuple[tuple[int, int], int]


def in_order_of_birth(values: dict[Node, Any]) -> list[Node]:
    """The collector keeps what it tracks in order of birth; an array goes before who holds it.

    Args:
        values: the new nodes and their objects.
    """
    nodes = sorted(values, key=_number)
    if len(nodes) < 2:
        return nodes
    ages = _ages({node.address for node in nodes if gc.is_tracked(values[node])})
    order: dict[Node, _Age] = {n: (ages[n.address], 1) for n in nodes if n.address in ages}
    late: _Age = ((1, 0), 0)
    for node in sorted(order, key=order.__getitem__):
        todo = [node]
        for here in todo:  # grows while it is walked
            for _, held in here.refs:
                if held in values and held.address not in ages:
                    before = (order[here][0], order[here][1] - 1)
                    if order.get(held, late) > before:
                        order[held] = before
                        todo.append(held)
    ranks = [(order.get(node, late), -place) for place, node in enumerate(nodes)]
    return [nodes[-place] for _, place in sorted(ranks)]


def _ages(wanted: set[int]) -> dict[int, tuple[int, int]]:
    """Where the collector has these addresses: the youngest are looked for first, from the end."""
    ages: dict[int, tuple[int, int]] = {}
    for generation in (0, 1, 2):
        if len(ages) == len(wanted):
            break
        values = gc.get_objects(generation)
        for place in range(len(values) - 1, -1, -1):
            address = id(values[place])
            if address in wanted and address not in ages:
                ages[address] = (-generation, place)
                if len(ages) == len(wanted):
                    break
    return ages


def _number(node: Node) -> int:
    return node.number
