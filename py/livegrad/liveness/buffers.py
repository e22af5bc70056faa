"""The memory of arrays: each piece once, whoever looks at it."""

from typing import NamedTuple

from .memory import Memory
from .writer import Writer


class _Piece(NamedTuple):
    """Memory that arrays read: of the array `owner`, or else of the object at `exporter`."""

    buffer: int
    owner: int
    exporter: int
    start: int
    end: int


class Buffers:
    """Writes which memory an array reads, and when that memory is given back.

    An array that owns its memory gives it back when it dies; views keep their base
    alive, so none is left then. Memory of an exporter that is no array (bytes, a
    memory map, a tensor's storage) counts as given back with the last array that reads it.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._of_array: dict[int, _Piece] = {}  # by serial
        self._pieces: dict[int, _Piece] = {}  # by buffer
        self._exported: dict[int, _Piece] = {}  # by address of the exporter
        self._readers: dict[int, int] = {}  # of a buffer that is no array's

    def birth(self, serial: int, memory: Memory, base: int | None) -> None:
        """Write the rows of a new array; `base` is the array it is a view of, if any."""
        if not memory.exporter:
            piece = self._new(memory, serial)
        else:
            known = self._of_array.get(-1 if base is None else base)
            piece = known or self._exported.get(memory.exporter) or self._of_others(memory)
        if piece.owner < 0:
            self._readers[piece.buffer] += 1
        self._of_array[serial] = piece
        self._writer.array(serial, memory.shape, memory.dtype, piece.buffer)

    def death(self, serial: int) -> None:
        """An object died; if it was an array, its memory may be free."""
        piece = self._of_array.pop(serial, None)
        if piece is None:
            return
        if piece.owner < 0:
            self._readers[piece.buffer] -= 1
            if self._readers[piece.buffer]:
                return
            del self._readers[piece.buffer], self._exported[piece.exporter]
        elif piece.owner != serial:
            return
        del self._pieces[piece.buffer]
        self._writer.free(piece.buffer)

    def _of_others(self, memory: Memory) -> _Piece:
        """What an array reads that owns nothing and is no view of an array that is known.

        It may still be an array's, by way of a memoryview, of numpy's stride tricks, of a tensor.
        """
        for piece in self._pieces.values():
            if piece.start <= memory.start < piece.end:
                return piece
        piece = self._exported[memory.exporter] = self._new(memory, -1)
        self._readers[piece.buffer] = 0
        return piece

    def _new(self, memory: Memory, owner: int) -> _Piece:
        buffer = self._writer.buffer(owner, memory.nbytes)
        end = memory.start + memory.nbytes
        piece = _Piece(buffer, owner, memory.exporter, memory.start, end)
        self._pieces[buffer] = piece
        return piece
