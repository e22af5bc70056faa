"""Questions to a trace, each kind in a module of its own.

- `states`: who is alive at an event, how often held, by whom, at what cost.
- `graph`: the strong references at an event, for the modules that walk them.
- `paths`: why an object is alive; `sentences` says it, `cures` ends it.
- `dominators`: what each object retains.
- `cuts`: what would die if a reference were weak or gone, and when.
- `islands`: what is alive although nothing reaches it.
- `growth`: what stayed, by the line that made it.
- `moments`: the next birth, the next death.

Every walk is a loop: the heaps that matter are deeper than Python's stack.
"""

from .causes import cause
from .cures import Cure, cure
from .cuts import Fall, Loss, cut, edges_like, if_weak, loss_of
from .dominators import Retained, retained_by
from .graph import Graph, graph_at
from .growth import Growth, Pinned, growth_between, leaks_between, pinned
from .islands import islands_of
from .moments import next_birth, next_death
from .paths import Hold, Retention, Thing, retentions
from .sentences import sentence, why
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
    "Cure",
    "Fall",
    "Graph",
    "Growth",
    "Hold",
    "Holder",
    "Loss",
    "Object",
    "Pinned",
    "Replay",
    "Retained",
    "Retention",
    "State",
    "Thing",
    "cause",
    "cure",
    "cut",
    "edges_like",
    "graph_at",
    "growth_between",
    "if_weak",
    "islands_of",
    "leaks_between",
    "loss_of",
    "next_birth",
    "next_death",
    "objects",
    "pinned",
    "replay",
    "retained_by",
    "retentions",
    "sentence",
    "state",
    "state_at",
    "why",
]
