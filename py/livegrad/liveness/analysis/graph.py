"""Strong references at one moment, as a graph that every question walks.

Weak references keep nothing alive, and a borrowed one only repeats what an outer
holder does: neither is an edge here.
"""

from collections.abc import Iterable, Iterator, Set

from .states import State


class Graph:
    """Who holds whom.

    Args:
        nodes: the objects that live.
        edges: number, holder and held of each strong reference between them.
        roots: objects that live whoever holds them.

    Attributes:
        out: numbers of the references that each object has, in order.
        into: numbers of the references to each object, in order.
        holder: of each reference.
        held: by each reference.
    """

    def __init__(
        self, nodes: Iterable[int], edges: Iterable[tuple[int, int, int]], roots: Iterable[int]
    ) -> None:
        self.nodes = list(nodes)
        self.roots = list(roots)
        self.out: dict[int, list[int]] = {node: [] for node in self.nodes}
        self.into: dict[int, list[int]] = {node: [] for node in self.nodes}
        self.holder: dict[int, int] = {}
        self.held: dict[int, int] = {}
        for edge, holder, held in edges:
            self.holder[edge] = holder
            self.held[edge] = held
            self.out[holder].append(edge)
            self.into[held].append(edge)

    def successors(self, node: int) -> Iterator[int]:
        """What the object holds; twice what it holds twice."""
        return (self.held[edge] for edge in self.out[node])

    def reached(self, *, without: Set[int] = frozenset()) -> set[int]:
        """Objects that a root reaches, going past the references `without`."""
        return self.below(self.roots, without=without)

    def below(self, starts: Iterable[int], *, without: Set[int] = frozenset()) -> set[int]:
        """The starts and all that they reach."""
        todo = list(starts)
        found = set(todo)
        while todo:
            for edge in self.out[todo.pop()]:
                held = self.held[edge]
                if held not in found and edge not in without:
                    found.add(held)
                    todo.append(held)
        return found


def graph_at(state: State) -> Graph:
    """The strong references of a state.

    Roots are the program's module, the frames that run (one that a traceback or a
    generator holds does not), and what has references that no recorded holder explains.
    Classes are not counted by the recorder: one that nothing else reaches is a root too,
    since its instances and the interpreter hold it. Made once for a state.
    """
    found = state.__dict__.get("_graph")
    if found is None:
        found = state.__dict__["_graph"] = _graph(state)
    assert isinstance(found, Graph)
    return found


def _graph(state: State) -> Graph:
    replay = state.replay
    edges = [
        (edge, replay.holders[edge], replay.helds[edge])
        for edge, strength in enumerate(replay.strengths)
        if strength == "strong" and replay.holds_at(edge, state.event)
    ]
    held = {edge[2] for edge in edges}
    roots: list[tuple[int, int]] = []
    uncounted: list[int] = []
    for serial in state.alive:
        kind = replay.kinds[serial]
        if kind == "module":
            roots.append((0, serial))
        elif kind == "frame":
            if serial not in held:
                roots.append((1, serial))
        elif not replay.counts[serial]:
            uncounted.append(serial)
        elif state.counts(serial)[2] > 0:
            roots.append((2, serial))
    graph = Graph(state.alive, edges, [serial for _, serial in sorted(roots)])
    if uncounted:
        reached = graph.reached()
        graph.roots += [serial for serial in uncounted if serial not in reached]
    return graph
