"""Objects found again among all that the collector tracks, where nothing else leads to them."""

import gc
from collections.abc import Collection, Container, Iterable
from typing import Any, Final

from .addresses import WORD, addresses_of, pack
from .classes import is_iterator
from .picture import Node

_FEW: Final = 30
"""Addresses that are looked for one by one at the speed of memory."""
_DEEP: Final = 3
"""Iterators and containers in each other, of which one holds what a loop goes through."""
_OURS_TOO: Final = (list, dict, tuple, set, frozenset)


def still_alive(wanted: Iterable[Node]) -> list[Any]:
    """The objects of nodes that nothing leads to, if the collector tracks them.

    Another object may be there by now. One of the program's own classes would have been met; a
    container may be one of ours, and is then told by what it holds.
    """
    by = {node.address: node for node in wanted}
    found: list[Any] = []
    for value in at_addresses(by):
        if id(type(value)) != by[id(value)].type_id:
            continue
        content = addresses_of(gc.get_referents(value)) if type(value) in _OURS_TOO else b""
        if type(value) not in _OURS_TOO or (content and content == by[id(value)].content):
            found.append(value)
    return found


def iterated_by_unknown(found: dict[Node, Any], known: Container[int]) -> list[int]:
    """Addresses of what loops hold that is not known, once for each reference.

    A loop's iterator holds what it goes through, such as a list that has no name, and that its
    items. An iterator that a variable holds, too, is held once more by the loop.
    """
    held = [id(value) for value in found.values() if is_iterator(type(value))]
    layers = [list(found.values())]
    found.clear()
    while layers[-1] and len(layers) <= _DEEP:
        ours = {id(layers), *map(id, layers)}
        layers.append([])
        for each in gc.get_referrers(*layers[-2]):
            is_holder = type(each) in _OURS_TOO or is_iterator(type(each))
            if is_holder and id(each) not in ours and id(each) not in known:
                layers[-1].append(each)
        del each
    iterated: set[int] = set()
    for layer in reversed(layers[1:]):
        while layer:
            each = layer.pop()
            if is_iterator(type(each)) or id(each) in iterated:
                content = list(map(id, gc.get_referents(each)))
                iterated.update(content)
                held += content
    return held


def at_addresses(wanted: Collection[int]) -> list[Any]:
    """What the collector tracks at these addresses."""
    tracked = gc.get_objects()
    if len(wanted) > _FEW:
        return [value for value in tracked if id(value) in wanted]
    packed = addresses_of(tracked)
    found: list[Any] = []
    for address in wanted:
        word = pack([address])
        place = packed.find(word)
        while place % WORD and place >= 0:
            place = packed.find(word, place + 1)
        if place >= 0:
            found.append(tracked[place // WORD])
    return found
