"""Who holds whom, as far as it is known, and what of that has changed."""

from .anchors import Anchors
from .picture import Node, Root
from .scan import COUNTED_BY_LIST


class Changes:
    """What a look found.

    Attributes:
        come, gone: strong references, as holder, name, held.
        named, unnamed: names of frames, as frame, name, node.
        touched: nodes whose counts, holders or names are others than before.
        weak: weak references met, as reference and target.
        new: nodes that belong into the trace and are not there yet.
        dead: nodes in the trace that could not be found again.
        valued: nodes in the trace whose attributes may be others.
    """

    __slots__ = ("come", "dead", "gone", "named", "new", "touched", "unnamed", "valued", "weak")

    def __init__(self) -> None:
        self.come: list[tuple[Node, str, Node]] = []
        self.gone: list[tuple[Node, str, Node]] = []
        self.named: list[tuple[Root, str, Node]] = []
        self.unnamed: list[tuple[Root, str, Node]] = []
        self.touched: dict[Node, None] = {}
        self.weak: list[tuple[Node, Node]] = []
        self.new: list[Node] = []
        self.dead: list[Node] = []
        self.valued: dict[Node, None] = {}


class Holding:
    """The nodes of a heap and the references between them.

    Attributes:
        nodes: what was met and lives, by address.
        anchors: how it is found again.
        drops: how many of them have been dropped.
    """

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self.anchors = Anchors(COUNTED_BY_LIST)
        self.drops = 0
        self._changes = Changes()
        self._refer: dict[Node, None] = {}  # their references are to be compared
        self._adrift = Root(-1, 0, "")  # names what only the collector knows of

    def _counted(self, node: Node) -> None:
        self._changes.touched[node] = None
        if node.owner is not None:
            self._refer[node] = None
            self._refer[node.owner] = None

    def _compare(self) -> None:
        while self._refer:
            node = next(iter(self._refer))
            del self._refer[node]
            if node.gone or node.raw is None:
                continue
            refs = self._folded(node)
            if refs is not node.refs:
                before, node.refs = node.refs, refs
                self._differ(node, before, refs)

    def _folded(self, node: Node) -> list[tuple[str, Node]]:
        """What it holds: its own `__dict__`, where nobody else holds that, is the object itself."""
        raw = node.raw or []
        if _is_folded(node):
            return []
        if node not in [held.owner for _, held in raw]:
            return raw
        refs: list[tuple[str, Node]] = []
        for name, held in raw:
            if held.owner is node and _is_folded(held):
                refs += [(_key(key), value) for key, value in held.raw or ()]
            else:
                refs.append((name, held))
        return refs

    def _differ(
        self, holder: Node, before: list[tuple[str, Node]], after: list[tuple[str, Node]]
    ) -> None:
        left: dict[tuple[str, Node], int] = {}
        for pair in before:
            left[pair] = left.get(pair, 0) + 1
        come: list[tuple[str, Node]] = []
        for pair in after:
            if left.get(pair, 0):
                left[pair] -= 1
            else:
                come.append(pair)
        changes = self._changes
        for (name, held), number in left.items():
            for _ in range(number):
                changes.gone.append((holder, name, held))
                self._release(holder, held)
        for name, held in come:
            changes.come.append((holder, name, held))
            changes.touched[held] = None
            held.holders[holder] = held.holders.get(holder, 0) + 1
            held.degree += 1
            self._found_at(held)

    def _release(self, holder: Node, held: Node) -> None:
        self._changes.touched[held] = None
        if holder in held.holders:
            held.degree -= 1
            held.holders[holder] -= 1
            if not held.holders[holder]:
                del held.holders[holder]

    def _found_at(self, node: Node) -> None:
        """Somebody holds it now: if it was not within reach it may be by this."""
        if node.watch is not None or node.anchor is None:
            return
        if node.anchor is self._adrift or not self.anchors.is_awake(node):
            self.anchors.loosen(node)

    def drop(self, node: Node) -> None:
        """The object is gone. Who held it does so no longer, or holds another in its place."""
        node.gone = True
        self.drops += 1
        if self.nodes.get(node.address) is node:
            del self.nodes[node.address]
        self.anchors.remove(node)
        for holder in node.holders:
            holder.loose = True
            self.anchors.touch(holder)
        for _, held in node.refs:
            self._release(node, held)
        for _, held in node.raw or ():
            if held.owner is node:
                held.owner = None
                self._refer[held] = None
        if node.target is not None:
            node.target.weakly.pop(node, None)
        for reference in node.weakly:
            reference.target = None
        for root, names in node.roots.items():
            for name in names:
                root.names.pop(name, None)
        node.unlink()


def _is_folded(node: Node) -> bool:
    return node.owner is not None and node.count == 1 and node.serial < 0


def _key(name: str) -> str:
    return name[2:-2] if name.startswith("['") and name.endswith("']") else name
