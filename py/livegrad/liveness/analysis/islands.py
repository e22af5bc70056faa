"""Islands: what is alive although nothing reaches it, until the collector comes."""

from .graph import Graph, graph_at
from .states import State


def islands_of(state: State) -> list[list[int]]:
    """Serials of the objects of each island, the oldest first.

    The recorder writes islands too, as its probe saw them; this is what follows from the
    references alone.
    """
    return components(graph_at(state))


def components(graph: Graph) -> list[list[int]]:
    """Objects that no root reaches, in groups that hold each other."""
    reached = graph.reached()
    found: list[list[int]] = []
    seen: set[int] = set()
    for node in sorted(graph.nodes):
        if node in reached or node in seen:
            continue
        seen.add(node)
        group = [node]
        for here in group:  # grows while it is walked
            near = [graph.held[edge] for edge in graph.out[here]]
            near += [graph.holder[edge] for edge in graph.into[here]]
            for other in near:
                if other not in seen and other not in reached:
                    seen.add(other)
                    group.append(other)
        found.append(sorted(group))
    return found
