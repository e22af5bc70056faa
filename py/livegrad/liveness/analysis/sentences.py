"""A way from a root, said in a sentence.

"`Variable#3` (`loss`) is alive because `losses[3]` (line 9) holds it; `losses` is a global."
"""

from typing import Final, NamedTuple

from .causes import cause
from .graph import Graph, graph_at
from .paths import Hold, Retention, Thing, hold, retentions, thing
from .states import State
from .unnamed import end_of_unnamed, holder_without_name, is_unnamed

MOST_HOPS: Final = 5
"""Holders that are named; of a longer way the middle is left out."""
_FOLDED: Final = frozenset({"container", "weakref", "cell"})


class Hop(NamedTuple):
    """References in a row that a person takes as one: ``inputs`` and ``[0]`` of a Function."""

    holder: Thing
    path: str
    held: Thing
    line: int | None

    @property
    def text(self) -> str:
        if self.holder.kind in ("module", "frame"):
            unnamed = holder_without_name(self.path, self.holder.type)
            if unnamed is not None:
                return unnamed if self.line is None else f"{unnamed} (line {self.line})"
        if self.holder.kind in ("module", "frame") and self.holder.label == self.holder.type:
            place = ""
        else:
            place = f" of `{self.holder.label}`"
        if not self.path or self.path.startswith("?"):
            what = f"`{self.holder.label}`"
        else:
            what = f"`{self.path}`{place}"
        return what if self.line is None else f"{what} (line {self.line})"


def hops(retention: Retention) -> list[Hop]:
    """The way's hops, outermost first; containers and cells belong to who holds them."""
    found: list[Hop] = []
    for each in retention.holds:
        name = _own_name(each)
        if found and each.holder.kind in _FOLDED:
            before = found[-1]
            line = before.line if each.line is None or not name else each.line
            found[-1] = Hop(before.holder, before.path + name, each.held, line)
        else:
            found.append(Hop(each.holder, name, each.held, each.line))
    return found


def _own_name(each: Hold) -> str:
    return "" if each.holder.kind in ("weakref", "cell") else each.name


def sentence(retention: Retention) -> str:
    """Why the target is alive, in one sentence."""
    target = retention.target
    known = target.name is not None and target.name not in ("self", target.label)
    subject = f"`{target.label}`" + (f" (`{target.name}`)" if known else "")
    way = hops(retention)[::-1]
    if not way:
        return f"{subject} is alive because of {_unexplained(retention.unexplained)}."
    clauses = [f"{way[0].text} holds it"]
    shown = way[1:] if len(way) <= MOST_HOPS else [*way[1 : MOST_HOPS - 1], way[-1]]
    for place, hop in enumerate(shown):
        clause = f"{hop.text} holds `{hop.held.label}`"
        if len(way) > MOST_HOPS and place == len(shown) - 1:
            left_out = len(way) - MOST_HOPS
            clause = f"{left_out} holder{'s' * (left_out > 1)} further up, {clause}"
        clauses.append(clause)
    return f"{subject} is alive because {_listed(clauses)}; {_root(retention, way[-1])}."


def _listed(clauses: list[str]) -> str:
    return clauses[0] if len(clauses) == 1 else ", ".join(clauses[:-1]) + ", and " + clauses[-1]


def _root(retention: Retention, hop: Hop) -> str:
    root = retention.root
    first = _first_name(hop.path)
    if is_unnamed(first):
        return end_of_unnamed(first, root.type, is_module=root.kind == "module")
    if root.kind == "module":
        place = "" if root.label == "<module>" else f" of `{root.label}`"
        return f"`{first}` is a global{place}"
    if root.kind == "frame":
        if first == "return":
            return f"`{root.label}` is about to return"
        return f"`{first}` is a local of `{root.label}`, which has not returned"
    if not retention.unexplained:
        return f"`{root.label}` is a class, which its instances keep"
    return f"`{root.label}` has {_unexplained(retention.unexplained)}"


def _unexplained(count: int) -> str:
    references = "a reference" if count == 1 else f"{count} references"
    return f"{references} from where Python does not show any: C code, or a call in progress"


def _first_name(path: str) -> str:
    for place, letter in enumerate(path):
        if letter in ".[" and place:
            return path[:place]
    return path


def why(state: State, serial: int) -> str:
    """Why an object is alive at a state, or why it is not, in one sentence."""
    if state.is_alive(serial):
        ways = retentions(state, serial, 1)
        return sentence(ways[0]) if ways else _of_island(state, serial)
    replay = state.replay
    label = f"`{replay.labels[serial]}`"
    life = replay.objects[serial]
    if replay.born[serial] > state.event:
        at = f" on line {life.born_line}" if life.born_line else ""
        return f"{label} is not born yet at this step: it is born later{at}."
    at = f" on line {life.died_line}" if life.died_line else ""
    return f"{label} is dead: it died{at} because {cause(replay, serial)}."


def _of_island(state: State, serial: int) -> str:
    subject = f"`{state.replay.labels[serial]}`"
    ring = cycle_through(graph_at(state), serial)
    if ring is None:
        return (
            f"{subject} is alive although nothing reaches it: a reference cycle holds it, "
            "and only the collector frees that."
        )
    way = Retention(thing(state, serial), tuple(hold(state, edge) for edge in ring))
    steps = [f"`{hop.path}` of `{hop.holder.label}`" for hop in hops(way)]
    more = "" if len(steps) <= MOST_HOPS else f" and {len(steps) - MOST_HOPS} more"
    return (
        f"{subject} is alive although nothing reaches it: it holds itself, by "
        f"{', '.join(steps[:MOST_HOPS])}{more}; only the collector frees such a cycle."
    )


def cycle_through(graph: Graph, node: int) -> list[int] | None:
    """Edges of a shortest cycle through an object, from it back to it; None if there is none."""
    by: dict[int, int] = {}
    todo = [node]
    for here in todo:  # grows while it is walked
        for edge in graph.out[here]:
            held = graph.held[edge]
            if held not in by:
                by[held] = edge
                todo.append(held)
        if node in by:
            break
    if node not in by:
        return None
    ring = [by[node]]
    while graph.holder[ring[-1]] != node:
        ring.append(by[graph.holder[ring[-1]]])
    return ring[::-1]
