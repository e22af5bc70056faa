"""What if this reference were gone, or weak?"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..trace import Trace
from .graph import Graph, graph_at
from .states import Cause, State, replay, state_at


@dataclass(frozen=True, slots=True)
class Loss:
    """What would die if references were gone.

    Attributes:
        by_count: serials of what would die at once; what is an island already, too, if the
            references are what holds it together.
        by_collector: serials of what would be out of reach and still be held by cycles.
        nbytes: of array memory that both would free.
    """

    by_count: list[int]
    by_collector: list[int]
    nbytes: int


@dataclass(frozen=True, slots=True)
class Fall:
    """A death that would come earlier.

    Attributes:
        step: at whose end the object would be dead, or out of reach.
        event: the last of that step.
        cause: whether the count or only the collector would end it.
    """

    serial: int
    step: int
    event: int
    cause: Cause


def cut(state: State, edges: Iterable[int]) -> Loss:
    """What would die at a state if these references (rows of the trace) were gone."""
    return _loss(state, *_lost(graph_at(state), frozenset(edges)))


def loss_of(state: State, serial: int) -> Loss:
    """What would die with an object, itself included: as if nothing held it any more."""
    graph = graph_at(state)
    without = frozenset(graph.into.get(serial, ()))
    return _loss(state, *_lost(graph, without, fallen=serial))


def _loss(state: State, by_count: list[int], by_collector: list[int]) -> Loss:
    nbytes = sum(state.replay.nbytes.get(serial, 0) for serial in (*by_count, *by_collector))
    return Loss(by_count, by_collector, nbytes)


def edges_like(state: State, edge: int) -> list[int]:
    """The reference, and where it has no name all others without one of the same holder.

    What a C object such as a cache holds, it may hold several times, and an edit drops all.
    """
    replay = state.replay
    if not replay.names[edge].startswith("?"):
        return [edge]
    siblings = replay.of[replay.holders[edge]]
    return [
        each
        for each in siblings
        if replay.names[each].startswith("?") and replay.holds_at(each, state.event)
    ]


def _lost(
    graph: Graph, without: frozenset[int], fallen: int | None = None
) -> tuple[list[int], list[int]]:
    """What would die by count, islands that would come undone among it, and new islands.

    An object that has `fallen` is no root any more, whatever made it one.
    """
    reached = graph.below((root for root in graph.roots if root != fallen), without=without)
    dead = _undone(graph, reached, without) - _undone(graph, graph.reached(), frozenset())
    return sorted(dead), sorted(graph.reached() - reached - dead)


def _undone(graph: Graph, reached: set[int], without: frozenset[int]) -> set[int]:
    """Of what no root reaches, all that is neither in a cycle nor held by one."""
    left = {
        node: sum(edge not in without for edge in graph.into[node])
        for node in graph.nodes
        if node not in reached
    }
    dead = [node for node, count in left.items() if not count]
    for node in dead:  # grows while it is walked
        for edge in graph.out[node]:
            held = graph.held[edge]
            if held in left and edge not in without:
                left[held] -= 1
                if not left[held]:
                    dead.append(held)
    return set(dead)


def if_weak(trace: Trace, edge: int) -> list[Fall]:
    """What would have died earlier, and when, had a reference been weak from the beginning.

    Args:
        edge: row of the trace.

    Returns:
        Deaths in the order of the steps. An object that the program later takes from the
        reference and keeps elsewhere is dead by then, and so is told here.
    """
    index = replay(trace)
    first, last = index.step(index.made[edge]), index.step(index.gone[edge])
    fallen: dict[int, Fall] = {}
    without = {edge}
    for step in sorted(_steps_that_lose(trace, first, last)):
        graph = graph_at(state_at(trace, index.ends[step]))
        by_count, by_collector = _lost(graph, frozenset(without & graph.holder.keys()))
        causes: list[tuple[list[int], Cause]] = [(by_count, "refcount"), (by_collector, "gc")]
        for serials, cause in causes:
            for serial in serials:
                if serial not in fallen:
                    fallen[serial] = Fall(serial, step, index.ends[step], cause)
                    without.update(index.of[serial])
    return list(fallen.values())


def _steps_that_lose(trace: Trace, first: int, last: int) -> set[int]:
    """Steps in [first, last) after which something may be out of reach that was not before."""
    index = replay(trace)
    events = [
        *trace.column("drops", "event"),
        *trace.column("deaths", "event"),
        *trace.column("islands", "event"),
    ]
    steps = {index.step(event) for event in events}
    return {step for step in {first, *steps} if first <= step < min(last, len(index.ends))}
