"""A state as a heap snapshot of V8, which Chrome's developer tools open.

The format has no specification; this is the shape that V8's heap profiler writes
(``HeapSnapshotJSONSerializer`` in src/profiler) and that the tools read: flat lists of
numbers, six for a node, three for an edge, the edges in the order of their nodes, and a table
of strings. The first node is the root of all; edges name their target by its place in the
list of numbers.
"""

import json
from typing import Any, Final

from ..analysis import State, graph_at, islands_of

NODE_FIELDS: Final = ("type", "name", "id", "self_size", "edge_count", "detachedness")
NODE_TYPES: Final = (
    *("hidden", "array", "string", "object", "code", "closure", "regexp", "number", "native"),
    *("synthetic", "concatenated string", "sliced string", "symbol", "bigint", "object shape"),
)
EDGE_FIELDS: Final = ("type", "name_or_index", "to_node")
EDGE_TYPES: Final = ("context", "element", "property", "internal", "hidden", "shortcut", "weak")
_TYPES: Final = {"array": "array", "closure": "closure", "method": "closure", "frame": "native"}
_ROOT_NAME: Final = ""
_ROOTS_NAME: Final = "(Python roots)"
_ISLANDS_NAME: Final = "(unreachable, waiting for the collector)"


class _Strings:
    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self._places.setdefault(text, len(self._places))

    def all(self) -> list[str]:
        return list(self._places)


def to_heapsnapshot(state: State) -> bytes:
    """Every object that lives at a state, with its array memory as its size.

    Roots hang from "(Python roots)". What nothing reaches hangs from a node of its own, since
    the tools leave out what has no way from the root. Weak references are weak edges;
    borrowed ones are left out, as they keep nothing alive.
    """
    replay = state.replay
    graph = graph_at(state)
    islands = [serial for members in islands_of(state) for serial in members]
    strings = _Strings()
    place = {serial: row * len(NODE_FIELDS) for row, serial in enumerate(state.alive, 3)}
    nodes: list[int] = []
    edges: list[int] = []

    def node(kind: str, name: str, number: int, size: int, out: list[int]) -> None:
        nodes.extend(
            (NODE_TYPES.index(kind), strings(name), number, size, len(out) // len(EDGE_FIELDS), 0)
        )
        edges.extend(out)

    synthetic = [
        *_edge("element", 1, len(NODE_FIELDS)),
        *_edge("element", 2, 2 * len(NODE_FIELDS)),
    ]
    node("synthetic", _ROOT_NAME, 1, 0, synthetic)
    for name, number, held in ((_ROOTS_NAME, 3, graph.roots), (_ISLANDS_NAME, 5, islands)):
        out = [x for i, each in enumerate(held, 1) for x in _edge("element", i, place[each])]
        node("synthetic", name, number, 0, out)
    for serial in state.alive:
        out = []
        for edge in replay.of[serial]:
            if not replay.holds_at(edge, state.event) or replay.strengths[edge] == "borrowed":
                continue
            kind = "weak" if replay.strengths[edge] == "weak" else "property"
            out += _edge(kind, strings(replay.names[edge]), place[replay.helds[edge]])
        kind = _TYPES.get(replay.kinds[serial], "object")
        node(kind, replay.labels[serial], 2 * serial + 7, replay.nbytes.get(serial, 0), out)
    snapshot = {
        "snapshot": {
            "meta": _meta(),
            "node_count": len(nodes) // len(NODE_FIELDS),
            "edge_count": len(edges) // len(EDGE_FIELDS),
            "trace_function_count": 0,
        },
        "nodes": nodes,
        "edges": edges,
        "trace_function_infos": [],
        "trace_tree": [],
        "samples": [],
        "locations": [],
        "strings": strings.all(),
    }
    return json.dumps(snapshot, separators=(",", ":")).encode()


def _edge(kind: str, name: int, to: int) -> tuple[int, int, int]:
    return EDGE_TYPES.index(kind), name, to


def _meta() -> dict[str, Any]:
    return {
        "node_fields": NODE_FIELDS,
        "node_types": [NODE_TYPES, "string", "number", "number", "number", "number"],
        "edge_fields": EDGE_FIELDS,
        "edge_types": [EDGE_TYPES, "string_or_number", "node"],
        "trace_function_info_fields": [
            *("function_id", "name", "script_name", "script_id", "line", "column")
        ],
        "trace_node_fields": ["id", "function_info_index", "count", "size", "children"],
        "sample_fields": ["timestamp_us", "last_assigned_id"],
        "location_fields": ["object_index", "script_id", "line", "column"],
    }
