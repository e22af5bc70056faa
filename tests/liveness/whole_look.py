"""The oracle of `heap.py`: one look at the whole heap of a program, which remembers nothing.

It walks strong references from the program's namespace, its frames, and
whatever is already known to be alive, and takes the count of each object it met.
What it returns is numbers and strings: it holds nothing of the program.

Exact counts need discipline. While counts are taken, an object met has exactly
one reference more than without us, from the list of objects; the sentinel at the
list's head has the same and says what to subtract. So the walk is done, and its
temporaries gone, before counting begins; and nothing here is a closure, because a
cell would keep what it saw.
"""

import gc
import sys
import types
import weakref
from collections.abc import Container, Iterable
from types import FrameType
from typing import Any, Final

from livegrad.liveness.classes import flags_of, is_a, module_of, name_of
from livegrad.liveness.frames import locals_of
from livegrad.liveness.naming import References

HAVE_GC: Final = 1 << 14  # Py_TPFLAGS_HAVE_GC: instances can hold references
CLASS: Final = "class"
_OWN_PACKAGE: Final = "livegrad.liveness"


class Node:
    """An object that a look met, by its address, valid until the program runs on.

    Attributes:
        address: `id()` of the object.
        kind: one of `adapters.SHOWN`, else None.
        cls: name of its class.
        refs: strong references it holds, as (name, index of the held node).
        traversed: the collector sees these references (it never looks into an array).
        count: its reference count, without ours.
        weak: weak references to it, ours included.
    """

    __slots__ = ("address", "cls", "count", "kind", "refs", "traversed", "weak")

    def __init__(self, address: int, kind: str | None, cls: str) -> None:
        self.address = address
        self.kind = kind
        self.cls = cls
        self.refs: list[tuple[str, int]] = []
        self.traversed = True
        self.count = 0
        self.weak = 0


class Root:
    """A namespace or frame: names and the index of the node each holds."""

    __slots__ = ("address", "names")

    def __init__(self, address: int) -> None:
        self.address = address
        self.names: list[tuple[str, int]] = []


class Look:
    """One look at the heap; see the module's docstring.

    Attributes:
        nodes: what was met. The first is the sentinel.
        roots: the namespace, then the frames that were given, in that order.
        by_address: index of the node at an address.
        weak: weak references met, as (index of the reference, index of its target).
        relevant: indices of nodes that are shown or lead to one that is.
        objects: the objects themselves; empty after `forget`.
    """

    def __init__(self, references: References, skipped: frozenset[int]) -> None:
        self._references = references
        self._skipped = skipped
        self._modes: dict[int, str | bool | None] = {}  # by address: a class may define its hash
        self._todo: list[int] = []
        self._cells: list[tuple[int, str, int]] = []
        self._sentinel = object()
        self.objects: list[Any] = [self._sentinel]
        self.nodes = [Node(id(self._sentinel), None, "object")]
        self.roots: list[Root] = []
        self.by_address: dict[int, int] = {}
        self.weak: list[tuple[int, int]] = []
        self.relevant: set[int] = set()

    # Walking -----------------------------------------------------------------------------

    def namespace(self, names: dict[str, Any]) -> None:
        """Walk from the variables of a module."""
        root = Root(id(names))
        self.roots.append(root)
        self._name(root, list(names.items()), ())
        self._walk()

    def frame(self, frame: FrameType) -> None:
        """Walk from the locals of a running frame."""
        root = Root(id(frame))
        self.roots.append(root)
        code = frame.f_code
        self._name(root, locals_of(frame), code.co_cellvars + code.co_freevars)
        self._walk()

    def also(self, found: Iterable[Any]) -> None:
        """Walk from objects that are known to be alive, however they are held."""
        for value in found:
            if value is not None:
                self._meet(value)
        value = None
        self._walk()

    def _name(self, root: Root, named: list[tuple[str, Any]], cells: tuple[str, ...]) -> None:
        place = len(self.roots) - 1
        for name, value in named:
            index = self._meet(value)
            if index is None:
                continue
            if name in cells:  # the frame holds a cell, and the cell holds this
                self._cells.append((place, name, index))
            else:
                root.names.append((name, index))

    def _meet(self, value: Any) -> int | None:
        """The node of a value, or None for what holds nothing and is not shown."""
        cls = type(value)
        mode = self._modes.get(id(cls), False)
        if mode is False:
            mode = self._modes[id(cls)] = self._mode(cls)
        if mode is True or (mode == CLASS and not self._references.is_own_class(value)):
            return None
        address = id(value)
        index = self.by_address.get(address)
        if index is None:
            if address in self._skipped:
                return None
            index = self.by_address[address] = len(self.nodes)
            kind = mode if isinstance(mode, str) and mode != CLASS else None
            self.nodes.append(Node(address, kind, name_of(cls)))
            self.objects.append(value)
            self._todo.append(index)
        return index

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

    def _walk(self) -> None:
        while self._todo:
            index = self._todo.pop()
            value = self.objects[index]
            node = self.nodes[index]
            if is_a(value, weakref.ReferenceType):
                self._meet(weakref.ReferenceType.__call__(value))
            node.traversed = node.kind != "array"
            for name, held in self._references.of(value):
                place = self._meet(held)
                if place is not None:
                    node.refs.append((name, place))

    # Closing -----------------------------------------------------------------------------

    def close(self, known: Container[int]) -> None:
        """Settle cells and weak references, and take the counts. The walk must be over.

        Args:
            known: addresses of what is in the trace already, and stays while it lives.
        """
        self._settle_cells()
        self._find_weak()
        self._count()
        self._fold_dicts(known)
        self._choose(known)

    def _settle_cells(self) -> None:
        """A variable of a frame that lives in a cell: the frame's edge leads to the cell."""
        holders: dict[int, int] = {}
        if self._cells:
            for index, node in enumerate(self.nodes):
                if node.cls == "cell" and node.refs:
                    holders[node.refs[0][1]] = index
        for place, name, index in self._cells:
            self.roots[place].names.append((name, holders.get(index, index)))

    def _find_weak(self) -> None:
        for index in range(1, len(self.objects)):
            found = weakref.getweakrefcount(self.objects[index])
            self.nodes[index].weak = found
            if found:
                for reference in weakref.getweakrefs(self.objects[index]):
                    holder = self.by_address.get(id(reference))
                    if holder is not None:
                        self.weak.append((holder, index))

    def _count(self) -> None:
        counts = list(map(sys.getrefcount, self.objects))
        ours = counts[0] - 1  # the sentinel has one reference that is not of the counting
        for node, count in zip(self.nodes, counts, strict=True):
            node.count = count - ours

    def _fold_dicts(self, known: Container[int]) -> None:
        """An instance's own `__dict__`, where nobody else holds it, is the instance itself.

        Unless it has been told apart already: then it stays so.
        """
        degree = [0] * len(self.nodes)
        for node in self.nodes:
            for _, held in node.refs:
                degree[held] += 1
        for root in self.roots:
            for _, held in root.names:
                degree[held] += 1
        for node in self.nodes:
            for place, (name, held) in enumerate(node.refs):
                own = self.nodes[held]
                if name != "__dict__" or own.cls != "dict" or own.address in known:
                    continue
                if degree[held] == own.count == 1:
                    node.refs[place : place + 1] = [(_key(key), value) for key, value in own.refs]
                    own.refs = []
                    break

    def _choose(self, known: Container[int]) -> None:
        holders: list[list[int]] = [[] for _ in self.nodes]
        for index, node in enumerate(self.nodes):
            for _, held in node.refs:
                holders[held].append(index)
        for reference, target in self.weak:
            holders[target].append(reference)
        todo = [
            index
            for index, node in enumerate(self.nodes)
            if node.kind is not None or node.address in known
        ]
        self.relevant = set(todo)
        while todo:
            for holder in holders[todo.pop()]:
                if holder not in self.relevant:
                    self.relevant.add(holder)
                    todo.append(holder)

    def forget(self) -> None:
        """Let go of the program's objects. Every look must end so."""
        self.objects.clear()
        self._modes.clear()

    # Questions ---------------------------------------------------------------------------

    def unreachable(self) -> list[list[int]]:
        """Islands: relevant nodes that no root reaches, in groups that hold each other.

        The collector's own algorithm: an object with more references than the others
        explain is held from outside, and so is all that it reaches. References out of
        an array are such from outside, since the collector does not see them.
        """
        outside = [node.count for node in self.nodes]
        for node in self.nodes:
            if node.traversed or node.kind == "array":
                for name, held in node.refs:
                    if node.traversed or name == "base":
                        outside[held] -= 1
        todo = [index for index, left in enumerate(outside) if left > 0]
        todo += [held for root in self.roots for _, held in root.names]
        reached = set(todo)
        while todo:
            for _, held in self.nodes[todo.pop()].refs:
                if held not in reached:
                    reached.add(held)
                    todo.append(held)
        return self._groups([i for i in sorted(self.relevant) if i not in reached])

    def _groups(self, members: list[int]) -> list[list[int]]:
        near: dict[int, list[int]] = {index: [] for index in members}
        for index in members:
            for _, held in self.nodes[index].refs:
                if held in near:
                    near[index].append(held)
                    near[held].append(index)
        groups: list[list[int]] = []
        seen: set[int] = set()
        for index in members:
            if index in seen:
                continue
            seen.add(index)
            group = [index]
            for here in group:  # grows while it is walked
                for other in near[here]:
                    if other not in seen:
                        seen.add(other)
                        group.append(other)
            groups.append(sorted(group))
        return groups


def _key(name: str) -> str:
    return name[2:-2] if name.startswith("['") and name.endswith("']") else name


def still_alive(wanted: dict[int, str]) -> list[Any]:
    """Objects at these addresses, of classes of these names, that the collector tracks."""
    return [
        value
        for value in gc.get_objects()
        if id(value) in wanted and name_of(type(value)) == wanted[id(value)]
    ]
