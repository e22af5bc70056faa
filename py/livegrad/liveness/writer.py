"""Writes a trace: rows into tables, tables into chunks, chunks to whoever listens.

The one encoder of `trace.schema.json`; `trace.py` is the one decoder. Every
method that returns a number returns the row's place in its table.
"""

import json
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

type Emit = Callable[[str, str], object]
type Scalar = str | int | float | bool | None

FLUSH_SECONDS: Final = 0.05
"""A chunk is written when it is this old, at the next step or output."""
BURST: Final = 20
"""Outputs that may be sent at once before they, too, wait for FLUSH_SECONDS."""
CHUNK_ROWS: Final = 20_000
KNOWN_STRINGS: Final = 50_000
"""Strings whose places are remembered; one that was forgotten gets another place."""

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "files": ("name", "text"),
    "locations": ("file", "function", "line"),
    "stacks": ("location", "parent"),
    "steps": ("location", "depth", "last"),
    "objects": ("event", "kind", "type", "stack"),
    "arrays": ("object", "shape", "dtype", "buffer"),
    "buffers": ("event", "owner", "nbytes"),
    "frees": ("event", "buffer"),
    "attributes": ("event", "object", "name", "value"),
    "edges": ("event", "holder", "held", "name", "strength"),
    "drops": ("event", "edge"),
    "counts": ("event", "object", "count", "weak", "unexplained"),
    "deaths": ("event", "object", "stack", "cause", "edge", "collection"),
    "islands": ("event", "members"),
    "sinkings": ("event", "island"),
    "collections": ("event", "start", "stack", "generation", "trigger", "collected"),
    "output": ("event", "stream", "text"),
}
"""The tables of a chunk, in the order in which they name each other, with their columns."""

DELTAS: Final = frozenset(
    (table, column) for table in COLUMNS for column in COLUMNS[table] if column in ("event", "last")
)
"""Columns that count events from the value before (the first one from the chunk's start)."""


class Writer:
    """Collects rows and emits them as chunks of JSON text.

    Args:
        emit: called as ``emit("chunk", text)``.

    Attributes:
        event: number of the last event.
        written: bytes of the chunks emitted so far.
    """

    def __init__(self, emit: Emit) -> None:
        self.event = 0
        self.written = 0
        self._emit = emit
        self._rows = dict.fromkeys(COLUMNS, 0)
        self._strings: dict[str, int] = {}
        self._string_count = 0
        self._locations: dict[tuple[int, str, int], int] = {}
        self._stacks: dict[tuple[int, int], int] = {}
        self._credit = float(BURST)
        self._limit = ""
        self._open_chunk()

    def _open_chunk(self) -> None:
        self._start = self.event
        self._new_strings: list[str] = []
        self._tables: dict[str, tuple[list[Any], ...]] = {}
        self._size = 0
        self._last_output: tuple[int, str] | None = None
        self._opened = time.monotonic()

    def _row(self, table: str, *values: Any) -> int:
        columns = self._tables.get(table)
        if columns is None:
            columns = self._tables[table] = tuple([[] for _ in COLUMNS[table]])
        for column, value in zip(columns, values, strict=True):
            column.append(value)
        self._size += 1
        row = self._rows[table]
        self._rows[table] = row + 1
        return row

    def _event(self, table: str, *values: Any) -> int:
        self.event += 1
        return self._row(table, self.event, *values)

    # Tables without events -----------------------------------------------------------------

    def string(self, text: str) -> int:
        place = self._strings.get(text)
        if place is None:
            if len(self._strings) >= KNOWN_STRINGS:
                self._strings.clear()
            place = self._strings[text] = self._string_count
            self._string_count += 1
            self._new_strings.append(text)
        return place

    def file(self, name: str, text: str | None) -> int:
        return self._row("files", self.string(name), -1 if text is None else self.string(text))

    def location(self, file: int, function: str, line: int) -> int:
        key = (file, function, line)
        row = self._locations.get(key)
        if row is None:
            row = self._row("locations", file, self.string(function), line)
            self._locations[key] = row
        return row

    def stack(self, location: int, parent: int) -> int:
        key = (location, parent)
        row = self._stacks.get(key)
        if row is None:
            row = self._stacks[key] = self._row("stacks", location, parent)
        return row

    def step(self, location: int, depth: int) -> int:
        return self._row("steps", location, depth, self.event)

    def array(self, obj: int, shape: Sequence[int], dtype: str, buffer: int) -> int:
        return self._row("arrays", obj, list(shape), self.string(dtype), buffer)

    # Events ----------------------------------------------------------------------------------

    def birth(self, kind: str, type_name: str, stack: int) -> int:
        return self._event("objects", kind, self.string(type_name), stack)

    def buffer(self, owner: int, nbytes: int) -> int:
        return self._event("buffers", owner, nbytes)

    def free(self, buffer: int) -> int:
        return self._event("frees", buffer)

    def attribute(self, obj: int, name: str, value: Scalar) -> int:
        return self._event("attributes", obj, self.string(name), value)

    def edge(self, holder: int, held: int, name: str, strength: str) -> int:
        return self._event("edges", holder, held, self.string(name), strength)

    def drop(self, edge: int) -> int:
        return self._event("drops", edge)

    def count(self, obj: int, count: int, weak: int, unexplained: int) -> int:
        return self._event("counts", obj, count, weak, unexplained)

    def death(self, obj: int, stack: int, cause: str, edge: int, collection: int) -> int:
        return self._event("deaths", obj, stack, cause, edge, collection)

    def island(self, members: Sequence[int]) -> int:
        return self._event("islands", list(members))

    def sinking(self, island: int) -> int:
        return self._event("sinkings", island)

    def next_collection(self) -> int:
        """The place that the next collection will have: its deaths are written before it."""
        return self._rows["collections"]

    def collection(
        self, start: int, stack: int, generation: int, trigger: str, collected: int
    ) -> int:
        return self._event("collections", start, stack, generation, trigger, collected)

    def output(self, stream: str, text: str) -> None:
        """Text printed; one row for all that is printed to a stream with nothing in between."""
        if self._last_output == (self.event, stream):
            self._tables["output"][2][-1] += text
        else:
            self._event("output", stream, text)
            self._last_output = (self.event, stream)
        if text.endswith("\n"):
            self.flush_if_due(output=True)

    # Chunks ----------------------------------------------------------------------------------

    def flush_if_due(self, *, output: bool = False) -> None:
        """Write the chunk if it is old or large enough.

        Output does not wait, so that it appears before a long calculation begins; only
        a program that prints without end is held to one chunk every FLUSH_SECONDS.
        """
        if not self._size:
            return
        age = time.monotonic() - self._opened
        if age >= FLUSH_SECONDS or self._size >= CHUNK_ROWS:
            self._credit = min(float(BURST), self._credit + age / FLUSH_SECONDS)
            self.flush()
        elif output and self._credit >= 1:
            self._credit -= 1
            self.flush()

    def limited(self, sentence: str) -> None:
        """Write what there is, and at once which limit ended it: the program may never end."""
        self._limit = sentence
        self.flush()

    def flush(self) -> None:
        """Write what there is; nothing if there are no new rows."""
        if not self._size and not self._new_strings and not self._limit:
            return
        chunk: dict[str, Any] = {"start": self._start}
        if self._limit:
            chunk["limit"] = self._limit
            self._limit = ""
        if self._new_strings:
            chunk["strings"] = self._new_strings
        for table, columns in self._tables.items():
            chunk[table] = {
                name: self._deltas(column) if (table, name) in DELTAS else column
                for name, column in zip(COLUMNS[table], columns, strict=True)
            }
        text = json.dumps(chunk, separators=(",", ":"), allow_nan=False)
        self._open_chunk()
        self.written += len(text)  # ASCII, as json.dumps writes it
        self._emit("chunk", text)

    def _deltas(self, column: list[int]) -> list[int]:
        return [b - a for a, b in zip([self._start, *column], column, strict=False)]
