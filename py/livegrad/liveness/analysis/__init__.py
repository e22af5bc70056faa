"""Questions to a trace, each kind in a module of its own.

- `states`: who is alive at an event, how often held, by whom, at what cost.
- `graph`: the strong references at an event, for the modules that walk them.

Every walk is a loop: the heaps that matter are deeper than Python's stack.
"""

from .graph import Graph, graph_at
from .paths import Hold, Retention, Thing, retentions
from .states import (
    FOLDED,
    PLACES,
    SHOWN,
    Cause,
    Holder,
    Object,
    Replay,
    State,
    objects,
    replay,
    state,
    state_at,
)

__all__ = [
    "FOLDED",
    "PLACES",
    "SHOWN",
    "Cause",
    "Graph",
    "Hold",
    "Holder",
    "Object",
    "Replay",
    "Retention",
    "State",
    "Thing",
    "graph_at",
    "objects",
    "replay",
    "retentions",
    "state",
    "state_at",
]
