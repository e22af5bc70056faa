"""The memory of arrays: each piece once, whoever looks at it."""

from typing import Any

from .writer import Writer


class Buffers:
    """Writes which memory an array reads, and when that memory is given back.

    An array that owns its memory gives it back when it dies; views keep their base
    alive, so none is left then. Memory of an exporter that is no array (bytes, a
    memory map) counts as given back with the last array that reads it.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._of_array: dict[int, tuple[int, int | None]] = {}  # serial: buffer, exporter
        self._owned: dict[int, int] = {}
        self._exported: dict[int, list[int]] = {}  # address of exporter: buffer, readers

    def birth(self, serial: int, array: Any, base: int | None) -> None:
        """Write the rows of a new array; `base` is the array it is a view of, if any."""
        exporter: int | None = None
        if array.flags.owndata:
            buffer = self._owned[serial] = self._writer.buffer(serial, int(array.nbytes))
        elif base is not None and base in self._of_array:
            buffer, exporter = self._of_array[base]
            if exporter is not None:
                self._exported[exporter][1] += 1
        else:
            exporter, nbytes = _exporter(array)
            shared = self._exported.get(exporter)
            if shared is None:
                shared = self._exported[exporter] = [self._writer.buffer(-1, nbytes), 0]
            shared[1] += 1
            buffer = shared[0]
        self._of_array[serial] = (buffer, exporter)
        self._writer.array(serial, array.shape, str(array.dtype), buffer)

    def death(self, serial: int) -> None:
        """An object died; if it was an array, its memory may be free."""
        known = self._of_array.pop(serial, None)
        if known is None:
            return
        buffer, exporter = known
        if serial in self._owned:
            self._writer.free(self._owned.pop(serial))
        elif exporter is not None:
            shared = self._exported[exporter]
            shared[1] -= 1
            if not shared[1]:
                self._writer.free(buffer)
                del self._exported[exporter]


def _exporter(array: Any) -> tuple[int, int]:
    """Address of whoever owns the memory, and its size in bytes."""
    base = array.base
    while isinstance(base, type(array)) and base.base is not None:
        base = base.base
    if isinstance(base, memoryview):
        nbytes = base.nbytes
        return id(base.obj), nbytes
    if isinstance(base, bytes | bytearray):
        return id(base), len(base)
    return id(array if base is None else base), int(array.nbytes)
