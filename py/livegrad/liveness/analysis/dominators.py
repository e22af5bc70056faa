"""What an object retains: all that would die with it.

An object is dominated by another if every way from the roots leads through that one.
Immediate dominators after K. D. Cooper, T. J. Harvey and K. Kennedy, "A simple, fast
dominance algorithm" (Rice University, 2001): intersect the dominators of the holders in
reverse postorder until nothing changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from .graph import Graph, graph_at
from .states import State

ENTRY: Final = -1
"""Stands above all roots."""


@dataclass(frozen=True, slots=True)
class Retained:
    """What an object retains, itself included.

    Attributes:
        dominator: serial of the object without which this one would die; ENTRY for none.
        objects: that would die with it.
        nbytes: of array memory that would be freed.
    """

    dominator: int
    objects: int
    nbytes: int


def retained_by(state: State) -> dict[int, Retained]:
    """What each object that a root reaches retains at a state."""
    dominators = immediate_dominators(graph_at(state))
    nbytes = {node: state.replay.nbytes.get(node, 0) for node in dominators}
    objects = dict.fromkeys(dominators, 1)
    for node in reversed(dominators):  # reverse postorder: a dominator stands before its own
        above = dominators[node]
        if above != ENTRY:
            objects[above] += objects[node]
            nbytes[above] += nbytes[node]
    return {
        node: Retained(above, objects[node], nbytes[node]) for node, above in dominators.items()
    }


def immediate_dominators(graph: Graph) -> dict[int, int]:
    """The immediate dominator of each object that a root reaches, in reverse postorder."""
    order = _reverse_postorder(graph.roots, graph.successors)
    number = {node: place for place, node in enumerate(order, 1)}
    number[ENTRY] = 0
    roots = set(graph.roots)
    above: dict[int, int] = {ENTRY: ENTRY}
    changed = True
    while changed:
        changed = False
        for node in order:
            best = ENTRY if node in roots else None
            for edge in graph.into[node]:
                holder = graph.holder[edge]
                if holder in above:
                    best = holder if best is None else _meet(best, holder, above, number)
            assert best is not None, "a node that is reached has a holder before it in the order"
            if above.get(node) != best:
                above[node] = best
                changed = True
    return {node: above[node] for node in order}


def _meet(a: int, b: int, above: dict[int, int], number: dict[int, int]) -> int:
    """The nearest node that dominates both."""
    while a != b:
        if number[a] > number[b]:
            a = above[a]
        else:
            b = above[b]
    return a


def _reverse_postorder(
    roots: Iterable[int], successors: Callable[[int], Iterable[int]]
) -> list[int]:
    order: list[int] = []
    seen: set[int] = set()
    for root in reversed(list(roots)):
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(successors(root)))]
        while stack:
            node, rest = stack[-1]
            for held in rest:
                if held not in seen:
                    seen.add(held)
                    stack.append((held, iter(successors(held))))
                    break
            else:
                stack.pop()
                order.append(node)
    return order[::-1]
