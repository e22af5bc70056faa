"""A recording of any size, of a training loop that keeps its losses.

    python tests/bench/page/long_trace.py trace.json [--objects 100000] [--keep-all]

It is written row by row as the recorder would, ten events an object, so that the page can be
measured on recordings that would take minutes to make.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from livegrad.liveness.writer import Writer

SOURCE = """losses = []
for i in range(passes):
    x = Variable(batch())
    loss = square(square(square(x)))
    loss.backward()
    losses.append(loss)
"""
DRAWN = 15
"""Variables, Functions and arrays of one pass."""


class Loop:
    """Writes the passes; every third loss is kept, with its array, or every graph."""

    def __init__(self, write: Writer, keep_all: bool) -> None:
        self.write = write
        self.keep_all = keep_all
        main = write.file("main.py", SOURCE)
        lines = range(1, 7)
        self.lines = {n: write.location(main, "<module>", n) for n in lines}
        self.stacks = {n: write.stack(self.lines[n], -1) for n in lines}
        self.module = write.birth("module", "<module>", -1)
        self.names: dict[str, int] = {}
        self.list = self.born("container", "list", 1)
        self.bind("losses", self.list)
        write.step(self.lines[1], 0)

    def born(self, kind: str, type_name: str, line: int) -> int:
        return self.write.birth(kind, type_name, self.stacks[line])

    def bind(self, name: str, target: int) -> None:
        if name in self.names:
            self.write.drop(self.names[name])
        self.names[name] = self.write.edge(self.module, target, name, "strong")

    def array(self, line: int) -> tuple[int, int]:
        array = self.born("array", "ndarray", line)
        buffer = self.write.buffer(array, 8000)
        self.write.array(array, (1000, 1), "float64", buffer)
        return array, buffer

    def variable(self, line: int) -> tuple[int, int, int, int]:
        """A Variable with its array: both, the buffer, and the edge between them."""
        array, buffer = self.array(line)
        variable = self.born("variable", "Variable", line)
        data = self.write.edge(variable, array, "data", "strong")
        self.write.count(array, 1, 0, 0)
        return variable, array, buffer, data

    def run(self, i: int) -> None:
        w = self.write
        w.step(self.lines[2], 0)
        parts = [self.variable(3)]
        self.bind("x", parts[0][0])
        w.count(parts[0][0], 1, 0, 0)
        w.step(self.lines[3], 0)
        between: list[tuple[int, int]] = []
        for _ in range(3):
            function = self.born("function", "Square", 4)
            inputs = self.born("container", "tuple", 4)
            held = w.edge(function, inputs, "inputs", "strong")
            w.edge(inputs, parts[-1][0], "[0]", "strong")
            w.count(parts[-1][0], 2, 0, 0)
            parts.append(self.variable(4))
            w.edge(parts[-1][0], function, "creator", "strong")
            w.count(function, 1, 0, 0)
            for count in range(2, 25):  # what passing it around does to a count
                w.count(parts[-1][0], count, 0, 0)
            between += [(function, -1), (inputs, held)]
        self.bind("loss", parts[-1][0])
        w.step(self.lines[4], 0)
        gradients = [self.array(5) for _ in range(3)]
        for (variable, *_), (array, _) in zip(parts, gradients, strict=False):
            w.edge(variable, array, "grad", "strong")
            w.count(array, 1, 0, 0)
        w.step(self.lines[5], 0)
        keep = i % 3 == 0 or self.keep_all
        if keep:
            w.edge(self.list, parts[-1][0], f"[{i if self.keep_all else i // 3}]", "strong")
        if self.keep_all:
            w.step(self.lines[6], 0)
            return
        for (variable, array, buffer, data), *_ in zip(parts[: -1 if keep else None]):
            w.death(variable, self.stacks[6], "holder", -1, -1)
            w.death(array, self.stacks[6], "holder", data, -1)
            w.free(buffer)
        for thing, edge in between:
            w.death(thing, self.stacks[6], "holder", edge, -1)
        for array, buffer in gradients:
            w.death(array, self.stacks[6], "holder", -1, -1)
            w.free(buffer)
        w.step(self.lines[6], 0)


def parts(objects: int, keep_all: bool = False) -> Iterator[tuple[str, str]]:
    """The recording in parts, as `record` emits them, with so many objects that are drawn."""
    header = {"python": "3.14.2", "numpy": "2.4.3", "platform": "synthetic", "probe": "python",
              "outputs": "weak", "main": "main.py"}  # fmt: skip
    yield "header", json.dumps(header)
    ready: list[tuple[str, str]] = []
    write = Writer(lambda part, text: ready.append((part, text)))
    loop = Loop(write, keep_all)
    for i in range(max(1, objects // DRAWN)):
        loop.run(i)
        write.flush_if_due()
        yield from ready
        ready.clear()
    write.flush()
    yield from ready
    end: dict[str, Any] = dict.fromkeys(("message", "traceback", "line", "limit"))
    yield "end", json.dumps({"status": "finished", "event": write.event, **end})


def trace(objects: int, keep_all: bool = False) -> str:
    """The whole recording as the file that `record` writes."""
    made: dict[str, list[str]] = {"header": [], "chunk": [], "end": []}
    for part, text in parts(objects, keep_all):
        made[part].append(text)
    return (
        f'{{"format":"livegrad-trace","version":1,"header":{made["header"][0]},'
        f'"chunks":[{",".join(made["chunk"])}],"end":{made["end"][0]}}}'
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("file", type=Path)
    options.add_argument("--objects", type=int, default=100_000)
    options.add_argument("--keep-all", action="store_true", help="nothing ever dies")
    chosen = options.parse_args()
    chosen.file.write_text(trace(chosen.objects, chosen.keep_all), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
