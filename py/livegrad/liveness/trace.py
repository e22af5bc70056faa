"""A trace in memory: read, checked, written again.

The format is `trace.schema.json`. Nothing in a file is taken on trust: every
column is checked before it is used, and what is wrong raises a TraceError of one
sentence. What can be asked of a trace is in `analysis.py`.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from .writer import COLUMNS, DELTAS

if TYPE_CHECKING:
    from . import analysis

FORMAT: Final = "livegrad-trace"
VERSION: Final = 1

KINDS: Final = frozenset(
    ("variable", "parameter", "function", "array", "instance", "container", "closure")
) | frozenset(("method", "cell", "frame", "module", "generator", "exception", "weakref", "other"))
CAUSES: Final = frozenset(
    ["rebound", "attribute", "item", "frame", "holder", "temporary", "count", "collector"]
)
_WORDS: Final = {
    ("objects", "kind"): KINDS,
    ("deaths", "cause"): CAUSES,
    ("edges", "strength"): frozenset({"strong", "weak", "borrowed"}),
    ("collections", "trigger"): frozenset({"call", "automatic"}),
    ("output", "stream"): frozenset({"stdout", "stderr"}),
}
_PLACES: Final = {  # (table, column): the table it points into, and the lowest value
    ("files", "name"): ("strings", 0),
    ("files", "text"): ("strings", -1),
    ("locations", "file"): ("files", 0),
    ("locations", "function"): ("strings", 0),
    ("stacks", "location"): ("locations", 0),
    ("stacks", "parent"): ("stacks", -1),
    ("steps", "location"): ("locations", 0),
    ("objects", "type"): ("strings", 0),
    ("objects", "stack"): ("stacks", -1),
    ("arrays", "object"): ("objects", 0),
    ("arrays", "dtype"): ("strings", 0),
    ("arrays", "buffer"): ("buffers", -1),
    ("buffers", "owner"): ("objects", -1),
    ("frees", "buffer"): ("buffers", 0),
    ("attributes", "object"): ("objects", 0),
    ("attributes", "name"): ("strings", 0),
    ("edges", "holder"): ("objects", 0),
    ("edges", "held"): ("objects", 0),
    ("edges", "name"): ("strings", 0),
    ("drops", "edge"): ("edges", 0),
    ("counts", "object"): ("objects", 0),
    ("deaths", "object"): ("objects", 0),
    ("deaths", "stack"): ("stacks", -1),
    ("deaths", "edge"): ("edges", -1),
    ("deaths", "collection"): ("collections", -1),
    ("sinkings", "island"): ("islands", 0),
    ("collections", "stack"): ("stacks", -1),
}
_LOWEST: Final = {("counts", "unexplained"): -1}
_ENDS: Final = frozenset({"finished", "failed", "exited", "stopped"})
_LARGEST: Final = 2**53 - 1
_DEEPEST: Final = 10
_TEXTS: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKETS: Final = re.compile(r"[\[\]{}]")
_REMEDY: Final = "record the program again"
BEGINNING: Final = f'{{"format":"{FORMAT}","version":{VERSION},'
"""Of the text of a trace that `trace_file.py` writes."""


type Tell = Callable[[int, int], object]


class Step(NamedTuple):
    """An executed line: its number, function, frames of the program below, and last event."""

    line: int
    function: str
    depth: int
    last: int


class TraceError(ValueError):
    """What was read is not a trace, or is damaged. The message is one sentence."""


def _none(why: str) -> TraceError:
    return TraceError(
        f"This is not a Livegrad trace: {why}; give a file that `record` has written."
    )


def _fail(what: str) -> TraceError:
    return TraceError(f"The trace is damaged: {what}; {_REMEDY}.")


class Trace:
    """A recording. Its tables are lists by column, over all chunks, with absolute events.

    Args:
        data: what `trace.schema.json` describes, as `json` reads it.
        tell: called with how many chunks are checked, and of how many.

    Attributes:
        header: what ran, and who recorded it.
        end: how it ended.
        strings: the table of strings.

    Raises:
        TraceError: data is no trace, or anything in it is out of place.
    """

    def __init__(self, data: Any, tell: Tell | None = None) -> None:
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise TraceError("This is not a Livegrad trace: give a file that `record` has written.")
        if data.get("version") != VERSION or isinstance(data["version"], bool):
            raise TraceError(
                f"This trace has version {data.get('version')!r:.40} and this Livegrad reads "
                f"version {VERSION}: {_REMEDY}."
            )
        if set(data) != {"format", "version", "header", "chunks", "end"}:
            raise _fail("it must have a header, chunks and an end, and nothing else")
        self.data: dict[str, Any] = data
        self.header = _header(data["header"])
        self.end = _end(data["end"])
        self.strings: list[str] = []
        self._tables: dict[str, dict[str, list[Any]]] = {
            table: {column: [] for column in columns} for table, columns in COLUMNS.items()
        }
        if not isinstance(data["chunks"], list):
            raise _fail("chunks is not a list")
        last = 0
        for done, chunk in enumerate(data["chunks"]):
            if tell is not None:
                tell(done, len(data["chunks"]))
            last = self._append(chunk, last)
        if self.end["event"] < last:
            raise _fail("it has events after its last one")
        self._check_intervals()

    # Reading and writing -------------------------------------------------------------------

    @classmethod
    def load(cls, source: "str | os.PathLike[str] | IO[str]", tell: Tell | None = None) -> "Trace":
        """Read a trace from a path, an open file, or a text that begins with ``{``.

        Raises:
            TraceError: it is no trace, or is damaged.
            OSError: the file cannot be read.
        """
        try:
            text = _text_of(source)
        except UnicodeDecodeError:
            raise _none("it is not text") from None
        try:
            _check_nesting(text)
            data = json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            if text.startswith(BEGINNING):
                raise TraceError(
                    "The trace breaks off: the program's process was ended before the recording, "
                    f"or the file was cut; {_REMEDY}."
                ) from None
            raise _none("it is not JSON") from None
        return cls(data, tell)

    def dump(self, target: "str | os.PathLike[str] | IO[str]") -> None:
        """Write the trace to a path or an open file."""
        if isinstance(target, str | os.PathLike):
            with open(target, "w", encoding="utf-8") as file:
                json.dump(self.data, file, separators=(",", ":"))
        else:
            json.dump(self.data, target, separators=(",", ":"))

    # Questions (analysis.py has the answers) -----------------------------------------------

    @property
    def steps(self) -> "list[Step]":
        """The executed lines, in the order in which they ended."""
        lines = self.column("locations", "line")
        functions = self.column("locations", "function")
        return [
            Step(lines[location], self.strings[functions[location]], depth, last)
            for location, depth, last in self.rows("steps")
        ]

    def state(self, step: int) -> "analysis.State":
        """What is true at the end of a step, counted from 0; TraceError if there is none."""
        from . import analysis

        return analysis.state(self, step)

    def objects(self, *, all_kinds: bool = False) -> "list[analysis.Object]":
        """The objects in order of birth: variables, functions, arrays, instances; or all."""
        from . import analysis

        return analysis.objects(self, all_kinds=all_kinds)

    # Tables --------------------------------------------------------------------------------

    def column(self, table: str, column: str) -> list[Any]:
        """A column over all chunks, with absolute events; strings still by their place."""
        return self._tables[table][column]

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table, each with its columns in the order of `writer.COLUMNS`."""
        return zip(*self._tables[table].values(), strict=True)

    def length(self, table: str) -> int:
        return len(self.strings) if table == "strings" else len(self._first(table))

    def _first(self, table: str) -> list[Any]:
        return self._tables[table][COLUMNS[table][0]]

    # Checks --------------------------------------------------------------------------------

    def _append(self, chunk: Any, last: int) -> int:
        """Append a chunk's rows; the last event in it."""
        if not isinstance(chunk, dict) or not set(chunk) <= {"start", "limit", "strings", *COLUMNS}:
            raise _fail("a chunk has tables that are not known")
        start = chunk.get("start")
        if not isinstance(start, int) or not _natural(start) or start < last:
            raise _fail("a chunk does not start where the one before it ended")
        if not isinstance(chunk.get("limit", ""), str):
            raise _fail("a chunk has a limit that is not text")
        strings = chunk.get("strings", [])
        if not isinstance(strings, list) or not all(isinstance(text, str) for text in strings):
            raise _fail("strings are not all text")
        self.strings += strings
        before = {table: self.length(table) for table in COLUMNS}
        for table, columns in COLUMNS.items():
            if table in chunk:
                self._append_table(table, columns, chunk[table], start)
        for table in COLUMNS:
            if table in chunk:
                last = max(last, self._check_table(table, before[table]))
        return max(last, start)

    def _append_table(self, table: str, columns: tuple[str, ...], rows: Any, start: int) -> None:
        if not isinstance(rows, dict) or set(rows) != set(columns):
            raise _fail(f"{table} must have the columns {', '.join(columns)}")
        lengths = {len(rows[c]) if isinstance(rows[c], list) else -1 for c in columns}
        if len(lengths) != 1 or -1 in lengths:
            raise _fail(f"the columns of {table} are not lists of equal length")
        for column in columns:
            values = rows[column]
            if (table, column) in DELTAS:
                values = _absolute(f"{table}.{column}", values, start, table == "steps")
            self._tables[table][column] += values

    def _check_table(self, table: str, first: int) -> int:
        """Check the rows from `first` on; the last event in them."""
        last = 0
        for column, values in self._tables[table].items():
            new = values[first:]
            key = (table, column)
            what = f"{table}.{column}"
            if key in DELTAS:
                last = new[-1] if new else 0
            elif key in _WORDS:
                if not all(isinstance(word, str) and word in _WORDS[key] for word in new):
                    raise _fail(f"{what} has a word that is not known")
            elif key in _PLACES:
                into, lowest = _PLACES[key]
                _check_whole(what, new, lowest, self.length(into))
            elif what == "arrays.shape":
                for shape in new:
                    if not isinstance(shape, list) or len(shape) > 64:
                        raise _fail("arrays.shape is not a list of at most 64 lengths")
                    _check_whole(what, shape, 0, _LARGEST)
            elif what == "islands.members":
                for members in new:
                    if not isinstance(members, list):
                        raise _fail("islands.members is not a list of objects")
                    _check_whole(what, members, 0, self.length("objects"))
            elif what == "attributes.value":
                if not all(value is None or isinstance(value, _SCALARS) for value in new):
                    raise _fail("attributes.value is not a small value")
            elif what == "output.text":
                if not all(isinstance(text, str) for text in new):
                    raise _fail("output.text is not text")
            else:
                _check_whole(what, new, _LOWEST.get(key, 0), _LARGEST)
        if table == "stacks":
            parents = self.column("stacks", "parent")
            if any(parents[row] >= row for row in range(first, len(parents))):
                raise _fail("a stack stands before its caller's")
        return last

    def _check_intervals(self) -> None:
        """What ends must have begun, and ends once."""
        born = self.column("objects", "event")
        for table, column, begins in (
            ("deaths", "object", born),
            ("frees", "buffer", self.column("buffers", "event")),
            ("drops", "edge", self.column("edges", "event")),
            ("sinkings", "island", self.column("islands", "event")),
        ):
            ended: set[int] = set()
            for event, place in zip(
                self.column(table, "event"), self.column(table, column), strict=True
            ):
                if place in ended or event <= begins[place]:
                    raise _fail(f"{table}.{column} ends something twice or before it began")
                ended.add(place)
        for table, columns in (("edges", ("holder", "held")), ("counts", ("object",))):
            for column in columns:
                for event, place in zip(
                    self.column(table, "event"), self.column(table, column), strict=True
                ):
                    if event <= born[place]:
                        raise _fail(f"{table}.{column} names an object that is not born yet")
        arrays = self.column("arrays", "object")
        if len(set(arrays)) != len(arrays):
            raise _fail("an array is described twice")


_SCALARS: Final = (str, int, float, bool)


def _text_of(source: "str | os.PathLike[str] | IO[str]") -> str:
    if isinstance(source, str) and source.lstrip()[:1] == "{":
        return source
    if isinstance(source, str | os.PathLike):
        with open(source, encoding="utf-8") as file:
            return file.read()
    return source.read()


def _check_nesting(text: str) -> None:
    """Refuse deep nesting: `json` recurses in C, and in WebAssembly that ends the interpreter."""
    depth = 0
    for bracket in _BRACKETS.findall(_TEXTS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _natural(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _check_whole(what: str, values: list[Any], lowest: int, limit: int) -> None:
    for value in values:
        if type(value) is not int or not lowest <= value < limit:
            raise _fail(f"{what} is {value!r:.40} and must be from {lowest} to {limit - 1}")


def _absolute(what: str, deltas: list[Any], start: int, may_rest: bool) -> list[int]:
    """Delta-coded events to absolute ones. Each row is an event of its own, except steps."""
    event = start
    events: list[int] = []
    for delta in deltas:
        if not _natural(delta) or (not delta and not may_rest):
            raise _fail(f"{what} has a difference of {delta!r:.40}")
        event += delta
        events.append(event)
    if event > _LARGEST:
        raise _fail(f"{what} has events that are too large")
    return events


def _header(header: Any) -> dict[str, Any]:
    texts = ("python", "platform", "main")
    if (
        not isinstance(header, dict)
        or set(header) != {*texts, "numpy", "probe", "outputs"}
        or not all(isinstance(header[name], str) for name in texts)
        or not isinstance(header["numpy"], str | None)
        or header["probe"] not in ("python", "outside")
        or header["outputs"] not in ("weak", "strong")
    ):
        raise _fail("its header is not as it must be")
    return header


def _end(end: Any) -> dict[str, Any]:
    texts = ("message", "traceback", "limit")
    if (
        not isinstance(end, dict)
        or set(end) != {*texts, "status", "event", "line"}
        or not isinstance(end["status"], str)
        or end["status"] not in _ENDS
        or not _natural(end["event"])
        or not all(isinstance(end[name], str | None) for name in texts)
        or not (end["line"] is None or type(end["line"]) is int)
    ):
        raise _fail("its end is not as it must be")
    return end
