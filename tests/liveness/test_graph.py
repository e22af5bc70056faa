"""Walks over graphs of strong references, against the plainest way to find the same."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from livegrad.liveness.analysis.cuts import _lost
from livegrad.liveness.analysis.dominators import ENTRY, immediate_dominators
from livegrad.liveness.analysis.graph import Graph
from livegrad.liveness.analysis.islands import components
from livegrad.liveness.analysis.paths import shortest_ways
from livegrad.liveness.analysis.sentences import cycle_through


@st.composite
def graphs(draw):
    size = draw(st.integers(1, 9))
    node = st.integers(0, size - 1)
    pairs = draw(st.lists(st.tuples(node, node), max_size=24))
    edges = [(number, holder, held) for number, (holder, held) in enumerate(pairs)]
    return Graph(range(size), edges, sorted(draw(st.sets(node, max_size=3))))


def reached_without(graph, node=None, edges=()):
    """By repeated sweeps over all edges, until nothing changes."""
    found = set(graph.roots) - {node}
    while True:
        more = {
            graph.held[e]
            for e in graph.holder
            if e not in edges and graph.holder[e] in found and graph.held[e] != node
        } - found
        if not more:
            return found
        found |= more


@given(graphs())
def test_what_a_root_reaches(graph):
    assert graph.reached() == reached_without(graph)


@given(graphs(), st.data())
def test_a_cut_kills_by_count_and_leaves_cycles_to_the_collector(graph, data):
    edges = data.draw(st.sets(st.sampled_from(sorted(graph.holder)))) if graph.holder else set()
    by_count, by_collector = _lost(graph, frozenset(edges))
    undone = falls_apart(graph, edges) - falls_apart(graph, set())
    assert (set(by_count), len(by_count)) == (undone, len(undone))
    lost = reached_without(graph) - reached_without(graph, edges=edges)
    assert by_collector == sorted(lost - undone)


def falls_apart(graph, edges):
    """Take away what is no root and has no holder left, one at a time."""
    left = set(graph.nodes)
    while True:
        held = {graph.held[e] for e in graph.holder if e not in edges and graph.holder[e] in left}
        loose = left - held - set(graph.roots)
        if not loose:
            return set(graph.nodes) - left
        left -= loose


def below(graph, edges, starts):
    found = set(starts)
    while True:
        more = {graph.held[e] for e in edges if graph.holder[e] in found} - found
        if not more:
            return found
        found |= more


@given(graphs())
def test_a_dominator_is_on_every_way(graph):
    found = immediate_dominators(graph)
    reached = reached_without(graph)
    assert set(found) == reached
    dominators = {
        node: {d for d in reached if d == node or node not in reached_without(graph, d)}
        for node in reached
    }
    for node, above in found.items():
        strict = dominators[node] - {node}
        if above == ENTRY:
            assert not strict
        else:
            # The nearest: it dominates the node, and all others dominate it.
            assert above in strict
            assert dominators[above] == strict


@given(graphs(), st.data())
def test_shortest_ways_end_with_each_reference_and_are_shortest(graph, data):
    target = data.draw(st.sampled_from(graph.nodes))
    ways = shortest_ways(graph, target)
    distance = {root: 0 for root in graph.roots if root != target}
    for _ in graph.nodes:
        for e in graph.holder:
            if graph.holder[e] in distance and graph.held[e] != target:
                new = distance[graph.holder[e]] + 1
                held = graph.held[e]
                distance[held] = min(distance.get(held, new), new)
    last = {e for e in graph.into[target] if graph.holder[e] in distance}
    assert {way[-1] for way in ways} == last
    assert [len(way) for way in ways] == sorted(distance[graph.holder[e]] + 1 for e in last)
    for way in ways:
        assert graph.holder[way[0]] in graph.roots
        for before, after in pairwise(way):
            assert graph.held[before] == graph.holder[after]


@given(graphs())
def test_islands_are_the_rest_and_do_not_touch(graph):
    found = components(graph)
    members = [node for island in found for node in island]
    assert sorted(members) == sorted(set(graph.nodes) - reached_without(graph))
    number = {node: place for place, island in enumerate(found) for node in island}
    for e in graph.holder:
        ends = (graph.holder[e], graph.held[e])
        if all(end in number for end in ends):
            assert number[ends[0]] == number[ends[1]]


@given(graphs(), st.data())
def test_a_cycle_through_a_node_is_one(graph, data):
    node = data.draw(st.sampled_from(graph.nodes))
    ring = cycle_through(graph, node)
    all_edges = list(graph.holder)
    if ring is None:
        assert node not in below(graph, all_edges, [graph.held[e] for e in graph.out[node]])
        return
    assert graph.holder[ring[0]] == node == graph.held[ring[-1]]
    assert all(graph.held[a] == graph.holder[b] for a, b in pairwise(ring))
    assert len({graph.holder[e] for e in ring}) == len(ring)


def test_no_walk_recurses():
    size = 20_000
    chain = Graph(range(size), [(i, i, i + 1) for i in range(size - 1)], [0])
    assert len(chain.reached()) == size
    assert immediate_dominators(chain)[size - 1] == size - 2
    assert _lost(chain, frozenset([0])) == (list(range(1, size)), [])
    assert len(shortest_ways(chain, size - 1)[0]) == size - 1
    loose = Graph(range(size), [(i, i, i + 1) for i in range(size - 1)], [])
    assert components(loose) == [list(range(size))]
