"""What an array reads: whose memory, where, and how much of it there is."""

from typing import Any, NamedTuple


class Memory(NamedTuple):
    """The memory of an array.

    Attributes:
        shape: lengths of the array's axes.
        dtype: name of its elements' type.
        exporter: address that stands for who owns the memory; 0 where that is the array itself.
        start: address of what the array reads first.
        nbytes: of all the memory that its owner has.
    """

    shape: tuple[int, ...]
    dtype: str
    exporter: int
    start: int
    nbytes: int


def memory_of(array: Any) -> Memory:
    """The memory of an array of numpy's."""
    start = int(array.__array_interface__["data"][0])
    exporter, nbytes = (0, int(array.nbytes)) if array.flags.owndata else _exporter(array)
    return Memory(array.shape, str(array.dtype), exporter, start, nbytes)


def _exporter(array: Any) -> tuple[int, int]:
    """Address of whoever owns the memory, and its size in bytes."""
    base = array.base
    while isinstance(base, type(array)) and base.base is not None:
        base = base.base
    if isinstance(base, memoryview):
        base = base.obj
    try:
        with memoryview(base) as whole:
            return id(base), whole.nbytes
    except (TypeError, ValueError, BufferError):  # a C structure; a memory map that is closed
        return id(array if base is None else base), int(array.nbytes)
