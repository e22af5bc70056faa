"""Who holds whom: the heap of a program, looked at again and again.

A look reads the names of the frames that run, scans what is known for what has changed, and
walks from there to what is new. It costs what changed, and a cheap scan. What it leaves is
numbers and strings: it holds nothing of the program.

Exact counts need discipline. While counts are taken, an object has exactly one reference more
than without us, from one list. So temporaries are gone before counting begins; and nothing
here is a closure, because a cell would keep what it saw.
"""

from collections.abc import Container
from typing import Any, Final

from .addresses import identity_of, words_of
from .anchors import Anchors
from .frames import Named
from .holding import Changes
from .memory import Memory
from .naming import References
from .picture import Node, Part, Root
from .quiet import Quiet
from .scan import COUNTED_BY_LIST, Scan
from .tracked import still_alive
from .walk import PLAIN, Walk

_READ: Final = 100
"""Arrays of which a look reads the elements again."""
RETURN: Final = "return"
"""Name of the reference from a frame to the value that it is about to return."""


class Heap(Walk):
    """The picture of a program's heap.

    Args:
        references: names what objects hold.
        limit: of nodes; TooManyObjects beyond it.
    """

    def __init__(self, references: References, limit: int) -> None:
        super().__init__(references, limit)
        self._scan = Scan(self._again, self._counted)
        self._visits: list[tuple[Part, list[Any]]] = []
        self._quiet = Quiet()  # the parts of `anchors.watched` that are

    def look(
        self,
        roots: list[Root],
        named: list[tuple[Root, Named]],
        skipped: Container[int],
        stack: int,
    ) -> Changes:
        """Look at what may have changed. `forget` must be called when the changes are used.

        Args:
            roots: those that are awake, outermost first.
            named: those whose names may be others, with these; emptied.
            skipped: addresses that are not objects of the program.
            stack: where the program is.
        """
        self._skipped = skipped
        self._stack = stack
        self._walking = False
        if self.anchors.lost:
            self.anchors.find_anchors(roots)
            self.anchors.mend()
        while named:
            self._read(*named.pop(0))
        self._read_adrift()
        visits, self._visits = self._visits, []
        while visits:
            self._scan.visit(*visits.pop())
        self._quiet.wake_changed()
        for part in list(self.anchors.watched):
            self._scan.watched(part)
        self._quiet.settle(self.anchors.watched)
        self._walking = True
        counted = 0
        while True:
            self._walk()
            counted = self._count(counted)
            self._compare()
            for root in list(self._renamed):
                self._name(root)
            self._renamed.clear()
            self._find_lost([*roots, self._adrift])
            if counted == len(self.objects):
                break
        self._read_values()
        changes = self._changes
        self._spread()
        return changes

    def done(self) -> None:
        """The changes were used: let go of the program's objects. Every look must end so."""
        super().done()
        self._visits.clear()
        self._changes = Changes()
        self._adrift.words = list(self._adrift.strays)
        self.anchors.mend()

    def release(self) -> None:
        """Forget everything."""
        self._quiet.wake_all()
        for node in self.nodes.values():
            node.unlink()
        self.nodes.clear()
        self.anchors = Anchors(COUNTED_BY_LIST)

    # Names ---------------------------------------------------------------------------------

    def _read(self, root: Root, named: Named) -> None:
        keys = [name for name, _ in named]
        values = [None if id(type(value)) in PLAIN else value for _, value in named]
        named.clear()
        identity = identity_of(values)
        if (
            identity != root.identity
            or keys != root.keys
            or root.loose
            or root.returned
            or (root.drops != self.drops and any(n is not None and n.gone for n in root.slots))
        ):
            self._reslot(root, keys, list(words_of(identity))[: len(keys)], values)
            root.identity = identity
            self._renamed[root] = None
        elif root.cells:
            self._renamed[root] = None
        root.drops = self.drops
        if root.strays:
            by = {id(value): value for value in values}
            self._visit_strays(root, by)

    def _visit_strays(self, root: Root, by: dict[int, Any]) -> None:
        for _, part in root.children:
            found = [by[node.address] for node in part.nodes if node.address in by]
            self._visits.append((part, found))

    def _reslot(self, root: Root, keys: list[str], words: list[int], values: list[Any]) -> None:
        old = root.slots
        known = dict(zip(zip(root.keys, root.words, strict=True), old, strict=True))
        slots: list[Node | None] = []
        self._met_skipped = False
        for key, word, value in zip(keys, words, values, strict=True):
            node = known.get((key, word))
            if node is None or node.gone or node.type_id != id(type(value)):
                node = self._meet(value, root)
            slots.append(node)
        root.loose = self._met_skipped
        root.keys, root.words, root.slots = keys, words, slots
        here = set(slots)
        for node in old:
            if node is not None and node.anchor is root and node not in here:
                self.anchors.loosen(node)
        for node in here.difference(old):
            if node is not None:
                self._found_at(node)
        self.anchors.moved(root)

    def _read_adrift(self) -> None:
        root = self._adrift
        if root.strays:
            by = {id(value): value for value in still_alive(root.strays.values())}
            for node in list(root.strays.values()):
                if node.address not in by:
                    self.anchors.loosen(node)
            self._visit_strays(root, by)

    def _name(self, root: Root) -> None:
        """Settle which node each name leads to: a variable in a cell leads to the cell."""
        names: dict[str, Node] = {}
        for key, node in zip(root.keys, root.slots, strict=True):
            if node is not None and not node.gone:
                names[key] = _cell_of(node) if key in root.cells else node
        returned = self.nodes.get(root.returned) if root.returned else None
        if returned is not None:
            names[RETURN] = returned
        changes = self._changes
        for name, node in root.names.items():
            if names.get(name) is not node:
                changes.touched[node] = None
                changes.unnamed.append((root, name, node))
                here = node.roots.get(root)
                if here is not None:
                    del here[name]
                    node.named -= 1
                    if not here:
                        del node.roots[root]
        for name, node in names.items():
            if root.names.get(name) is not node:
                changes.touched[node] = None
                changes.named.append((root, name, node))
                node.roots.setdefault(root, {})[name] = None
                node.named += 1
        root.names = names

    def forget_root(self, root: Root) -> None:
        """The frame is left."""
        for node in root.names.values():
            node.named -= len(node.roots.pop(root, ()))
            self._changes.touched[node] = None
        self._changes.touched |= dict.fromkeys(root.claimed)
        root.claimed = []
        root.names = {}
        root.slots = []
        root.keys = []
        root.words = []
        root.awake = False
        self.anchors.release(root)

    def memory(self, array: Any) -> Memory:
        """What an array reads."""
        return self._references.adapter.memory(array)

    def _read_values(self) -> None:
        """Elements of arrays change without a reference: a look reads some arrays, in turn.

        That is each of them as long as there are few, and a cost that does not grow with many.
        """
        attributes = self._references.adapter.attributes
        arrays = self.anchors.arrays
        left = _READ
        for _ in range(len(arrays)):
            node = arrays.popleft()
            value = None if node.watch is None else node.watch()
            if value is not None:
                arrays.append(node)
                found = attributes("array", value)
                if found != node.attributes:
                    node.attributes = found
                    self._changes.valued[node] = None
                left -= 1
                if not left:
                    return

    # What is lost, and what belongs into the trace -----------------------------------------

    def _find_lost(self, roots: list[Root]) -> None:
        while self.anchors.lost:
            lost = list(self.anchors.lost)
            self.anchors.find_anchors(roots)
            found = [n for n in lost if n not in self.anchors.lost and n not in self._queued]
            moved = [n for n in found if self.anchors.is_awake(n)]
            if moved:
                for node, value in self.fetch(moved).items():
                    self._again(value, node)
            left = list(self.anchors.lost)
            self.anchors.lost.clear()
            wanted = [node for node in left if node.serial >= 0]
            alive = {id(value): value for value in still_alive(wanted)} if wanted else {}
            for node in left:
                if node.address in alive:
                    self.anchors.attach(node, self._adrift)
                    self._again(alive[node.address], node)
                elif node.kind is None or node not in self._queued:  # or it will be watched
                    if node.serial >= 0:
                        self._changes.dead.append(node)
                    self.drop(node)
            del alive

    def _spread(self) -> None:
        """What is shown, and whatever leads to it."""
        changes = self._changes
        found = {node: None for node in self.fresh if node.kind and _is_new(node)}
        found |= {
            holder: None
            for holder, _, held in changes.come
            if _is_new(holder) and not held.gone and held.serial >= 0
        }
        found |= {
            reference: None
            for reference, target in changes.weak
            if _is_new(reference) and target.serial >= 0
        }
        todo = list(found)
        while todo:
            node = todo.pop()
            for holder in (*node.holders, *node.weakly):
                if holder not in found and _is_new(holder):
                    found[holder] = None
                    todo.append(holder)
        changes.new = list(found)


def _is_new(node: Node) -> bool:
    return node.serial < 0 and not node.gone


def _cell_of(node: Node) -> Node:
    cells = [holder for holder in node.holders if holder.cls == "cell"]
    return max(cells, key=_number) if cells else node


def _number(node: Node) -> int:
    return node.number
