"""Why is this object alive? The ways on which roots hold it, the shortest first."""

from collections import deque
from dataclasses import dataclass
from math import prod
from typing import Final

from .graph import Graph, graph_at
from .states import State

MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Thing:
    """An object on a way, as a person knows it.

    Attributes:
        label: such as ``Square#4``; for a function that runs its name.
        kind: as in the trace.
        type: name of the class.
        name: the first name it had; None if it had none.
        size: number of elements of an array, or of a Variable's data; None where not known.
        serial: row in the trace, -1 where there is none.
    """

    label: str
    kind: str
    type: str
    name: str | None = None
    size: int | None = None
    serial: int = -1


@dataclass(frozen=True, slots=True)
class Hold:
    """One reference on a way.

    Attributes:
        name: by which the holder knows what it holds, as in the trace: ``x``, ``[3]``.
        line: of the program, on which the reference was made; None where not known.
        edge: row in the trace, -1 where there is none.
    """

    holder: Thing
    name: str
    held: Thing
    line: int | None = None
    edge: int = -1


@dataclass(frozen=True, slots=True)
class Retention:
    """A way on which a root holds an object.

    Attributes:
        target: the object that is asked for.
        holds: references from the root to the target; none if the target is a root itself.
        unexplained: references to the root that no recorded holder explains.
    """

    target: Thing
    holds: tuple[Hold, ...]
    unexplained: int = 0

    @property
    def root(self) -> Thing:
        return self.holds[0].holder if self.holds else self.target


def retentions(state: State, serial: int, most: int = MOST) -> list[Retention]:
    """For each reference to an object a shortest way from a root that ends with it.

    So each of an object's holders is told once, with the shortest reason why that holder
    itself is alive. A holder that lives only through the object is no reason and is left out.

    Args:
        serial: of the object.
        most: ways to return.

    Returns:
        Ways, the shortest first; of equal ones that of the older reference. None for what
        is dead, or an island.
    """
    if not state.is_alive(serial):
        return []
    graph = graph_at(state)
    found = [_retention(state, serial, way) for way in shortest_ways(graph, serial)[:most]]
    if serial in graph.roots:
        found.insert(0, Retention(thing(state, serial), (), state.counts(serial)[2]))
    return found[:most]


def shortest_ways(graph: Graph, target: int) -> list[list[int]]:
    """Edges of a shortest way through each edge to the target, breadth first from the roots."""
    by: dict[int, int] = {root: -1 for root in graph.roots if root != target}
    todo = deque(by)
    while todo:
        for edge in graph.out[todo.popleft()]:
            held = graph.held[edge]
            if held != target and held not in by:
                by[held] = edge
                todo.append(held)
    ways: list[list[int]] = []
    for last in graph.into[target]:
        if graph.holder[last] not in by:
            continue
        way = [last]
        while (edge := by[graph.holder[way[-1]]]) >= 0:
            way.append(edge)
        ways.append(way[::-1])
    return sorted(ways, key=len)


def thing(state: State, serial: int) -> Thing:
    """An object of the trace, described as at a state."""
    replay = state.replay
    kind = replay.kinds[serial]
    running = kind in ("module", "frame") and not state.edges(serial)
    return Thing(
        replay.types[serial] if running else replay.labels[serial],
        kind,
        replay.types[serial],
        replay.name(serial),
        _size(state, serial),
        serial,
    )


def _size(state: State, serial: int) -> int | None:
    replay = state.replay
    if replay.kinds[serial] in ("variable", "parameter"):
        for edge in replay.of[serial]:
            if replay.names[edge] == "data" and replay.holds_at(edge, state.event):
                serial = replay.helds[edge]
    shape = replay.shapes.get(serial)
    return None if shape is None else prod(shape)


def hold(state: State, edge: int) -> Hold:
    """A reference of the trace."""
    replay = state.replay
    return Hold(
        thing(state, replay.holders[edge]),
        replay.names[edge],
        thing(state, replay.helds[edge]),
        replay.line_at(replay.made[edge]),
        edge,
    )


def _retention(state: State, serial: int, way: list[int]) -> Retention:
    holds = tuple(hold(state, edge) for edge in way)
    unexplained = state.counts(holds[0].holder.serial)[2]
    return Retention(thing(state, serial), holds, unexplained)
