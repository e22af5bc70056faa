"""What is true at an event: who is alive, how often held, by whom, at what cost in memory.

The page answers the same questions in TypeScript; `tests/liveness/cases` holds
traces with questions and answers that both must give.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from ..trace import Trace, TraceError
from .unnamed import holder_without_name, is_unnamed

SHOWN: Final = frozenset({"variable", "parameter", "function", "array", "instance"})
"""Kinds of objects that are listed; the others are walked through, or are where names live."""
FOLDED: Final = frozenset({"container", "weakref"})
"""Kinds that the path to a holder walks through."""
PLACES: Final = frozenset({"frame", "module"})
"""Kinds whose edges are names."""
_OPEN: Final = 2**53

type Cause = Literal["refcount", "gc"]


@dataclass(frozen=True, slots=True)
class Object:
    """An object's whole life.

    Attributes:
        serial: row in the trace.
        label: type and number among the objects of this type, such as ``Square#4``.
        name: the first name it had, a module's before a function's; None if it had none.
        nbytes: memory that an array owns, in bytes; 0 for views and for what is no array.
        born_line: line of the program, None where that is not known.
        died_line: the same for its death; None also for what is alive at the end.
        cause: of death, None for what is alive at the end.
    """

    serial: int
    label: str
    kind: str
    type: str
    name: str | None
    nbytes: int
    born_line: int | None
    died_line: int | None
    cause: Cause | None
    died: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """One reference to an object.

    Attributes:
        edge: row in the trace.
        holder: serial of the first object on the way outwards that is not folded.
        path: from that holder: ``x``, ``inputs[0]``, ``losses[2]``.
        strength: weak also where the way leads through a weak reference.
        text: all of it as a person says it: ``inputs[0] of Square#4``.
    """

    edge: int
    holder: int
    path: str
    strength: str
    text: str


class Replay:
    """A trace indexed, so that a state is a few searches."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        strings = trace.strings
        self.kinds: list[str] = trace.column("objects", "kind")
        self.types = [strings[place] for place in trace.column("objects", "type")]
        self.born: list[int] = trace.column("objects", "event")
        self.labels: list[str] = []
        numbers: dict[str, int] = {}
        for name in self.types:
            numbers[name] = numbers.get(name, 0) + 1
            self.labels.append(f"{name}#{numbers[name]}")
        self.died = [_OPEN] * len(self.born)
        self.death: dict[int, tuple[Any, ...]] = {}
        for row in trace.rows("deaths"):
            self.died[row[1]] = row[0]
            self.death[row[1]] = row
        self.holders: list[int] = trace.column("edges", "holder")
        self.helds: list[int] = trace.column("edges", "held")
        self.names = [strings[place] for place in trace.column("edges", "name")]
        self.strengths: list[str] = trace.column("edges", "strength")
        self.made: list[int] = trace.column("edges", "event")
        self.gone = [
            min(self.died[holder], self.died[held])
            for holder, held in zip(self.holders, self.helds, strict=True)
        ]
        for event, edge in trace.rows("drops"):
            self.gone[edge] = min(self.gone[edge], event)
        self.to: list[list[int]] = [[] for _ in self.born]
        self.of: list[list[int]] = [[] for _ in self.born]
        for edge, (holder, held) in enumerate(zip(self.holders, self.helds, strict=True)):
            self.of[holder].append(edge)
            self.to[held].append(edge)
        self.ends: list[int] = trace.column("steps", "last")
        self.counts: list[list[tuple[int, int, int, int]]] = [[] for _ in self.born]
        for event, obj, *count in trace.rows("counts"):
            self.counts[obj].append((event, *count))
        self.arguments: dict[int, list[str]] = {}
        for _, obj, name, value in trace.rows("attributes"):
            if strings[name] == "arguments" and self.kinds[obj] == "frame":
                self.arguments[obj] = str(value).split(",")
        self.freed = [_OPEN] * trace.length("buffers")
        for event, buffer in trace.rows("frees"):
            self.freed[buffer] = event
        self.nbytes: dict[int, int] = {}
        buffers = list(trace.rows("buffers"))
        self.shapes: dict[int, list[int]] = {}
        for obj, shape, _, buffer in trace.rows("arrays"):
            self.shapes[obj] = shape
            if buffer >= 0 and buffers[buffer][1] == obj:
                self.nbytes[obj] = buffers[buffer][2]
        self.sunk = [_OPEN] * trace.length("islands")
        for event, island in trace.rows("sinkings"):
            self.sunk[island] = event

    def line(self, stack: int) -> int | None:
        """The innermost line of the program's own file in a stack."""
        while stack >= 0:
            line = self.own_line(self.trace.column("stacks", "location")[stack])
            if line is not None:
                return line
            stack = self.trace.column("stacks", "parent")[stack]
        return None

    def holds_at(self, edge: int, event: int) -> bool:
        """Whether a reference is there at an event."""
        return self.made[edge] <= event < self.gone[edge]

    def step(self, event: int) -> int:
        """The step in which an event happened; the number of steps if it came after them."""
        return bisect_left(self.ends, event)

    def line_at(self, event: int) -> int | None:
        """The line that was executed at an event, if it is one of the program's own file."""
        step = self.step(event)
        if step == len(self.ends):
            return None
        location = self.trace.column("steps", "location")[step]
        return self.own_line(location)

    def own_line(self, location: int) -> int | None:
        """The line of a location, if it is one of the program's own file."""
        trace = self.trace
        file = trace.column("files", "name")[trace.column("locations", "file")[location]]
        if trace.strings[file] != trace.header["main"]:
            return None
        line: int = trace.column("locations", "line")[location]
        return line

    @cached_property
    def objects(self) -> list[Object]:
        """Every object of the trace, in order of birth."""
        stacks = self.trace.column("objects", "stack")
        found = []
        for serial, kind in enumerate(self.kinds):
            death = self.death.get(serial)
            cause: Cause | None = None
            if death is not None:
                cause = "gc" if death[3] == "collector" else "refcount"
            found.append(
                Object(
                    serial,
                    self.labels[serial],
                    kind,
                    self.types[serial],
                    self.name(serial),
                    self.nbytes.get(serial, 0),
                    self.line(stacks[serial]),
                    None if death is None else self.line(death[2]),
                    cause,
                    death is not None,
                )
            )
        return found

    def name(self, serial: int) -> str | None:
        """The first name that the object had in the module, else in a function."""
        first: dict[str, str] = {}
        for edge in self.to[serial]:
            kind = self.kinds[self.holders[edge]]
            if (
                kind in PLACES
                and self.strengths[edge] != "weak"
                and not is_unnamed(self.names[edge])
            ):
                first.setdefault(kind, self.names[edge])
        return first.get("module", first.get("frame"))


class State:
    """What is true after an event.

    Attributes:
        replay: the trace's index.
        event: the last one that has happened.
        alive: serials of the objects that live.
        nbytes: memory of all buffers, each once, in bytes.
        islands: serials of objects that live and that no root reaches, by island.
    """

    def __init__(self, replay: Replay, event: int) -> None:
        self.replay = replay
        self.event = event
        self.alive = [
            serial for serial, born in enumerate(replay.born) if born <= event < replay.died[serial]
        ]

    def is_alive(self, serial: int) -> bool:
        return self.replay.born[serial] <= self.event < self.replay.died[serial]

    @cached_property
    def nbytes(self) -> int:
        replay = self.replay
        return sum(
            nbytes
            for buffer, (event, _, nbytes) in enumerate(replay.trace.rows("buffers"))
            if event <= self.event < replay.freed[buffer]
        )

    @cached_property
    def islands(self) -> list[list[int]]:
        return [
            [serial for serial in members if self.is_alive(serial)]
            for island, (event, members) in enumerate(self.replay.trace.rows("islands"))
            if event <= self.event < self.replay.sunk[island]
        ]

    def counts(self, serial: int) -> tuple[int, int, int]:
        """Reference count, weak references, unexplained references; zeros for the dead."""
        rows = self.replay.counts[serial]
        place = bisect_right(rows, self.event, key=lambda row: row[0])
        if not place or not self.is_alive(serial):
            return 0, 0, 0
        return rows[place - 1][1:]

    def edges(self, serial: int) -> list[int]:
        """Rows of the references to an object."""
        replay = self.replay
        return [edge for edge in replay.to[serial] if replay.holds_at(edge, self.event)]

    def holders(self, serial: int) -> list[Holder]:
        """Who holds the object: strong references first, then borrowed, then weak."""
        rank = {"strong": 0, "borrowed": 1, "weak": 2}
        found = [self._holder(edge) for edge in self.edges(serial)]
        return sorted(found, key=lambda holder: (rank[holder.strength], holder.edge))

    def _holder(self, edge: int) -> Holder:
        """Walk outwards; a container with several holders is told by its first."""
        replay = self.replay
        here = replay.holders[edge]
        path = self._own_name(edge)
        strength = replay.strengths[edge]
        seen = {here}
        while replay.kinds[here] in FOLDED:
            ways = [way for way in self.edges(here) if replay.holders[way] not in seen]
            if not ways:
                break
            path = self._own_name(ways[0]) + path
            if replay.strengths[ways[0]] == "weak":
                strength = "weak"
            here = replay.holders[ways[0]]
            seen.add(here)
        return Holder(edge, here, path, strength, self._text(here, path))

    def _own_name(self, edge: int) -> str:
        """A weak reference object is known by its holder's name; its own adds nothing."""
        replay = self.replay
        return "" if replay.kinds[replay.holders[edge]] == "weakref" else replay.names[edge]

    def _text(self, holder: int, path: str) -> str:
        replay = self.replay
        place = replay.types[holder]
        if replay.kinds[holder] in PLACES:
            unnamed = holder_without_name(path, place)
            if unnamed is not None:
                return unnamed.replace("`", "")
        if replay.kinds[holder] == "module":
            return f"name {path} in {place}" if path.isidentifier() else f"{path} in {place}"
        if replay.kinds[holder] == "frame":
            if path in replay.arguments.get(holder, ()):
                return f"argument {path} of {place}"
            if path == "return":
                return f"return value of {place}"
            return f"local {path} of {place}" if path.isidentifier() else f"{path} in {place}"
        if not path or path.startswith("?"):  # no name is known: a cache's entry
            return replay.labels[holder]
        return f"{path} of {replay.labels[holder]}"


def objects(trace: Trace, *, all_kinds: bool = False) -> list[Object]:
    """The objects of a trace in order of birth; without `all_kinds` those a person asks for."""
    return [each for each in replay(trace).objects if all_kinds or each.kind in SHOWN]


def state(trace: Trace, step: int) -> State:
    """The state at the end of a step, counted from 0.

    Raises:
        TraceError: the trace has no such step.
    """
    last = trace.column("steps", "last")
    if not 0 <= step < len(last):
        raise TraceError(
            f"This trace has {len(last)} steps and none with number {step}: "
            f"give one from 0 to {len(last) - 1}."
        )
    return state_at(trace, last[step])


def state_at(trace: Trace, event: int) -> State:
    """The state after an event."""
    return State(replay(trace), event)


def replay(trace: Trace) -> Replay:
    """The trace's index, made once."""
    found = trace.__dict__.get("_replay")
    if found is None:
        found = trace.__dict__["_replay"] = Replay(trace)
    assert isinstance(found, Replay)
    return found
