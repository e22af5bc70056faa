"""What the recorder asks of a probe, and what a probe is told.

A recording has two halves. The *recorder* (`recorder.py`) runs the program: it
compiles the text, gives it a `__main__`, catches what it prints and how it ends,
and writes the trace's header and end. The *probe* watches: it writes the chunks
in between, the rows of who is born, who holds whom and who dies.

There are two probes behind this one interface. `native.py` is written in Python
and runs anywhere. In the browser one can stand outside the interpreter, in
JavaScript over its memory, and so be invisible; it gets the same `Program`,
keeps its own tables, and hands the same JSON text to `Program.emit`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, Literal, Protocol

from .adapters import Adapter


@dataclass(frozen=True, slots=True)
class Limits:
    """When a recording ends before the program does. The program then goes on unrecorded.

    Attributes:
        steps: executed lines.
        events: rows of the trace that carry an event.
        objects: objects that the probe looks at in one step, watched or not.
        bytes: of the trace's text; a chunk may go beyond it.
        output: characters printed; what is beyond is not in the trace, which goes on.
    """

    steps: int = 100_000
    events: int = 2_000_000
    objects: int = 200_000
    bytes: int = 200_000_000
    output: int = 1_000_000

    def reached(self, steps: int, events: int, written: int) -> str:
        """The first of the limits of so much that is reached, in words; empty if none is."""
        if steps >= self.steps:
            return f"{self.steps} executed lines"
        if events >= self.events:
            return f"{self.events} events"
        return f"{self.bytes} bytes of trace" if written >= self.bytes else ""


@dataclass(frozen=True, slots=True)
class Program:
    """What is to be watched.

    Attributes:
        code: the compiled program; its `<module>` frame is the bottom of every stack.
        namespace: the `__dict__` of the program's `__main__`.
        files: text of each file whose lines are recorded, by the name in its code.
        adapter: tells Variables, Functions, Parameters and arrays from other objects.
        limits: when to stop watching.
        emit: called as ``emit("chunk", json)`` with each chunk as it is ready.
    """

    code: CodeType
    namespace: dict[str, Any]
    files: Mapping[str, str]
    adapter: Adapter
    emit: Callable[[str, str], object]
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Watched:
    """How the watching ended.

    Attributes:
        event: the last event of the trace so far.
        limit: a sentence that says which limit ended the recording, or None.
    """

    event: int
    limit: str | None


class Probe(Protocol):
    """Watches one run of one program."""

    @property
    def name(self) -> Literal["python", "outside"]:
        """As the trace's header names it."""

    def start(self, program: Program) -> None:
        """Watch from here on. The program's first line runs next."""

    def printed(self, stream: str, text: str) -> None:
        """The program wrote `text` to "stdout" or "stderr"; also called after `stop`."""

    def rest(self) -> bool:
        """The program, or an input, has ended; what it left is watched on, for another `resume`.

        False if this probe cannot do so: it has stopped.
        """

    def resume(self, code: CodeType, text: str) -> None:
        """Watch an input of the console, a file of its own, which runs next. Only after `rest`."""

    def stop(self) -> None:
        """Watch no longer: what lives now is alive at the end."""

    def close(self) -> Watched:
        """Emit what has not been emitted. After `stop` nothing else is called."""
