"""From objects to what they hold: nodes for what is new, references by name.

Nothing here is a closure: a cell would keep, and count, what it saw.
"""

import gc
import sys
import types
import weakref
from bisect import bisect_left
from collections.abc import Container, Iterable
from typing import Any, Final

from .adapters import SHOWN
from .addresses import addresses_of, common_prefix, common_suffix
from .classes import builtin_kind, flags_of, is_a, module_of, name_of
from .holding import Holding
from .naming import UNKNOWN, References
from .picture import Node, Root
from .scan import COUNTED_BY_LIST, held_besides
from .tracked import at_addresses

HAVE_GC: Final = 1 << 14  # Py_TPFLAGS_HAVE_GC: instances can hold references
OF_PYTHON: Final = 1 << 9  # Py_TPFLAGS_HEAPTYPE: the class may die
CLASS: Final = "class"
PLAIN: Final = frozenset(map(id, (int, float, complex, bool, str, bytes, types.NoneType)))
"""Classes, by address, of what holds nothing and is not shown: one is like another."""
_OWN_PACKAGE: Final = __name__.rpartition(".")[0]


class TooManyObjects(Exception):
    """A look met more objects than its limit."""


class Walk(Holding):
    """Meets objects and asks what they hold.

    Args:
        references: names what objects hold.
        limit: of nodes; TooManyObjects beyond it.
    """

    def __init__(self, references: References, limit: int) -> None:
        super().__init__()
        self._references = references
        self._limit = limit
        self.objects: list[Any] = []  # that are walked through; empty between looks
        self.fresh: list[Node] = []  # their nodes
        self._queued: set[Node] = set()
        self._modes: dict[int, str | bool | None] = {}  # by address: a class may define its hash
        self._lasting: dict[int, str | bool | None] = {}  # of classes that cannot die
        self._skipped: Container[int] = ()
        self._met_skipped = False
        self._met: dict[Node, Any] = {}  # strays met in the walk
        self._unvisited: set[Node] = set()  # found by another way than their anchor
        self._renamed: dict[Root, None] = {}
        self._walking = False
        self._walked = 0
        self._stack = -1
        self._number = 0

    def done(self) -> None:
        """The changes were used: let go of the program's objects. Every look must end so."""
        self.objects.clear()
        self.fresh.clear()
        self._queued.clear()
        self._met.clear()
        self._unvisited.clear()
        self._modes = self._lasting.copy()
        self._walked = 0

    def _again(self, value: Any, node: Node) -> None:
        if node not in self._queued:
            self._queued.add(node)
            self.objects.append(value)
            self.fresh.append(node)

    def _meet(self, value: Any, anchor: Node | Root) -> Node | None:
        """The node of a value, or None for what holds nothing and is not shown."""
        cls = type(value)
        mode = self._modes.get(id(cls), False)
        if mode is False:
            mode = self._modes[id(cls)] = self._mode(cls)
            if not flags_of(cls) & OF_PYTHON:
                self._lasting[id(cls)] = mode
        if mode is True or (mode == CLASS and not self._references.is_own_class(value)):
            return None
        address = id(value)
        node = self.nodes.get(address)
        if node is not None and node.type_id == id(cls):
            if node.watch is None and node not in self._queued:
                if self._walking:
                    self._met[node] = value
                elif node in self.anchors.lost:
                    self._again(value, node)
            return node
        if address in self._skipped:
            self._met_skipped = True
            return None
        kind = mode if isinstance(mode, str) and mode != CLASS else None
        fresh = self._new(value, kind)
        if node is not None:
            self._supersede(node, fresh)
        else:
            self.anchors.attach(fresh, anchor)
        self._again(value, fresh)
        return fresh

    def _new(self, value: Any, kind: str | None) -> Node:
        if len(self.nodes) > self._limit:
            raise TooManyObjects
        self._number += 1
        cls = type(value)
        node = Node(self._number, id(value), id(cls), name_of(cls), kind)
        node.stack = self._stack
        node.trace_kind = kind or _kind(cls)
        self.nodes[node.address] = node
        return node

    def _mode(self, cls: type) -> str | bool | None:
        """The shown kind; None for what may hold one that is; True for what is to be left out."""
        if issubclass(cls, types.ModuleType) or module_of(cls).startswith(_OWN_PACKAGE):
            return True
        if issubclass(cls, type):
            return CLASS
        kind = self._references.adapter.kind(cls)
        if kind is not None:
            return kind
        return None if flags_of(cls) & HAVE_GC else True

    def _supersede(self, old: Node, new: Node) -> None:
        """Another object is where a node was: it takes the place of that in who holds it."""
        for holder in dict.fromkeys([*old.holders, *self._refer]):
            if holder.raw is not None and old in [held for _, held in holder.raw]:
                holder.raw = [(n, new if held is old else held) for n, held in holder.raw]
                self._refer[holder] = None
        for root in list(old.roots) + [a for a in [old.anchor] if isinstance(a, Root)]:
            root.slots = [new if node is old else node for node in root.slots]
            self._renamed[root] = None
        anchor = old.anchor
        if old.serial >= 0:
            self._changes.dead.append(old)
        self.drop(old)
        self.nodes[new.address] = new
        if anchor is None:
            self.anchors.lost[new] = None
        else:
            self.anchors.attach(new, anchor)

    def _walk(self) -> None:
        while self._walked < len(self.objects):
            self._derive(self.objects[self._walked], self._walked)
            self._walked += 1
            if self._walked == len(self.objects):
                for node in self.anchors.lost:
                    if node in self._met:  # it moved, and was not visited
                        self._again(self._met[node], node)
        self._met.clear()

    def _derive(self, value: Any, place: int) -> None:
        node = self.fresh[place]
        content = addresses_of(gc.get_referents(value))
        another = type(value) is tuple and node.raw is not None and content != node.content
        if node.target is not None:
            target = weakref.ReferenceType.__call__(value) if _is_reference(value) else None
            another = target is not None and id(target) != node.target.address
            del target
        if another or id(type(value)) != node.type_id:
            mode = self._mode(type(value))
            old, node = node, self._new(value, mode if mode in SHOWN else None)
            self._supersede(old, node)
            self.fresh[place] = node
            self._queued.add(node)
        unvisited = node in self._unvisited or (node.part is None and node.watch is None)
        self._met_skipped = False
        if type(value) is list and node.raw is node.refs and not (node.loose or unvisited):
            self._derive_list(value, node, content)
        else:
            self._derive_all(value, node)
        if type(value) is dict and bool(content) != bool(node.content):
            self._doubt_owner(node)
        node.content = content
        node.extra = addresses_of(held_besides(value))
        node.keyed = bool(node.extra) or is_a(value, dict)
        node.loose = self._met_skipped
        self.anchors.touch(node)
        if unvisited:
            for stray in list(node.strays.values()):
                if stray in self._met:
                    self._unvisited.add(stray)
                    self._again(self._met[stray], stray)
        if node.kind is not None:
            node.attributes = self._references.adapter.attributes(node.kind, value)
            self._changes.valued[node] = None
        if _is_reference(value) and node.target is None:
            self._weakly(node, weakref.ReferenceType.__call__(value))
        if type(value) in weakref.ProxyTypes and node.target is None:
            self._find_target(value, node)
        if weakref.getweakrefcount(value):
            for reference in weakref.getweakrefs(value):
                known = self.nodes.get(id(reference))
                if known is not None and known.target is None and not known.gone:
                    self._weakly(known, value)

    def _find_target(self, proxy: Any, node: Node) -> None:
        """A proxy does not tell whose it is."""
        for other in list(self.nodes.values()):
            target = other.watch() if other.weak and other.watch is not None else None
            if target is not None and id(proxy) in map(id, weakref.getweakrefs(target)):
                self._weakly(node, target)
                return

    def _doubt_owner(self, node: Node) -> None:
        """An empty dict does not tell whether it is the holder's `__dict__`: look at that again."""
        doubtful = [
            holder
            for holder in node.holders
            if (node.owner is holder) or (UNKNOWN, node) in (holder.raw or ())
        ]
        if node.owner is not None and node.owner not in doubtful:
            doubtful.append(node.owner)
        for holder, value in (self.fetch(doubtful) if doubtful else {}).items():
            self._again(value, holder)

    def _weakly(self, reference: Node, target: Any) -> None:
        met = None if target is None else self._meet(target, reference)
        if met is not None:
            reference.target = met
            met.weakly[reference] = None
            self._changes.weak.append((reference, met))
            if met.anchor is reference:  # it does not hold it
                self.anchors.loosen(met)

    def _derive_all(self, value: Any, node: Node) -> None:
        before = node.raw or ()
        raw: list[tuple[str, Node]] = []
        for name, held in self._references.of(value):
            other = self._meet(held, node)
            if other is not None:
                raw.append((name, other))
                if name == "__dict__" and other.cls == "dict":
                    other.owner = node
                    self._refer[other] = None
        if before != raw or node.raw is None:
            node.raw = raw
            self._refer[node] = None
            here = {other for _, other in raw}
            own = [other for name, other in raw if name == "__dict__"]
            for _, other in before:
                if other.owner is node and other not in own:
                    other.owner = None
                    self._refer[other] = None
                if other.anchor is node and other not in here:
                    self.anchors.loosen(other)
            if node.owner is not None:
                self._refer[node.owner] = None

    def _derive_list(self, value: list[Any], node: Node, content: bytes) -> None:
        """Of a list only what is between its unchanged beginning and end."""
        raw = node.raw or []
        start = common_suffix(content, node.content)  # the collector visits the last item first
        end = len(value)
        if len(content) == len(node.content):
            end -= min(common_prefix(content, node.content), end - start)
        same_length = len(content) == len(node.content)
        first = bisect_left(raw, start, key=_index)
        last = bisect_left(raw, end, key=_index) if same_length else len(raw)
        removed = raw[first:last]
        added: list[tuple[str, Node]] = []
        for place in range(start, end):
            other = self._meet(value[place], node)
            if other is not None:
                added.append((f"[{place}]", other))
        raw[first:last] = added
        here = {other for _, other in added}
        for _, other in removed:
            if other.anchor is node and other not in here:
                self.anchors.loosen(other)  # unless it is elsewhere in the list, too
        self._differ(node, removed, added)

    def _count(self, start: int) -> int:
        """Count what was met since; how many have been counted then."""
        counts = list(map(sys.getrefcount, self.objects))[start:]
        weaks = list(map(weakref.getweakrefcount, self.objects))[start:]
        for node, count, weak in zip(self.fresh[start:], counts, weaks, strict=True):
            count -= COUNTED_BY_LIST
            weak -= node.watch is not None
            if (count, weak) != (node.count, node.weak):
                node.count = count
                node.weak = weak
                self.anchors.touch(node)
                self._counted(node)
        return len(self.objects)

    def fetch(self, nodes: Iterable[Node]) -> dict[Node, Any]:
        """The objects behind nodes that have no weak reference of ours."""
        inhand = dict(zip(self.fresh, self.objects, strict=True))
        found = {node: inhand[node] for node in nodes if node in inhand}
        rest = {node.address: node for node in nodes if node not in inhand}
        for address, node in list(rest.items()):
            anchor = node.anchor
            if isinstance(anchor, Node) and anchor.watch is not None:
                holder = anchor.watch()
                for value in (*gc.get_referents(holder), *held_besides(holder)):
                    if id(value) == address:
                        found[rest.pop(address)] = value
                        break
        if rest:
            found |= {rest[id(value)]: value for value in at_addresses(rest)}
        return found


def _kind(cls: type) -> str:
    return builtin_kind(cls) or "other"


def _is_reference(value: Any) -> bool:
    return is_a(value, weakref.ReferenceType)


def _index(pair: tuple[str, Node]) -> int:
    return int(pair[0][1:-1])
