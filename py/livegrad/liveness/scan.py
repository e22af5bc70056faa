"""The cheap part of a look: which objects hold, or are counted, other than the last time.

Parts whose objects hold the same are passed over without a step of Python for each object.
While counts are taken, an object has one reference more than without us, from one list: so
counting comes when no other list is left.
"""

import gc
import sys
import weakref
from collections.abc import Callable
from operator import call
from typing import Any, Final

from .addresses import addresses_of, identity_of
from .classes import entries_of, is_a
from .picture import Node, Part

COUNTED_BY_LIST: Final[int] = next(map(sys.getrefcount, [object()]))
"""What `sys.getrefcount` says of an object that only a list holds."""

_INLINE: Final = 64
"""More entries than an instance has inside itself: of those its `__dict__` tells nothing."""


def held_besides(value: Any) -> list[Any]:
    """What an object holds, is named by, or refers to, that the collector does not tell of."""
    if is_a(value, dict):
        keys = list(dict.keys(value))
        told = len(keys) > _INLINE or gc.get_referents(value)
        return keys if told else keys + list(dict.values(value))
    if is_a(value, type):
        entries = entries_of(value)
        return [*entries.values(), *entries]
    if is_a(value, weakref.ReferenceType):  # whose target tells it from another at its address
        target = weakref.ReferenceType.__call__(value)
        return [] if target is None else [target]
    numpy = sys.modules.get("numpy")
    if numpy is not None and is_a(value, numpy.ndarray) and value.dtype.hasobject:
        return list(value.flat) if value.dtype.kind == "O" and value.flags.owndata else []
    return []


class Scan:
    """Visits parts and tells of what is different.

    Args:
        again: told of an object whose references are to be looked at, and its node.
        counted: told of a node whose counts are others than before.
    """

    def __init__(self, again: Callable[[Any, Node], None], counted: Callable[[Node], None]) -> None:
        self._again = again
        self._counted = counted

    def watched(self, part: Part) -> None:
        """Visit a part with weak references of ours."""
        if part.watches is not None and part.wake is None:
            self.visit(part, list(map(call, part.watches)))

    def visit(self, part: Part, objects: list[Any]) -> None:
        """Visit a part, and those of its strays. The list must be the only one of ours."""
        todo = [(part, objects)]
        del objects
        while todo:
            part, objects = todo.pop()
            held = gc.get_referents(*objects)
            intact = not part.dirty and identity_of(objects) == part.ids
            if intact:
                for place in part.keyed:
                    held += held_besides(objects[place])
                intact = addresses_of(held) == part.content
            if intact:
                for places, child in part.children:
                    todo.append((child, [held[place] for place in places]))
                del held
                part.calm = part.calm + 1 if self._recount(part, objects) else 0
                for place in part.loose:
                    self._again(objects[place], part.nodes[place])
            else:
                del held
                strays = self._one_by_one(part, objects)
                for _, child in part.children:
                    found = [strays.pop(n.address) for n in child.nodes if n.address in strays]
                    todo.append((child, found))
                    del found
                del strays
            del objects

    def _recount(self, part: Part, objects: list[Any]) -> bool:
        """Whether the counts are the same."""
        counts = list(map(sys.getrefcount, objects))
        weaks = list(map(weakref.getweakrefcount, objects))
        if counts == part.counts and weaks == part.weaks:
            return True
        self._compare(part.nodes, objects, counts, weaks)
        part.counts = counts
        part.weaks = weaks
        return False

    def _compare(
        self, nodes: list[Node], objects: list[Any], counts: list[int], weaks: list[int]
    ) -> None:
        for node, value, count, weak in zip(nodes, objects, counts, weaks, strict=True):
            count -= COUNTED_BY_LIST
            weak -= node.watch is not None
            if weak != node.weak:
                node.weak = weak
                self._again(value, node)
                self._counted(node)
            if count != node.count:
                node.count = count
                self._counted(node)

    def _one_by_one(self, part: Part, objects: list[Any]) -> dict[int, Any]:
        """Visit each; the strays that are anchored at them, by address."""
        part.calm = 0
        here = {node.address: node for node in part.nodes}
        if part.watches is not None:
            for node, watch in zip(part.nodes, part.watches, strict=True):
                node.dying = node.dying or watch() is None
        alive = [value for value in objects if value is not None]
        objects.clear()
        nodes = [here[id(value)] for value in alive]
        self._compare(
            nodes,
            alive,
            list(map(sys.getrefcount, alive)),
            list(map(weakref.getweakrefcount, alive)),
        )
        strays: dict[int, Any] = {}
        for node, value in zip(nodes, alive, strict=True):
            held = gc.get_referents(value)
            besides = held_besides(value)
            if (
                node.loose
                or id(type(value)) != node.type_id
                or addresses_of(held) != node.content
                or addresses_of(besides) != node.extra
            ):
                self._again(value, node)
            for each in (*held, *besides) if node.strays else ():
                if id(each) in node.strays:
                    strays[id(each)] = each
        return strays
