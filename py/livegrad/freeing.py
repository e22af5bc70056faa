"""Graphs of any depth are freed without recursion.

A Variable owns its creator, a Function owns its inputs, and so a graph dies like a row of
dominoes, each death inside the one before it, in C. A few hundred links of that overflow
WebAssembly's stack, and the interpreter with it.

So no such row is longer than `SPAN` generations. Generations are counted in blocks of `SPAN`;
where an edge leads from one block into another, the Function holds its inputs in a `Cut` in place
of a plain tuple. A dying `Cut` moves what it holds to one list, which a flat loop empties.

A `Cut` where `generation % SPAN == 0` would not do: an edge may skip the multiples. A `__del__` on
every Function would do, and costs a fifth of the engine's speed. A subclass of tuple cannot let go
of its items before its own end, and a weak reference's callback comes too late to save them.
"""

from typing import Any

SHIFT = 6
SPAN = 1 << SHIFT
IN_BLOCK = SPAN - 1

_dying: list[Any] = []
_draining = False


class Cut(list[Any]):
    """The inputs of a Function where the graph crosses into another block of generations."""

    __slots__ = ()

    def __del__(self) -> None:
        global _draining
        _dying.extend(self)
        self.clear()
        if _draining:  # this death happens inside the loop below, a few frames up
            return
        _draining = True
        try:
            while _dying:
                _dying.pop()
        finally:
            _draining = False


def holding(inputs: tuple[Any, ...]) -> tuple[int, Any]:
    """The generation of what is computed from these, and what the Function holds them by.

    That is a tuple, the only one itself, or a `Cut`.
    """
    generation = 0
    for x in inputs:
        if x.generation > generation:
            generation = x.generation
    generation += 1
    if generation > IN_BLOCK:  # else there is no other block
        block = generation >> SHIFT
        for x in inputs:
            if x.generation >> SHIFT != block and x.creator is not None:
                return generation, Cut(inputs)
    return generation, inputs[0] if len(inputs) == 1 else inputs
