"""The addresses of a list's items, as bytes: two lists hold the same objects if these are equal.

To know whether anything changed, the recorder compares what each object holds with what it
held before. Numbers from `id` would be made and compared one by one; a list's own storage is
those addresses already, and is copied at the speed of memory. Where that storage is not
where it is expected (tried once, below) the numbers it is.
"""

import struct
from collections.abc import Callable, Iterable
from typing import Any, Final

WORD: Final = struct.calcsize("P")


def pack(addresses: Iterable[int]) -> bytes:
    """Addresses as a list's storage has them."""
    words = tuple(addresses)
    return struct.pack(f"{len(words)}P", *words)


def words_of(packed: bytes) -> "memoryview[int]":
    """The addresses in what `pack` has made."""
    return memoryview(packed).cast("P")


def common_prefix(one: bytes, other: bytes) -> int:
    """How many words two packed lists have in common at their beginning."""
    low, high = 0, min(len(one), len(other)) // WORD
    while low < high:
        middle = (low + high + 1) // 2
        if one[low * WORD : middle * WORD] == other[low * WORD : middle * WORD]:
            low = middle
        else:
            high = middle - 1
    return low


def common_suffix(one: bytes, other: bytes) -> int:
    """How many words two packed lists have in common at their end."""
    low, high = 0, min(len(one), len(other)) // WORD
    while low < high:
        middle = (low + high + 1) // 2
        if one[-middle * WORD :] == other[-middle * WORD :]:
            low = middle
        else:
            high = middle - 1
    return low


def _by_id(items: list[Any]) -> bytes:
    return pack(map(id, items))


def _all_memory() -> "memoryview[int] | None":
    """The process's memory from `BASE` on as bytes; None where addresses are of less than 64 bits,
    which a view may be too short for, and where ctypes is missing."""
    try:
        import ctypes
    except ImportError:
        return None
    if WORD < 8:
        return None
    return memoryview((ctypes.c_char * (1 << 56)).from_address(BASE)).cast("B")


BASE: Final = 4096
"""Address of the first byte of `MEMORY`: no object is below."""
MEMORY: Final = _all_memory()


def _by_storage() -> Callable[[list[Any]], bytes]:
    if MEMORY is None:
        return _by_id
    memory, words = MEMORY, MEMORY.cast("q")
    storage = 3 * WORD - BASE  # behind reference count, class and length

    def addresses(items: list[Any]) -> bytes:
        if not items:
            return b""
        start = words[(id(items) + storage) // WORD] - BASE
        return memory[start : start + len(items) * WORD].tobytes()

    sample: list[Any] = [object(), "", None, object()]
    length = words[(id(sample) + storage) // WORD - 1]
    return addresses if length == len(sample) and addresses(sample) == _by_id(sample) else _by_id


addresses_of: Final = _by_storage()
"""Addresses of the items of a list (of exactly that type), packed."""


def identity_of(items: list[Any]) -> bytes:
    """Addresses and classes: another object at the same address has another class, mostly."""
    return addresses_of(items) + addresses_of([*map(type, items)])
