"""The memory of arrays: each piece once, whoever looks at it."""

from typing import Any, NamedTuple

from .writer import Writer


class _Piece(NamedTuple):
    """Memory that arrays read: of the array `owner`, or else of the object at `exporter`."""

    buffer: int
    owner: int
    exporter: int


class Buffers:
    """Writes which memory an array reads, and when that memory is given back.

    An array that owns its memory gives it back when it dies; views keep their base
    alive, so none is left then. Memory of an exporter that is no array (bytes, a
    memory map) counts as given back with the last array that reads it.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._of_array: dict[int, _Piece] = {}  # by serial
        self._owned: dict[int, tuple[int, int]] = {}  # serial: address of its memory, and its end
        self._readers: dict[int, int] = {}  # of a buffer that is no array's
        self._exported: dict[int, _Piece] = {}  # by address of the exporter

    def birth(self, serial: int, array: Any, base: int | None) -> None:
        """Write the rows of a new array; `base` is the array it is a view of, if any."""
        if array.flags.owndata:
            nbytes = int(array.nbytes)
            piece = _Piece(self._writer.buffer(serial, nbytes), serial, 0)
            address = _address(array)
            self._owned[serial] = (address, address + nbytes)
        else:
            piece = self._of_array.get(-1 if base is None else base) or self._of_others(array)
        if piece.owner < 0:
            self._readers[piece.buffer] += 1
        self._of_array[serial] = piece
        self._writer.array(serial, array.shape, str(array.dtype), piece.buffer)

    def death(self, serial: int) -> None:
        """An object died; if it was an array, its memory may be free."""
        piece = self._of_array.pop(serial, None)
        if piece is None:
            return
        if piece.owner == serial:
            del self._owned[serial]
            self._writer.free(piece.buffer)
        elif piece.owner < 0:
            self._readers[piece.buffer] -= 1
            if not self._readers[piece.buffer]:
                self._writer.free(piece.buffer)
                del self._readers[piece.buffer], self._exported[piece.exporter]

    def _of_others(self, array: Any) -> _Piece:
        """What an array reads that owns nothing and is no view of an array that is known.

        It may still be an array's, by way of a memoryview or of numpy's stride tricks.
        """
        address = _address(array)
        for owner, (start, end) in self._owned.items():
            if start <= address < end:
                return self._of_array[owner]
        exporter, nbytes = _exporter(array)
        known = self._exported.get(exporter)
        if known is None:
            known = _Piece(self._writer.buffer(-1, nbytes), -1, exporter)
            self._exported[exporter] = known
            self._readers[known.buffer] = 0
        return known


def _address(array: Any) -> int:
    return int(array.__array_interface__["data"][0])


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
